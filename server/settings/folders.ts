import { isAbsolute, join, relative, resolve } from 'node:path'
import { type Environment, refuse } from './read.ts'

/** None of them holds what another must not. */
export interface Folders {
  dataFolder: string
  keysFolder: string
  keysCopyFolder: string | undefined
  /** where backups are written, and removed when they are older than declared */
  backupsFolder: string
}

export function folders(env: Environment): Folders {
  const dataFolder = resolve(env['RINGFENCE_DATA'] || './data')
  const keysFolder = resolve(env['RINGFENCE_KEYS'] || './keys')
  const inside = relative(dataFolder, keysFolder)
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    refuse(
      'RINGFENCE_KEYS',
      'RINGFENCE_KEYS lies inside RINGFENCE_DATA: choose a folder outside it, because a backup of the data must not contain the keys.',
    )
  }
  const backupsFolder = resolve(env['RINGFENCE_BACKUPS'] || join(dataFolder, '..', 'backups'))
  const keysCopyFolder = env['RINGFENCE_KEYS_COPY'] ? resolve(env['RINGFENCE_KEYS_COPY']) : undefined
  const others = [dataFolder, keysFolder, keysCopyFolder]
  if (others.some((folder) => folder !== undefined && lieTogether(backupsFolder, folder))) {
    refuse(
      'RINGFENCE_BACKUPS',
      'RINGFENCE_BACKUPS lies in or around RINGFENCE_DATA, RINGFENCE_KEYS or RINGFENCE_KEYS_COPY: choose a folder of its own, on another disk if possible, because a backup must survive the data and must not contain the keys.',
    )
  }
  return { dataFolder, keysFolder, keysCopyFolder, backupsFolder }
}

/** Is one of them the other, or inside it? */
function lieTogether(one: string, other: string): boolean {
  const contains = (outer: string, inner: string) => {
    const way = relative(outer, inner)
    return way === '' || (!way.startsWith('..') && !isAbsolute(way))
  }
  return contains(one, other) || contains(other, one)
}
