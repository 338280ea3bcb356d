import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestName, refuse } from './manifest.ts'

const parts = ['data', 'schema'] as const

/**
 * A folder that holds nothing and is its owner's alone, because what comes into it is readable. One that is not there is
 * made.
 * @throws RingfenceError `setting` with one sentence
 */
export async function prepareFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: { code?: unknown }) => {
    if (error.code === 'ENOENT') return undefined
    if (error.code === 'ENOTDIR') return refuse('The export needs a folder: something in its path is a file.')
    throw error
  })
  if (!found) await mkdir(folder, { recursive: true, mode: 0o700 })
  else if (!found.isDirectory()) refuse('The export needs a folder, and this is a file.')
  // Windows has no such bits: whoever may read the folder there is settled by its own rights.
  else if ((found.mode & 0o077) !== 0 && process.platform !== 'win32')
    refuse('Others may look into this folder, and an export is readable: chmod 700 it, or name a new one.')
  else if ((await readdir(folder)).length > 0) refuse('This folder is not empty: name an empty or a new one.')
  for (const part of parts) await mkdir(join(folder, part), { mode: 0o700 })
}

/** Takes out what an export that did not come to its end has written; before another attempt, or for good. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const part of [...parts, manifestName]) await rm(join(folder, part), { recursive: true, force: true })
}

/** On the disk when it returns, and readable by its owner alone. */
export async function writeJson(path: string, content: unknown): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
