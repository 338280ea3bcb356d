import { randomUUID } from 'node:crypto'
import type { OneTimeTokens } from '../accounts/one-time-tokens.ts'
import type { Cluster } from '../database/cluster.ts'
import { failed, failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { KeyRing } from '../keys/contract.ts'
import { bindCompany, makeConnection } from '../organizations/connections.ts'
import { hasEnded } from '../organizations/ended-companies.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { Crm, CrmWith, Identity, Tokens } from './contract.ts'
import type { Installations } from './installations.ts'
import { enqueueMirror } from './mirror.ts'
import { rereadDeals } from './read-deals.ts'
import { userIdOf } from './uninstall.ts'

export interface SettleParts {
  crm: Crm
  organizations: Organizations
  installations: Installations
  tokens: OneTimeTokens
  jobs: Jobs
  cluster: Pick<Cluster, 'control'>
  ring: Pick<KeyRing, 'installation'>
}
export interface InstallParts extends SettleParts {
  crm: CrmWith<'oauth'>
  redirectUri: string
}

/** Whoever has just signed in: where they belong, and who they are here. */
export interface Settled {
  organization: Organization
  connectionId: string
  userId: string
  installationId: string
}

/** Why a sign-in ended without a session: shown to the person as a sentence. */
export type SignInProblem =
  | 'denied'
  | 'unknown-company'
  | 'expired'
  | 'refused'
  | 'other-company'
  | 'away'
  | 'leaving'
  | 'ended'

/**
 * Sends the browser to the CRM. The state goes into the address and into a cookie of this browser, so that nobody can
 * make somebody else finish a round trip they began.
 * @param invitation from the operator, for the first user of a company
 */
export async function beginInstall(
  parts: InstallParts,
  invitation: string | undefined,
): Promise<{ url: string; state: string } | SignInProblem> {
  const invited = invitation === undefined ? undefined : await parts.tokens.look('install', invitation)
  if (invitation !== undefined && !invited) return 'expired'
  const state = await parts.tokens.make('oauth', invited?.organizationId)
  return { url: parts.crm.oauth.authorizeUrl(state, parts.redirectUri), state }
}

/** Ends the round trip: who signed in, where they belong, and their tokens, sealed. */
export async function finishInstall(
  parts: InstallParts,
  answer: { code: string; state: string },
): Promise<Settled | SignInProblem> {
  const begun = await parts.tokens.take('oauth', answer.state)
  if (!begun) return 'expired'
  try {
    const tokens = await parts.crm.oauth.exchange(answer.code, parts.redirectUri)
    const session = parts.installations.firstSession(tokens)
    const identity = await parts.crm.oauth.identity(session)
    const settled = await settleIn(parts, begun.organizationId, { identity, tokens })
    if (typeof settled === 'string') return settled
    session.countFor({ organizationId: settled.organization.id, connectionId: settled.connectionId })
    return settled
  } catch (error) {
    return problemOf(error)
  }
}

/** @throws what is no problem of signing in */
export function problemOf(error: unknown): SignInProblem {
  const code = failureOf(error)?.code
  if (code === 'provider-refused' || code === 'provider-rejected') return 'refused'
  if (code === 'provider-unavailable' || code === 'provider-outcome-unknown') return 'away'
  if (code === 'busy') return 'leaving' // what was kept is just being removed
  throw error
}

/**
 * Stores who has signed in, where the company belongs, and the tokens, sealed.
 * @param invitedTo the organization, for the first user of a company
 */
export async function settleIn(
  parts: SettleParts,
  invitedTo: string | undefined,
  { identity, tokens }: { identity: Identity; tokens: Tokens },
): Promise<Settled | SignInProblem> {
  const place = await placeOf(parts, invitedTo, identity)
  if (typeof place === 'string') return place
  const { userId, installationId } = await store(parts, place, identity, tokens)
  await readAgain(parts, place, tokens)
  if (invitedTo !== undefined) await parts.tokens.drop('install', invitedTo)
  return { ...place, userId, installationId }
}

/** Which organization a company belongs to: the one that has it already, or the one that invited it. */
async function placeOf(
  parts: SettleParts,
  invitedTo: string | undefined,
  identity: Identity,
): Promise<{ organization: Organization; connectionId: string } | SignInProblem> {
  const known = await parts.installations.organizationOf(parts.crm.name, identity.companyRef)
  if (known && invitedTo !== undefined && known.organizationId !== invitedTo) return 'other-company'
  if (known) {
    const organization = await openOne(parts, known.organizationId)
    return organization ? { organization, connectionId: known.connectionId } : 'ended'
  }
  if (invitedTo === undefined)
    return (await hasEnded(parts, parts.crm.name, identity.companyRef)) ? 'ended' : 'unknown-company'
  const organization = await openOne(parts, invitedTo)
  if (!organization) return 'ended'
  const connectionId = await makeConnection(organization, 'crm', parts.crm.name)
  try {
    await bindCompany(organization, connectionId, identity.companyRef)
  } catch (error) {
    if (failureOf(error)?.code === 'conflict') return 'other-company'
    throw error
  }
  return { organization, connectionId }
}

/** undefined: its subscription has ended, or it was deleted, a moment ago */
export async function openOne(
  { organizations }: Pick<SettleParts, 'organizations'>,
  id: string,
): Promise<Organization | undefined> {
  try {
    return await organizations.get(id)
  } catch (error) {
    if (failureOf(error)?.code !== 'not-found') throw error
    return undefined
  }
}

/** Of the user only id, name, language and role are kept; the e-mail is not read (PD-1). */
async function store(
  parts: SettleParts,
  { organization, connectionId }: { organization: Organization; connectionId: string },
  identity: Identity,
  tokens: Tokens,
): Promise<{ userId: string; installationId: string }> {
  const userId = userIdOf(organization, connectionId, identity.userRef)
  const { id } = await parts.installations.put(
    {
      id: randomUUID(),
      organizationId: organization.id,
      connectionId,
      crm: parts.crm.name,
      companyRef: identity.companyRef,
      userRef: identity.userRef,
      administrator: identity.administrator,
    },
    userId,
    tokens,
  )
  const sealed = organization.keys.seal(
    { table: 'users', column: 'name_sealed', row: userId },
    identity.userName,
    { by: 'organization' },
  )
  const row = await organization.transaction(
    (db) =>
      db.row(
        `insert into users (id, connection_id, external_id, name_sealed, role, language) values ($1, $2, $3, $4, $5, $6)
       on conflict (connection_id, external_id) do update
         set name_sealed = excluded.name_sealed, role = excluded.role, language = excluded.language
       returning id`,
        [
          userId,
          connectionId,
          identity.userRef,
          sealed,
          identity.administrator ? 'administrator' : 'agent',
          identity.language === 'cs' ? 'cs' : 'en',
        ],
      ),
    'sign in',
  )
  // Uninstalled again before the user was stored: then nobody would remove the user.
  if ((await parts.installations.get(id))?.state !== 'active') {
    await organization.transaction((db) => db.rows('delete from users where id = $1', [userId]), 'sign in')
    failed({ code: 'busy', what: 'uninstall', retryAfterSeconds: 30 })
  }
  return row ? { userId, installationId: id } : failed({ code: 'not-found', what: 'user' })
}

/** Where the contacts or deals could not be read, or no hooks be made, whoever has just come may be able to. */
async function readAgain(
  parts: SettleParts,
  { organization, connectionId }: { organization: Organization; connectionId: string },
  { readsDeals }: Tokens,
): Promise<void> {
  const row = await organization.transaction(async (db) => {
    if (readsDeals === true) rereadDeals(db, connectionId)
    return db.row(
      `update connections set hooks_checked_at = case when hooks_state = 'refused' then null else hooks_checked_at end
       where id = $1 and mirror_state in ('copying', 'complete')
         and (state = 'refused' or hooks_state = 'refused' or mirror_sees = 'part' or deals_state = 'not-read') returning id`,
      [connectionId],
    )
  }, 'connect the systems')
  if (row) await enqueueMirror(parts, organization.id, connectionId, new Date())
}
