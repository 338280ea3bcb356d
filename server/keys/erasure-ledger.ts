import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { failed } from '../failure.ts'
import { isMissing, writeDurably } from './durable-files.ts'
import { openFile, sealFile } from './sealed-file.ts'

/**
 * Who was erased, outside every database: a restored database does not know what was erased after it was saved, and a
 * file beside the keys does. Each line is written, and flushed to both folders, before the first row is deleted.
 *
 * It holds the keyed hashes by which rows are found, and no name, number or id of a person. The file is sealed by the
 * master key like the ring, but is no part of it: an older copy of the ring put back leaves the ledger as it is.
 */
export const ledgerFileName = 'erasures.json'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const entry = z.strictObject({
  id: z.uuid(),
  organization: z.uuid(),
  /** ISO 8601 UTC */
  at: z.string(),
  /** Keyed hashes of telephone numbers, as they stand in the database of the organization. */
  numbers: z.array(hash),
  /** Keyed hashes of persons of a CRM. */
  persons: z.array(hash),
})
/** One erasure, hashes in hexadecimal. */
export type ErasureEntry = z.infer<typeof entry>
const content = z.strictObject({ entries: z.array(entry) })

export interface LedgerPlace {
  folder: string
  copyFolder?: string | undefined
  masterKey: Buffer
  /** id of the ring it lies beside */
  ring: string
}

/**
 * What both folders know together, oldest first: one of them may be an older copy that was put back.
 * @throws RingfenceError `setting` when a file is there and cannot be read: going on without it would bring people back
 */
export function readLedger(place: LedgerPlace): ErasureEntry[] {
  const known = new Map<string, ErasureEntry>()
  for (const folder of foldersOf(place)) for (const one of readIn(place, folder)) known.set(one.id, one)
  return [...known.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
}

/** On both disks when it returns. Only under the writer's lock. Written again it changes nothing. */
export async function appendToLedger(place: LedgerPlace, added: ErasureEntry): Promise<void> {
  const entries = readLedger(place)
  if (!entries.some(({ id }) => id === added.id)) entries.push(entry.parse(added))
  await write(place, entries)
}

/** Makes both folders know what either does. */
export async function evenOutLedger(place: LedgerPlace): Promise<void> {
  const entries = readLedger(place)
  if (entries.length > 0 && foldersOf(place).some((folder) => readIn(place, folder).length < entries.length))
    await write(place, entries)
}

async function write(place: LedgerPlace, entries: readonly ErasureEntry[]): Promise<void> {
  const bytes = sealFile(place.masterKey, {
    name: ledgerFileName,
    ring: place.ring,
    content: Buffer.from(JSON.stringify({ entries }), 'utf8'),
  })
  for (const folder of foldersOf(place)) await writeDurably(folder, ledgerFileName, bytes)
}

const foldersOf = ({ folder, copyFolder }: LedgerPlace): string[] =>
  copyFolder === undefined ? [folder] : [folder, copyFolder]

function readIn(place: LedgerPlace, folder: string): ErasureEntry[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(join(folder, ledgerFileName))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
  const opened = openFile(place.masterKey, { name: ledgerFileName, bytes })
  if ('trouble' in opened || opened.ring !== place.ring) {
    return failed({
      code: 'setting',
      name: 'RINGFENCE_KEYS',
      sentence: `The ledger of erasures (${ledgerFileName}) in a key folder cannot be read: put the newest one back, or erased people could return.`,
    })
  }
  return content.parse(JSON.parse(opened.content.toString('utf8'))).entries
}
