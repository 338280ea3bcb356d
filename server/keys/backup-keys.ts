import { z } from 'zod'
import type { SealedList } from './sealed-list.ts'

/**
 * The keys that backups are encrypted to, one for each backup: age identities (age-encryption.org). One that is destroyed
 * makes its backup unreadable wherever a copy of it lies, so that the limit holds for copies nobody knows of.
 */
const entry = z.strictObject({
  id: z.uuid(),
  /** when the backup was taken, ISO 8601 UTC */
  at: z.string(),
  identity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]+$/),
})
export type BackupKey = z.infer<typeof entry>

export const backupKeyList: SealedList<BackupKey> = {
  file: 'backup-keys.json',
  entry,
  unreadable:
    'The keys of the backups (backup-keys.json) in a key folder cannot be read: put the newest file back, or move it away and lose the backups made until now.',
}
