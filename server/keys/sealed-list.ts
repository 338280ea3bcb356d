import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { failed } from '../failure.ts'
import { isMissing, writeDurably } from './durable-files.ts'
import { openFile, sealFile } from './sealed-file.ts'

/**
 * A list that lies beside the key ring, outside every database and its backups, and in the ring's second copy. Sealed by
 * the master key like the ring, but no part of it: an older copy of the ring put back leaves the list as it is.
 */
export interface SealedList<Entry extends { id: string; at: string }> {
  /** name of its file */
  file: string
  entry: z.ZodType<Entry>
  /** for the operator, when the file is there and cannot be read */
  unreadable: string
}

export interface ListPlace {
  folder: string
  copyFolder?: string | undefined
  masterKey: Buffer
  /** id of the ring it lies beside */
  ring: string
}

/**
 * What both folders know together, oldest first: one of them may be an older copy that was put back.
 * @throws RingfenceError `setting` when a file is there and cannot be read
 */
export function readList<Entry extends { id: string; at: string }>(
  place: ListPlace,
  list: SealedList<Entry>,
): Entry[] {
  const known = new Map<string, Entry>()
  for (const folder of foldersOf(place)) for (const one of readIn(place, list, folder)) known.set(one.id, one)
  return [...known.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
}

/** On both disks when it returns. Only under the writer's lock. */
export async function changeList<Entry extends { id: string; at: string }>(
  place: ListPlace,
  list: SealedList<Entry>,
  change: (entries: readonly Entry[]) => readonly Entry[],
): Promise<void> {
  await write(place, list, change(readList(place, list)))
}

/** Makes both folders know what either does. */
export async function evenOutList<Entry extends { id: string; at: string }>(
  place: ListPlace,
  list: SealedList<Entry>,
): Promise<void> {
  const entries = readList(place, list)
  const knowsLess = (folder: string) => readIn(place, list, folder).length < entries.length
  if (entries.length > 0 && foldersOf(place).some(knowsLess)) await write(place, list, entries)
}

async function write<Entry extends { id: string; at: string }>(
  place: ListPlace,
  list: SealedList<Entry>,
  entries: readonly Entry[],
): Promise<void> {
  const content = Buffer.from(JSON.stringify({ entries: z.array(list.entry).parse(entries) }), 'utf8')
  const bytes = sealFile(place.masterKey, { name: list.file, ring: place.ring, content })
  content.fill(0)
  for (const folder of foldersOf(place)) await writeDurably(folder, list.file, bytes)
}

const foldersOf = ({ folder, copyFolder }: ListPlace): string[] =>
  copyFolder === undefined ? [folder] : [folder, copyFolder]

function readIn<Entry extends { id: string; at: string }>(
  place: ListPlace,
  { file, entry, unreadable }: SealedList<Entry>,
  folder: string,
): Entry[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(join(folder, file))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
  const opened = openFile(place.masterKey, { name: file, bytes })
  if ('trouble' in opened || opened.ring !== place.ring)
    return failed({ code: 'setting', name: 'RINGFENCE_KEYS', sentence: unreadable })
  const content = z.strictObject({ entries: z.array(entry) })
  return content.parse(JSON.parse(opened.content.toString('utf8'))).entries
}
