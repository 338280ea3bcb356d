import { readSettings } from '../organizations/connection-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneSystem } from '../phones/contract.ts'
import { enqueueAttach, type ReadyParts } from './ready.ts'

/**
 * An administrator changed the settings of a phone system. Recordings that wait, or that it was the phone system's fault
 * not to get, are tried at once, because an address or a credential may be right now; where recordings are to stay where they are, what was kept of them goes at once.
 */
export async function recordingSettingsChanged(
  parts: Pick<ReadyParts, 'jobs'> & { phones: ReadonlyMap<string, PhoneSystem> },
  organization: Organization,
  connection: { id: string; adapter: string },
): Promise<void> {
  const phone = parts.phones.get(connection.adapter)
  const source = phone?.recordings
  if (!phone || !source) return
  const waiting = await organization.transaction(async (db) => {
    db.send(
      `select from calls where id in (select r.id from recordings r where r.state in ('waiting', 'failed'))
         and connection_id = $1 order by id for no key update`,
      [connection.id],
    )
    if (source.attaches(await readSettings(organization, db, connection.id, phone.settings)))
      return db.rows<{ id: string }>(
        `update recordings r set state = 'waiting', next_at = now() from calls c
         where c.id = r.id and c.connection_id = $1
           and (r.state = 'waiting' or r.state = 'failed' and r.reason like 'phone-%' and r.address_sealed is not null)
         returning r.id`,
        [connection.id],
      )
    db.send(
      `with gone as (
         update recordings r set state = 'left', reason = 'not-chosen', next_at = null, address_sealed = null
         from calls c where c.id = r.id and c.connection_id = $1 and r.state in ('waiting', 'failed') returning r.id)
       update calls set version = version + 1 from gone where calls.id = gone.id`,
      [connection.id],
    )
    return []
  }, 'attach the recording in the CRM')
  // Those that are still looked for have no address: their attaching finds nothing to do.
  for (const { id } of waiting) await enqueueAttach(parts, organization.id, id, { at: new Date() })
}
