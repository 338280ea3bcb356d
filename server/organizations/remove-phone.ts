import type { App } from '../app.ts'
import type { ConnectionMade } from '../http/shapes.ts'
import { leavePhone } from '../phones/disconnect.ts'
import type { PhoneParts } from '../phones/parts.ts'
import { recordEnd } from '../privacy/end-record.ts'
import { recordingSettingsChanged } from '../recordings/settings-changed.ts'
import type { DirectoryConnection } from './directory.ts'
import type { Organization } from './organization.ts'

type Parts = Pick<App, 'hooks' | 'notices' | 'leases' | 'holder' | 'jobs' | 'phones' | 'changed' | 'url'>

/**
 * Removes a phone system. It is heard no more from now on, by its hook or over a connection that we hold; what was set
 * for it goes, recordings that wait are left where they are, and with the last phone system the extensions go. Calls stay
 * for their week. May be interrupted and asked for again.
 */
export async function removePhone(
  parts: Parts & PhoneParts,
  organization: Organization,
  connection: DirectoryConnection,
): Promise<void> {
  const end = { end: 'phone system removed', connectionId: connection.id } as const
  await recordEnd(parts, organization.id, end)
  await leavePhone(parts, organization, connection.id)
  await parts.hooks.removeOf(connection.id)
  await hooksChanged(parts)
  await parts.leases.unwant(connection.id)
  parts.holder.tend()
  await forgetSettings(organization, connection.id)
  // Asking the phone system takes its time: a backup begun meanwhile still has what is gone now.
  await recordEnd(parts, organization.id, end)
  await recordingSettingsChanged(parts, organization, connection)
  parts.changed(organization.id)
}

/** What was set for a phone system goes, out of a row that stays for its calls. */
export async function forgetSettings(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction(async (db) => {
    db.send('lock table users in exclusive mode') // whoever changes somebody's telephone holds them first
    await db.rows(
      `update connections set removed_at = ringfence.now(), settings_sealed = null, own_numbers_sealed = null
       where id = $1 and side = 'phone'`,
      [connectionId],
    )
    for (const table of ['delivery_counts', 'phone_people', 'phone_lines'])
      db.send(`delete from ${table} where connection_id = $1`, [connectionId])
    db.send(
      `delete from user_extensions
       where not exists (select 1 from connections where side = 'phone' and removed_at is null)`,
    )
  }, 'owner')
}

/** Gives a phone system another hook address and secret, told once; from now on the old ones open nothing. */
export async function renewHook(
  parts: Parts,
  organization: Organization,
  { id, adapter }: DirectoryConnection,
): Promise<ConnectionMade> {
  const { key, secret } = await parts.hooks.makeAnew({
    organizationId: organization.id,
    connectionId: id,
    side: 'phone',
    adapter,
    country: organization.country,
  })
  await hooksChanged(parts)
  parts.changed(organization.id)
  return { id, hookUrl: `${parts.url}/hooks/${key}`, secret }
}

/** Read anew here too: a delivery that came in the same moment may have brought the old one back into memory. */
async function hooksChanged({ hooks, notices }: Pick<Parts, 'hooks' | 'notices'>): Promise<void> {
  await hooks.load()
  notices.tell({ about: 'hooks' })
}

/** Phone systems that were removed, and whose last call has had its time. @returns how many */
export async function sweepRemovedPhones(organization: Organization): Promise<number> {
  const rows = await organization.transaction(
    (db) =>
      db.rows(
        `delete from connections c where c.removed_at is not null
           and not exists (select 1 from calls where calls.connection_id = c.id) returning 1`,
      ),
    'owner',
  )
  return rows.length
}
