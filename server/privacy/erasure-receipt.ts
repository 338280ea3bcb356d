import { z } from 'zod'
import { reached } from './levels.ts'
import { toldRecipient } from './told.ts'

const time = z.iso.datetime()

/** The levels of section "what erased means": unreachable, unreadable, bytes gone. */
export const erasureLevels = z.strictObject({
  unreachable: reached,
  unreadable: reached,
  files: reached,
  log: reached,
  backups: reached,
})

/** What the receipt of one person's erasure says. Ids of ours, times and counts: nothing of the person. */
export const erasureReceipt = z.strictObject({
  version: z.literal(1),
  kind: z.literal('erasure'),
  id: z.uuid(),
  organization: z.uuid(),
  cause: z.enum(['page', 'command', 'ledger']),
  askedAt: time,
  /** the receipt says how far it was then; a later one says more */
  signedAt: time,
  /** rows that went, by table */
  removed: z.record(z.string(), z.int().nonnegative()),
  levels: erasureLevels,
  recipients: z.array(toldRecipient),
  /** every recipient has confirmed, and nothing is left anywhere from then on; null: not known for all of them */
  everywhereBy: time.nullable(),
  keyRing: z.strictObject({ id: z.string(), version: z.int() }),
  policy: z.string(),
})
export type ErasureReceipt = z.infer<typeof erasureReceipt>
export const signedErasureReceipt = z.strictObject({ receipt: erasureReceipt, jws: z.string() })
