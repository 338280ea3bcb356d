import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from '../failure.ts'
import { isMissing } from './durable-files.ts'
import {
  isOrganizationFile,
  type OrganizationContent,
  organizationFileName,
  type RingContent,
  ringFileName,
  unpackOrganization,
  unpackRing,
} from './ring-content.ts'
import { type FileTrouble, fileFormat, openFile } from './sealed-file.ts'

export interface RingPlace {
  folder: string
  masterKey: Buffer
}

/**
 * The ring as it stands in the folder. `ring.json` alone decides: it names every organization and the version of its
 * file, and organization files that it does not name are rubbish of a killed writer. So replacing `ring.json` is the
 * one instant in which a change over several files happens.
 */
export interface RingState {
  /** bytes of ring.json */
  raw: Buffer
  content: RingContent
  organizations: ReadonlyMap<string, OrganizationContent>
}

/**
 * Reads the ring, once. Synchronous, because sealing is. Without the writer's lock a writer may be at work and files
 * disappear between two reads: then it throws, and `readRingBesideWriters` tries again.
 *
 * @param before what was read earlier: where ring.json has not changed it is returned itself, and organizations whose
 *   files have not changed are taken over
 * @throws RingfenceError `setting` with a sentence for the operator
 */
export function readRing(place: RingPlace, before?: RingState): RingState {
  const raw = readIfThere(join(place.folder, ringFileName)) ?? refuse('The key folder holds no key ring.')
  if (before?.raw.equals(raw)) return before
  const content = readRingContent(place.masterKey, raw)
  const organizations = new Map<string, OrganizationContent>()
  const read: OrganizationContent[] = []
  try {
    for (const [id, version] of content.organizations) {
      let organization =
        before?.content.organizations.get(id) === version ? before.organizations.get(id) : undefined
      if (!organization) {
        organization = readOrganization(place, { ring: content.id, id, version })
        read.push(organization)
      }
      organizations.set(id, organization)
    }
  } catch (error) {
    for (const { block } of [content, ...read]) block.fill(0)
    throw error
  }
  return { raw, content, organizations }
}

export function readRingBesideWriters(place: RingPlace, before: RingState): RingState {
  for (let attempt = 1; ; attempt++) {
    try {
      return readRing(place, before)
    } catch (error) {
      if (attempt === 10) throw error // no writer is that quick: the folder itself is wrong
    }
  }
}

export function readRingContent(masterKey: Buffer, raw: Buffer): RingContent {
  const opened = openFile(masterKey, { name: ringFileName, bytes: raw })
  if ('trouble' in opened) return refuseFile(opened.trouble)
  return unpackRing(opened.content)
}

function readOrganization(
  place: RingPlace,
  of: { ring: string; id: string; version: number },
): OrganizationContent {
  const name = organizationFileName(of.id, of.version)
  const bytes = readIfThere(join(place.folder, name))
  if (!bytes) {
    return refuse(
      'A key file of an organization is missing: put the newest keys back, all files of one moment.',
    )
  }
  const opened = openFile(place.masterKey, { name, bytes })
  if ('trouble' in opened || opened.ring !== of.ring) {
    return refuse(
      'A key file of an organization is damaged: put the newest keys back, all files of one moment.',
    )
  }
  return unpackOrganization(opened.content)
}

function refuseFile(trouble: FileTrouble): never {
  switch (trouble) {
    case 'format':
      return refuse(
        `The key ring has another format than ${fileFormat}: it belongs to another release of Ringfence.`,
      )
    case 'damaged':
      return refuse('The file ring.json in the key folder is damaged: put the newest keys back.')
    case 'key':
      return failed({
        code: 'setting',
        name: 'RINGFENCE_MASTER_KEY',
        sentence: 'The master key does not open the key ring: give the one it was made with.',
      })
  }
}

const refuse = (sentence: string): never => failed({ code: 'setting', name: 'RINGFENCE_KEYS', sentence })

export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The names of all files that make up the ring. */
export function filesOf(content: RingContent): Set<string> {
  const organizations = [...content.organizations].map(([id, version]) => organizationFileName(id, version))
  return new Set([ringFileName, ...organizations])
}

export function holdsRing(folder: string): { ring: boolean; organizations: boolean } {
  const names = namesIfThere(folder)
  return { ring: names.includes(ringFileName), organizations: names.some(isOrganizationFile) }
}

function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/**
 * Tells whether anything in the folder may have changed since it was last asked, for 2 µs instead of a read.
 *
 * Renames and removals move the folder's own time stamp. File systems stamp with a coarse clock, so for two seconds
 * after a change the answer stays "maybe": a second change in the same tick would go unnoticed.
 */
export class FolderWatch {
  readonly #folder: string
  #stamp = -1n
  #settled = false

  constructor(folder: string) {
    this.#folder = folder
  }

  mayHaveChanged(): boolean {
    const stamp = statSync(this.#folder, { bigint: true }).mtimeNs
    if (stamp === this.#stamp && this.#settled) return false
    this.#stamp = stamp
    this.#settled = Date.now() - Number(stamp / 1_000_000n) > 2_000
    return true
  }
}
