import { randomUUID } from 'node:crypto'
import { Sessions } from '../server/accounts/sessions.ts'
import { storeContacts } from '../server/contacts/store-contacts.ts'
import { HookKeys } from '../server/ingest/hook-keys.ts'
import type { Installation } from '../server/installation.ts'
import { makeConnection, setExtensions, setOwnNumbers } from '../server/organizations/connections.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { acceptAgreement, currentAgreement } from '../server/privacy/agreement.ts'
import { ownLine, persons } from './calls.ts'

/** An organization ready for calls: a telephone system, a mirror with some persons, and one user who sees all calls. */
export interface ReadyOrganization {
  organization: Organization
  phoneId: string
  crmId: string
  hookKey: string
  hookSecret: string
  /** of the user, in the cookie */
  sessionToken: string
}

export async function readyOrganization(installation: Installation): Promise<ReadyOrganization> {
  const { cluster, ring } = installation
  const organization = await installation.organizations.create({
    name: 'Bench',
    country: 'CZ',
    timeZone: 'Europe/Prague',
  })
  const phoneId = await makeConnection(organization, 'phone', 'optimcall')
  await setOwnNumbers(organization, phoneId, [ownLine])
  const crmId = await emptyMirror(organization)
  const mirror = { connectionId: crmId, keys: organization.keys, numbers: { country: organization.country } }
  const contacts = persons.map(({ typed, ...person }) => ({
    ...person,
    shared: true,
    numbers: [typed],
    updatedAt: '2026-01-01T00:00:00Z',
  }))
  await organization.transaction((db) => storeContacts(db, mirror, contacts), 'identify the caller')
  const userId = await makeUser(organization, crmId)
  await acceptAgreement(organization, userId, currentAgreement('en'))
  const hook = await new HookKeys(cluster, ring).make({
    organizationId: organization.id,
    connectionId: phoneId,
    side: 'phone',
    adapter: 'optimcall',
    country: organization.country,
  })
  const session = await new Sessions(cluster).begin({
    kind: 'user',
    organizationId: organization.id,
    userId,
  })
  return {
    organization,
    phoneId,
    crmId,
    hookKey: hook.key,
    hookSecret: hook.secret,
    sessionToken: session.token,
  }
}

/** A CRM connection with its keys, whose copy counts as complete. */
export async function emptyMirror(organization: Organization): Promise<string> {
  const id = await makeConnection(organization, 'crm', 'pipedrive')
  await organization.keys.makeMirror(id)
  await organization.transaction(
    (db) =>
      db.rows(`update connections set mirror_state = 'complete', mirror_started_at = now() where id = $1`, [
        id,
      ]),
    'connect the systems',
  )
  return id
}

async function makeUser(organization: Organization, crmId: string): Promise<string> {
  const id = randomUUID()
  const name = organization.keys.seal({ table: 'users', column: 'name_sealed', row: id }, 'Anna', {
    by: 'organization',
  })
  await organization.transaction(
    (db) =>
      db.rows(
        `insert into users (id, connection_id, external_id, name_sealed, sees) values ($1, $2, '1', $3, 'all')`,
        [id, crmId, name],
      ),
    'sign in',
  )
  await setExtensions(organization, id, ['21'], 'administrator')
  return id
}
