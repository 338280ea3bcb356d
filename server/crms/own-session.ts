import type { App } from '../app.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Crm, CrmSession } from './contract.ts'

/** The way to the CRM with this user's own rights; undefined: no grant of theirs may be used. */
export async function ownSession(
  { installations, crms }: Pick<App, 'installations' | 'crms'>,
  user: Pick<DirectoryUser, 'connectionId' | 'externalId'>,
): Promise<{ crm: Crm; session: CrmSession } | undefined> {
  const installed = await installations.active(user.connectionId)
  const own = installed.find((one) => one.userRef === user.externalId)
  const crm = own && crms.get(own.crm)
  return own && crm && { crm, session: installations.session(crm, own) }
}
