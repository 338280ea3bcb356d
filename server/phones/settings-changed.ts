import { readSettings } from '../organizations/connection-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneSystem } from './contract.ts'
import type { Holder } from './holder.ts'
import type { Leases } from './leases.ts'

/** An administrator changed the settings of a phone system: it is held from now on, anew, or no longer. */
export async function heldSettingsChanged(
  parts: { phones: ReadonlyMap<string, PhoneSystem>; leases: Leases; holder: Holder },
  organization: Organization,
  connection: { id: string; adapter: string },
): Promise<void> {
  const phone = parts.phones.get(connection.adapter)
  if (!phone?.listening) return
  const settings = await organization.transaction(
    (db) => readSettings(organization, db, connection.id, phone.settings),
    'connect the systems',
  )
  if (phone.listening.wanted(settings)) await parts.leases.want(connection.id, organization.id)
  else await parts.leases.unwant(connection.id)
  parts.holder.tend()
}
