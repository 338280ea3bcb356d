import { failed, failureOf } from '../failure.ts'
import type { DirectoryConnection } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { firstSession } from './accesses.ts'
import type { PhoneSystem } from './contract.ts'
import type { PhoneParts } from './parts.ts'
import { endSubscription } from './subscription.ts'
import { enqueuePhones } from './tend-phones.ts'

type Settings = Readonly<Record<string, unknown>>

/**
 * An administrator sets a key: it is tried before it is kept.
 * @throws RingfenceError `invalid-input` for one that the phone system does not accept, `provider-unavailable`
 */
export async function testKey(
  phone: PhoneSystem,
  organization: Organization,
  connection: Pick<DirectoryConnection, 'id' | 'settings'>,
  before: Settings,
): Promise<void> {
  const { api } = phone
  if (
    api?.access !== 'key' ||
    !api.ready(connection.settings) ||
    !isNewKey(phone, before, connection.settings)
  )
    return
  try {
    await api.users(firstSession(phone, organization, connection))
  } catch (error) {
    const code = failureOf(error)?.code
    if (code !== 'provider-refused' && code !== 'provider-rejected') throw error
    failed({ code: 'invalid-input', field: keyOf(phone), rule: 'a key that the phone system accepts' }, error)
  }
}

/**
 * The settings of a phone system that is asked by a key have changed: with another key, or none, the subscription made
 * with the old one ends while that still counts; what is to be done with the new ones begins at once.
 */
export async function keySettingsChanged(
  parts: PhoneParts,
  organization: Organization,
  before: DirectoryConnection,
): Promise<void> {
  const phone = parts.phones.get(before.adapter)
  const { api } = phone ?? {}
  if (!phone || !api) return
  const { connections } = await parts.directories.of(organization)
  const after = connections.get(before.id)?.settings ?? {}
  if (api.access === 'key' && api.ready(before.settings) && isNewKey(phone, before.settings, after)) {
    const [access] = await parts.accesses.ofConnection(before.id)
    if (access) await endSubscription(parts, { organization, connection: before, phone, api }, access)
  }
  await enqueuePhones(parts, organization)
}

const keyOf = ({ settings }: PhoneSystem): string => settings.secret[0] ?? 'settings'
const isNewKey = (phone: PhoneSystem, before: Settings, after: Settings): boolean =>
  before[keyOf(phone)] !== after[keyOf(phone)]
