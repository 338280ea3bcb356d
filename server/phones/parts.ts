import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import type { DirectoryConnection } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneApi, PhoneSystem } from './contract.ts'

/** What is needed to work with phone systems that have an API. */
export type PhoneParts = Pick<
  App,
  | 'accesses'
  | 'changed'
  | 'clock'
  | 'cluster'
  | 'counters'
  | 'crms'
  | 'directories'
  | 'hooks'
  | 'ingest'
  | 'installations'
  | 'jobs'
  | 'log'
  | 'notices'
  | 'organizations'
  | 'phones'
  | 'ring'
  | 'url'
>

/** One connection to a phone system that has an API. */
export interface AskedPhone {
  organization: Organization
  connection: DirectoryConnection
  phone: PhoneSystem
  api: PhoneApi
}

/** Those of an organization, in the order they were made. */
export async function askedPhones(
  parts: Pick<PhoneParts, 'directories' | 'phones'>,
  organization: Organization,
): Promise<AskedPhone[]> {
  const { connections } = await parts.directories.of(organization)
  return [...connections.values()].flatMap((connection) => {
    const phone = connection.side === 'phone' ? parts.phones.get(connection.adapter) : undefined
    return phone?.api ? [{ organization, connection, phone, api: phone.api }] : []
  })
}

/** undefined: it is not there any more, or is none of these */
export async function findAsked(
  parts: Pick<PhoneParts, 'directories' | 'phones'>,
  organization: Organization,
  connectionId: string,
): Promise<AskedPhone | undefined> {
  const all = await askedPhones(parts, organization)
  return all.find(({ connection }) => connection.id === connectionId)
}

/** @throws RingfenceError `not-found` for any other connection */
export async function askedPhone(
  parts: Pick<PhoneParts, 'directories' | 'phones'>,
  organization: Organization,
  connectionId: string,
): Promise<AskedPhone> {
  const asked = await findAsked(parts, organization, connectionId)
  return asked ?? failed({ code: 'not-found', what: 'connection' })
}
