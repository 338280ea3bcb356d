import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * Files that are either the old ones or the new ones, whenever the process is killed or the power fails: written beside,
 * flushed, renamed over, folder flushed.
 *
 * The bytes of a file that goes are overwritten with zeros before the file system may free them. What that gives: on a
 * disk that writes in place the old sealed bytes are gone. What it does not give: journals, snapshots, copy-on-write
 * file systems and flash memory keep older blocks of their own, and a process killed between rename and overwriting
 * leaves them too. Such a remainder is still sealed by the master key; so the master key belongs somewhere else than on
 * this disk, and the disk itself encrypted, where that remainder matters.
 */
const temporaryName = /\.[0-9a-f]{16}\.tmp$/
export const isTemporary = (name: string): boolean => temporaryName.test(name)
const temporaryFor = (name: string) => `${name}.${randomBytes(8).toString('hex')}.tmp`

export async function writeDurably(folder: string, name: string, bytes: Buffer): Promise<void> {
  const temporary = temporaryFor(name)
  const file = await open(join(folder, temporary), 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  const old = await openIfThere(join(folder, name))
  try {
    await rename(join(folder, temporary), join(folder, name))
    await flushFolder(folder)
    // only now: overwritten any earlier, a kill at this point would leave no readable file at all
    if (old) await overwrite(old)
  } finally {
    await old?.close()
  }
}

/** Renames first, so that a half overwritten file never stands under its own name. Nothing there is as good as gone. */
export async function removeDurably(folder: string, name: string): Promise<void> {
  const going = join(folder, isTemporary(name) ? name : temporaryFor(name))
  try {
    if (!isTemporary(name)) await rename(join(folder, name), going)
    await flushFolder(folder)
    const file = await openIfThere(going)
    if (!file) return
    try {
      await overwrite(file)
    } finally {
      await file.close()
    }
    await unlink(going)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

export async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder)
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  await file.write(Buffer.alloc(size), 0, size, 0)
  await file.datasync()
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** So that names in it survive a loss of power. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // Windows flushes no folders; NTFS logs renames itself
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
