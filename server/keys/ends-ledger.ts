import { z } from 'zod'
import type { SealedList } from './sealed-list.ts'

/**
 * What has ended (a user has uninstalled, a company has left, an organization was deleted), for as long as there are
 * backups from before it: a restored database would bring it back. Ids of rows of ours only. Written before the first row
 * is deleted.
 */
const entry = z.strictObject({
  id: z.uuid(),
  organization: z.uuid(),
  /** ISO 8601 UTC */
  at: z.string(),
  end: z.enum([
    'phone disconnected by the user',
    'uninstall by the user',
    'uninstall by the last user',
    'phone system removed',
    'end of subscription',
    'organization deleted',
  ]),
  user: z.uuid().optional(),
  connection: z.uuid().optional(),
})
export type EndEntry = z.infer<typeof entry>

export const endsLedger: SealedList<EndEntry> = {
  file: 'ends.json',
  entry,
  unreadable:
    'The ledger of what has ended (ends.json) in a key folder cannot be read: put the newest one back, or what was uninstalled could return from a backup.',
}
