import { lstat, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** Is there a file of the archive itself? A link may lead out of it, and a pipe never ends. */
export async function isOwnFile(folder: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(join(folder, path))
    return real === join(await realpath(folder), path) && (await lstat(real)).isFile()
  } catch {
    return false // not there, or not ours to read: whoever asks says what is missing
  }
}
