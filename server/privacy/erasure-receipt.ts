import { z } from 'zod'

/** Table files and the log are rewritten and recycled in the night, so within a day. */
export const bytesLiveHours = 24

const time = z.iso.datetime()
/** `at`: reached then; `by`: not yet, at the latest then; `elsewhere`: on a server of somebody else's, when it recycles its log. */
const reached = z.union([
  z.strictObject({ at: time }),
  z.strictObject({ by: time }),
  z.strictObject({ elsewhere: z.literal(true) }),
])
export type Reached = z.infer<typeof reached>

/** The levels of section "what erased means": unreachable, unreadable, bytes gone. */
export const erasureLevels = z.strictObject({
  unreachable: reached,
  unreadable: reached,
  files: reached,
  log: reached,
  backups: reached,
})

/** Somebody who received something of the person, and what they still hold. */
export const erasureRecipient = z.strictObject({
  recipient: z.string(),
  what: z.enum(['call', 'activity', 'person', 'calls']),
  /** `by people`: nobody was asked by us; the organization's people do it there */
  state: z.enum(['to do', 'confirmed', 'by people', 'refused']),
  count: z.int().nonnegative(),
  /** gone there for good by then; null: not known */
  finalBy: time.nullable(),
})
export type ErasureRecipient = z.infer<typeof erasureRecipient>

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
  recipients: z.array(erasureRecipient),
  /** every recipient has confirmed, and nothing is left anywhere from then on; null: not known for all of them */
  everywhereBy: time.nullable(),
  keyRing: z.strictObject({ id: z.string(), version: z.int() }),
  policy: z.string(),
})
export type ErasureReceipt = z.infer<typeof erasureReceipt>
export const signedErasureReceipt = z.strictObject({ receipt: erasureReceipt, jws: z.string() })
