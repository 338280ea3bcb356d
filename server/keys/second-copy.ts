import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failed, failureOf } from '../failure.ts'
import { isTemporary, namesIn, removeDurably, writeDurably } from './durable-files.ts'
import { masterKeyFileName } from './master-key.ts'
import { filesOf, type RingPlace, type RingState, readIfThere, readRingContent } from './read-ring.ts'
import { isOrganizationFile, ringFileName } from './ring-content.ts'

/**
 * Makes the copy equal to the ring: files that are missing, then ring.json, then away with what the ring no longer
 * names. Interrupted anywhere, the copy is the old ring or the new one, and the next write or start completes it.
 *
 * @param compare `names` trusts files of the same name, since a name carries its version; `bytes` reads them all
 * @throws RingfenceError `setting` when the copy cannot be written, is of another ring, or is newer than the ring
 */
export async function bringCopyUp(
  place: RingPlace,
  copyFolder: string,
  ring: { state: RingState; compare: 'names' | 'bytes' },
): Promise<void> {
  await expectWritable(copyFolder)
  try {
    await copyFiles(place, copyFolder, ring)
  } catch (error) {
    if (failureOf(error)) throw error
    refuse(
      'The second copy of the keys could not be written: make its folder writable and give it space.',
      error,
    )
  }
}

/** The folder is never made here: a medium that is not mounted shows itself by its missing folder. */
export async function expectWritable(copyFolder: string): Promise<void> {
  try {
    await namesIn(copyFolder)
    await access(copyFolder, constants.W_OK)
  } catch (error) {
    refuse('The folder for the second copy of the keys is missing or cannot be written.', error)
  }
}

async function copyFiles(
  place: RingPlace,
  copyFolder: string,
  ring: { state: RingState; compare: 'names' | 'bytes' },
): Promise<void> {
  const { raw, content } = ring.state
  const copied = readIfThere(join(copyFolder, ringFileName))
  const isCurrent = copied?.equals(raw) === true
  if (copied && !isCurrent) expectOlder(place.masterKey, copied, ring.state)
  const wanted = filesOf(content)
  const there = new Set(await namesIn(copyFolder))
  for (const name of wanted) {
    if (name === ringFileName || (ring.compare === 'names' && there.has(name))) continue
    await copyFile(place.folder, copyFolder, name)
  }
  if (!isCurrent) await writeDurably(copyFolder, ringFileName, raw)
  if (readIfThere(join(place.folder, masterKeyFileName))) {
    await copyFile(place.folder, copyFolder, masterKeyFileName)
  }
  await removeRubbish(copyFolder, wanted)
}

async function copyFile(from: string, to: string, name: string): Promise<void> {
  const bytes = await readFile(join(from, name))
  if (readIfThere(join(to, name))?.equals(bytes)) return
  await writeDurably(to, name, bytes)
}

function expectOlder(masterKey: Buffer, copied: Buffer, state: RingState): void {
  const copy = readCopy(masterKey, copied)
  copy.block.fill(0)
  if (copy.id !== state.content.id)
    refuse('The folder for the second copy holds the keys of another key ring.')
  if (copy.version >= state.content.version) {
    refuse(
      'The second copy of the keys is newer than the keys themselves: put the copy back into the key folder.',
    )
  }
}

function readCopy(masterKey: Buffer, copied: Buffer) {
  try {
    return readRingContent(masterKey, copied)
  } catch (error) {
    return refuse('The second copy of the keys cannot be read with this master key: move it away.', error)
  }
}

/** Away with files that killed writers left, and with files of destroyed keys whose removal was interrupted. */
export async function removeRubbish(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder)) {
    const isOurs = isOrganizationFile(name) || isTemporary(name)
    if (isOurs && !wanted.has(name)) await removeDurably(folder, name)
  }
}

function refuse(sentence: string, cause?: unknown): never {
  return failed({ code: 'setting', name: 'RINGFENCE_KEYS_COPY', sentence }, cause)
}
