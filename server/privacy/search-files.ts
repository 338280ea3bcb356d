import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { findSealed, type SealedHeader } from '../keys/index.ts'
import type { WordFinder } from './find-words.ts'

/** What kind of file something was found in. */
export type Where =
  | 'table files'
  | 'write-ahead log'
  | 'spool'
  | 'logs'
  | 'keys'
  | 'second copy of the keys'
  | 'other files'

/** The beginning of a sealed value in some file. */
export interface SealedFound {
  where: Where
  path: string
  header: SealedHeader
  nonce: string
  /** the whole value, where its length is known and the file goes on that far */
  bytes: Buffer | undefined
}

export interface Searched {
  files: number
  bytes: number
  sealed: SealedFound[]
  words: { word: string; spelling: string; where: Where; path: string }[]
}

/**
 * Reads every file byte by byte, as somebody would who took the disks. Search while PostgreSQL is stopped: then everything
 * it holds in memory has been written.
 * @param options.lengthOf how long the value with this nonce is: its header does not say
 */
export async function searchFiles(options: {
  dataFolder: string
  keysFolder: string
  keysCopyFolder?: string | undefined
  lengthOf(nonce: string): number | undefined
  words: WordFinder
}): Promise<Searched> {
  const searched: Searched = { files: 0, bytes: 0, sealed: [], words: [] }
  const folders: [string, (path: string) => Where][] = [
    [options.dataFolder, whereOf],
    [options.keysFolder, () => 'keys'],
  ]
  if (options.keysCopyFolder !== undefined)
    folders.push([options.keysCopyFolder, () => 'second copy of the keys'])
  for (const [folder, kindOf] of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const full = join(entry.parentPath, entry.name)
      const path = relative(folder, full)
      const bytes = await readFile(full)
      searched.files += 1
      searched.bytes += bytes.length
      searchOne(bytes, { path, where: kindOf(path), ...options }, searched)
    }
  }
  return searched
}

function searchOne(
  bytes: Buffer,
  file: { path: string; where: Where; lengthOf(nonce: string): number | undefined; words: WordFinder },
  into: Searched,
): void {
  const { path, where } = file
  for (const { offset, header } of findSealed(bytes)) {
    const nonce = header.nonce.toString('hex')
    const length = file.lengthOf(nonce)
    // A copy: a view would keep the whole file in memory.
    const whole = length !== undefined && offset + length <= bytes.length
    into.sealed.push({
      where,
      path,
      nonce,
      header: { ...header, nonce: Buffer.from(header.nonce) },
      bytes: whole ? Buffer.from(bytes.subarray(offset, offset + length)) : undefined,
    })
  }
  for (const { word, spelling } of file.words.find(bytes)) into.words.push({ word, spelling, where, path })
}

function whereOf(path: string): Where {
  const parts = path.split(/[\\/]/)
  if (parts[0] === 'spool') return 'spool'
  if (parts[0] === 'postgres') {
    if (parts[1] === 'pg_wal') return 'write-ahead log'
    if (parts[1] === 'base' || parts[1] === 'global') return 'table files'
    return 'other files'
  }
  return /\.log(\.\d+)?$/.test(path) ? 'logs' : 'other files'
}
