import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { failed } from '../failure.ts'
import { isMissing } from './durable-files.ts'

export interface KeyFolders {
  folder: string
  copyFolder?: string | undefined
  dataFolder?: string | undefined
}

/**
 * Keys inside the data folder would go into every backup of it, and destroyed keys would live on there. A copy in or
 * around the key folder is none.
 * @throws RingfenceError `setting`
 */
export async function expectApart(folders: KeyFolders): Promise<void> {
  const keys = await trueLocation(folders.folder)
  const copy = folders.copyFolder === undefined ? undefined : await trueLocation(folders.copyFolder)
  const data = folders.dataFolder === undefined ? undefined : await trueLocation(folders.dataFolder)
  if (data !== undefined && contains(data, keys)) {
    refuse('RINGFENCE_KEYS', 'The key folder lies inside the data folder: keys must stay out of its backups.')
  }
  if (copy === undefined) return
  if (data !== undefined && contains(data, copy)) {
    refuse(
      'RINGFENCE_KEYS_COPY',
      'The second copy of the keys lies inside the data folder: keys must stay out of it.',
    )
  }
  if (contains(keys, copy) || contains(copy, keys)) {
    refuse(
      'RINGFENCE_KEYS_COPY',
      'The second copy of the keys must have a folder of its own, on another disk if possible.',
    )
  }
}

function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !way.includes(':'))
}

/** Links followed as far as the path exists. */
async function trueLocation(path: string): Promise<string> {
  const absolute = resolve(path)
  try {
    return await realpath(absolute)
  } catch (error) {
    const parent = dirname(absolute)
    if (!isMissing(error) || parent === absolute) throw error
    return join(await trueLocation(parent), basename(absolute))
  }
}

const refuse = (name: string, sentence: string): never => failed({ code: 'setting', name, sentence })
