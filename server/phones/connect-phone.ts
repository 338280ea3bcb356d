import type { OneTimeTokens } from '../accounts/one-time-tokens.ts'
import { failureOf } from '../failure.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { firstSession } from './accesses.ts'
import type { PhoneGrants, PhoneSystem, PhoneTokens, PhoneUser } from './contract.ts'
import { type AskedPhone, askedPhone, type PhoneParts } from './parts.ts'
import { enqueueRead, storeOwn } from './read-phone.ts'
import { tendSubscription } from './subscription.ts'

export type ConnectParts = PhoneParts & { oneTimeTokens: OneTimeTokens }

/** Why a telephone was not connected: shown to the person as a sentence. */
export type ConnectProblem = 'denied' | 'expired' | 'refused' | 'taken' | 'away' | 'leaving'

/**
 * The first step of connecting one's own telephone: a ticket that leads a browser tab to the phone system. It is good for
 * two minutes and once, and says whose telephone it will be; a frame of a CRM has no cookies that could.
 */
export async function ticketFor(
  parts: ConnectParts,
  { connection, organization }: AskedPhone,
  user: DirectoryUser,
): Promise<string> {
  return parts.oneTimeTokens.make('phone-connect', organization.id, [user.id, connection.id])
}

/**
 * Sends the tab to the phone system. The state goes into the address and into a cookie of this browser.
 * @param signedIn who is signed in to this browser, where somebody is: nobody else's telephone is connected there
 */
export async function beginConnect(
  parts: ConnectParts,
  phone: PhoneSystem & { api: { grants: PhoneGrants } },
  begun: { ticket: string; signedIn: string | undefined },
  redirectUri: string,
): Promise<{ url: string; state: string } | ConnectProblem> {
  const taken = await parts.oneTimeTokens.take('phone-connect', begun.ticket)
  if (!taken?.organizationId) return 'expired'
  if (begun.signedIn !== undefined && begun.signedIn !== taken.about[0]) return 'expired'
  const state = await parts.oneTimeTokens.make('phone-oauth', taken.organizationId, taken.about)
  return { url: phone.api.grants.authorizeUrl(state, redirectUri), state }
}

/** Ends the round trip: the tokens, sealed, and whose telephone it is; then calls are told. */
export async function finishConnect(
  parts: ConnectParts,
  phone: PhoneSystem & { api: { grants: PhoneGrants } },
  answer: { code: string; state: string },
  redirectUri: string,
): Promise<ConnectProblem | undefined> {
  const begun = await parts.oneTimeTokens.take('phone-oauth', answer.state)
  const [userId, connectionId] = begun?.about ?? []
  if (!begun?.organizationId || userId === undefined || connectionId === undefined) return 'expired'
  const organization = await parts.organizations.get(begun.organizationId)
  try {
    const asked = await askedPhone(parts, organization, connectionId)
    const tokens = await phone.api.grants.exchange(answer.code, redirectUri)
    const session = firstSession(phone, organization, asked.connection, tokens.accessToken)
    const [own] = await asked.api.users(session)
    if (!own) return 'refused'
    return await store(parts, asked, { userId, own, tokens })
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === 'provider-refused' || code === 'provider-rejected') return 'refused'
    if (code === 'provider-unavailable' || code === 'provider-outcome-unknown') return 'away'
    if (code === 'busy') return 'leaving'
    if (code === 'not-found') return 'expired' // the connection was removed meanwhile
    throw error
  }
}

async function store(
  parts: ConnectParts,
  asked: AskedPhone,
  { userId, own, tokens }: { userId: string; own: PhoneUser; tokens: PhoneTokens },
): Promise<ConnectProblem | undefined> {
  const { organization, connection, phone } = asked
  const directory = await parts.directories.of(organization)
  const user = directory.users.get(userId)
  if (!user) return 'expired'
  const isTaken = directory.people.some(
    (one) => one.connectionId === connection.id && one.ref === own.ref && one.userId !== userId,
  )
  if (isTaken) return 'taken'
  await chooseAnew(parts, organization, userId)
  const access = await parts.accesses.grant(
    { organizationId: organization.id, connectionId: connection.id, phone: phone.name, userId },
    user.connectionId,
    tokens,
  )
  await storeOwn(asked, { user: own, userId }, await parts.directories.of(organization))
  parts.changed(organization.id)
  await tendSubscription(parts, { ...asked, connection }, access)
  parts.changed(organization.id)
  return undefined
}

/** Where nothing of this user's telephone is to be granted by themselves: it is found again by its number or e-mail. */
export async function connectByKey(
  parts: PhoneParts,
  organization: Organization,
  user: DirectoryUser,
): Promise<void> {
  await chooseAnew(parts, organization, user.id)
  await enqueueRead(parts, organization)
}

/** Somebody who disconnected their phone and has none since may be given one again. */
async function chooseAnew(
  parts: Pick<PhoneParts, 'changed' | 'directories'>,
  organization: Organization,
  userId: string,
): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        `update users set extensions_by_hand = false
         where id = $1 and not exists (select from user_extensions e where e.user_id = users.id)`,
        [userId],
      ),
    'show calls to the people they are for',
  )
  parts.directories.forget(organization.id)
}
