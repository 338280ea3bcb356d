import { z } from 'zod'
import type { SealedList } from './sealed-list.ts'

/**
 * Who was erased, outside every database: a restored database does not know what was erased after it was saved, and a
 * file beside the keys does. Each line is written, and flushed to both folders, before the first row is deleted.
 *
 * It holds the keyed hashes by which rows are found, and no name, number or id of a person.
 */
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

export const erasureLedger: SealedList<ErasureEntry> = {
  file: 'erasures.json',
  entry,
  // Going on without it would bring people back.
  unreadable:
    'The ledger of erasures (erasures.json) in a key folder cannot be read: put the newest one back, or erased people could return.',
}
