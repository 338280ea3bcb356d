import { keyNameBytes, readKeyName } from '../keys/sealed-value.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { hasKeys } from './ended-check.ts'
import { type EraseParts, erase } from './erase.ts'
import { ledgerOf } from './ledger-of.ts'
import { renewableColumns } from './retired-keys.ts'

/**
 * Erases again whom the ledger knows and a database does not: it was restored from before the erasure, or the process
 * died in the middle of one. Before anybody is connected, so that no erased person is ever shown again (L-E.3).
 * @returns how many erasures were carried out
 */
export async function replayErasures(
  parts: EraseParts & { organizations: Organizations; log: Log },
): Promise<number> {
  let replayed = 0
  for (const organization of await parts.organizations.list()) {
    const own = await ledgerOf(parts, organization.id)
    // Without its keys nobody can read anything of it: it was restored from before its end.
    if (own.length === 0 || !hasKeys(parts.ring, organization.id)) continue
    const done = await organization.transaction(
      (db) =>
        db.rows<{ id: string }>(
          'select id from erasures where unreadable_at is not null or unreadable_by is not null order by id',
        ),
      'owner',
    )
    const known = new Set(done.map(({ id }) => id))
    for (const entry of own) {
      if (known.has(entry.id)) continue
      await erase(parts, organization, entry, { cause: 'ledger' })
      replayed += 1
    }
    if (own.some(({ id }) => !known.has(id))) await removeUnreadable(organization)
  }
  if (replayed > 0) parts.log.info('erasures-replayed', { erasures: replayed })
  return replayed
}

/**
 * A restored database holds rows of others that a key sealed which was replaced and destroyed since. Nobody can open
 * them any more: the mirror reads its persons anew, and calls of such an hour are gone from that backup.
 */
async function removeUnreadable(organization: Organization): Promise<void> {
  let isMirrorShort = false
  for (const [table, columns] of renewableColumns()) {
    for (const column of columns) {
      const names = await organization.transaction(
        (db) =>
          db.rows<{ name: Buffer }>(
            `select distinct substring(${column} for ${keyNameBytes}) as name from ${table} where ${column} is not null`,
          ),
        'owner',
      )
      const gone = names.flatMap(({ name }) => (organization.keys.has(name) ? [] : [name]))
      if (gone.length === 0) continue
      await organization.transaction(
        (db) =>
          db.rows(`delete from ${table} where substring(${column} for ${keyNameBytes}) = any($1)`, [gone]),
        'owner',
      )
      isMirrorShort ||= gone.some((name) => readKeyName(name)?.class === 'mirror bucket')
    }
  }
  if (isMirrorShort) await readMirrorsAnew(organization)
}

/** From the start, as after the agreement: colleagues of the same buckets are missing until it has been read. */
async function readMirrorsAnew(organization: Organization): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        `update connections set mirror_state = 'copying', mirror_cursor = null, mirror_started_at = ringfence.now()
         where side = 'crm' and mirror_state in ('copying', 'complete')`,
      ),
    'owner',
  )
}
