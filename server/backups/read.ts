import { join } from 'node:path'
import { inForce, terms } from '../../policy/index.ts'
import { readMigrations } from '../database/migrate.ts'
import { failed } from '../failure.ts'
import type { BackupKey } from '../keys/index.ts'
import { installationFile, isFolder, isWhole, listBackups, namesOfParts, organizationFile } from './folder.ts'
import { decodeFrames, ForeignFile, type Frame, formatVersion, type Head } from './frames.ts'
import { readSealed, UnreadableFile } from './sealed-file.ts'

/** One file of a backup that was read to its end: whole, ours, and of a program that this one can follow. */
export interface Part extends Pick<Head, 'takenAt' | 'part'> {
  path: string
  keys: readonly BackupKey[]
}

/**
 * The files to restore: a file itself, those of a backup's folder, or of the newest whole backup in a folder of backups.
 * @param organizationId only this organization's
 * @throws RingfenceError `setting`
 */
export async function filesToRestore(from: string, organizationId?: string): Promise<string[]> {
  const isDirectory = await isFolder(from).catch(() => refuse(`There is nothing at ${from}.`))
  if (!isDirectory) return [from]
  let folder = from
  let names = await namesOfParts(from)
  if (names.length === 0) {
    const newest = (await listBackups(from))
      .filter((backup) =>
        organizationId === undefined
          ? isWhole(backup)
          : backup.files.includes(organizationFile(organizationId)),
      )
      .at(-1)
    if (!newest) return refuse(`There is no backup in ${from}.`)
    folder = newest.path
    names = newest.files
  }
  if (organizationId === undefined) {
    if (!names.includes(installationFile))
      return refuse(
        `The backup in ${folder} is not one of everything: ${installationFile} is missing. Name the organization with --org.`,
      )
    return names.map((name) => join(folder, name))
  }
  const own = organizationFile(organizationId)
  if (!names.includes(own)) return refuse(`The backup in ${folder} holds no organization ${organizationId}.`)
  // Without the installation's part there is no record of policies on an empty machine.
  return names.filter((name) => name === own || name === installationFile).map((name) => join(folder, name))
}

/**
 * Reads a file to its end without keeping any of it, so that nothing is changed for one that is damaged, cut or foreign.
 * @throws RingfenceError `setting` with one sentence
 */
export async function checkPart(
  path: string,
  expected: { ring: string; keys: readonly BackupKey[]; since: Date },
): Promise<Part> {
  let head: Head | undefined
  const known = {
    control: new Set((await readMigrations('control')).map(({ name }) => name)),
    organization: new Set((await readMigrations('organization')).map(({ name }) => name)),
  }
  for await (const frame of framesOf(path, expected.keys)) {
    if (frame.kind === 'head') {
      head = frame
      expectOurs(path, frame, expected)
    } else if (frame.kind === 'database') {
      const { database, migrations } = frame
      if (migrations.some((name) => !known[database].has(name))) refuseNewer(path)
    }
  }
  if (!head) return refuse(`${path} is no backup of Ringfence.`)
  return { path, keys: expected.keys, takenAt: head.takenAt, part: head.part }
}

/** Its frames, with every trouble told in one sentence. @throws RingfenceError `setting` */
export async function* framesOf(path: string, keys: readonly BackupKey[]): AsyncGenerator<Frame> {
  const frames = decodeFrames(readSealed(path, keys))
  try {
    for (;;) {
      const next = await frames.next().catch((error: unknown) => refuseFile(path, error))
      if (next.done) return
      if (next.value.kind === 'head' && next.value.format > formatVersion) refuseNewer(path)
      yield next.value
    }
  } finally {
    await frames.return(undefined)
  }
}

function expectOurs(path: string, head: Head, expected: { ring: string; since: Date }): void {
  if (head.ring !== expected.ring) refuse(`${path} was made by another installation: its keys are not here.`)
  if (new Date(head.takenAt) < expected.since)
    refuse(
      `${path} is older than the ${inForce().backupDays || terms.backupDays} days for which backups are kept: it is not restored.`,
    )
}

function refuseFile(path: string, error: unknown): never {
  if (error instanceof UnreadableFile) {
    switch (error.why) {
      case 'no key':
        return refuse(
          `No key here opens ${path}: it is from another installation, or older than the ${terms.backupDays} days for which backups are kept.`,
          error,
        )
      case 'not a backup':
        return refuse(`${path} is no backup of Ringfence.`, error)
      case 'damaged':
        return refuseDamaged(path, error)
    }
  }
  if (error instanceof ForeignFile || (error instanceof Error && error.name === 'ZodError'))
    return refuseDamaged(path, error)
  throw error
}

const refuseDamaged = (path: string, cause: unknown): never =>
  refuse(`${path} is damaged or cut off: nothing was restored. Use another backup.`, cause)

const refuseNewer = (path: string): never =>
  refuse(`${path} was made by a newer release of Ringfence: restore it with that one.`)

function refuse(sentence: string, cause?: unknown): never {
  return failed({ code: 'setting', name: 'restore', sentence }, cause)
}
