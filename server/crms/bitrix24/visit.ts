import { z } from 'zod'
import { failed, failureOf } from '../../failure.ts'
import type { RawRequest } from '../../phones/contract.ts'
import type { AppCredentials, PortalVisit, Tokens } from '../contract.ts'
import type { Places } from './addresses.ts'
import { isSamePortal, portalOf, readApiBase } from './addresses.ts'
import type { ApiSession, Client } from './client.ts'
import type { Limits } from './limits.ts'
import { methods } from './methods.ts'
import type { OAuth, TokenFacts } from './oauth.ts'
import { pack } from './oauth.ts'
import { readPhpForm, textIn } from './php-form.ts'
import type { Posted } from './posted.ts'
import { postedByEvent, postedByPage } from './posted.ts'
import { provider } from './refused.ts'
import { identifier, phpBoolean, phpObject, resultOf, textOrNone } from './wire.ts'

export interface VisitParts {
  client: Client
  oauth: OAuth
  limits: Limits
  places: Places
  app: AppCredentials | undefined
  now: () => Date
}

const profileAnswer = resultOf(
  phpObject(
    z.object({
      ID: identifier.optional(),
      ADMIN: phpBoolean,
      NAME: textOrNone,
      LAST_NAME: textOrNone,
      TIME_ZONE: textOrNone,
    }),
  ),
)
const infoAnswer = resultOf(
  z.object({
    INSTALLED: z.union([z.boolean(), z.string()]).nullish().catch(undefined),
    LICENSE_FAMILY: textOrNone,
    LANGUAGE_ID: textOrNone,
  }),
)

/**
 * A page of ours opened inside a portal: the form of the request, verified.
 *
 * Everything in it passed through a browser. The OAuth server says where its access token is at home and whose it is, before
 * the token goes anywhere; the portal then says who the user is.
 *
 * @param query of the request's address, where the portal says which it is
 * @throws {RingfenceError} `unauthorized`, `invalid-input`, `provider-unavailable`; `provider-refused` when nobody pays
 * @see https://apidocs.bitrix24.com/settings/oauth/simple-way.html
 */
export async function readVisit(
  parts: VisitParts,
  request: RawRequest,
  query: Readonly<Record<string, string>>,
  app: AppCredentials | undefined = parts.app,
): Promise<PortalVisit> {
  return verified(parts, postedByPage(readPhpForm(request.body), query), app)
}

/** Installed or updated: the one event that brings tokens, and a new application token. Any other is undefined. */
export async function readRenewal(
  parts: VisitParts,
  request: RawRequest,
  app: AppCredentials | undefined = parts.app,
): Promise<PortalVisit | undefined> {
  const form = readPhpForm(request.body)
  const event = textIn(form, 'event')?.toUpperCase()
  if (event !== 'ONAPPINSTALL' && event !== 'ONAPPUPDATE') return undefined
  return verified(parts, postedByEvent(form), app)
}

async function verified(
  parts: VisitParts,
  posted: Posted,
  app: AppCredentials | undefined,
): Promise<PortalVisit> {
  const { client, limits } = parts
  const apiBase = placeOf(posted.address, parts.places)
  const { tokens, userRef } = await prove(parts, posted, apiBase, app)
  const session: ApiSession = {
    apiBase,
    accessToken: async () => tokens.accessToken,
    renewed: async () => failed({ code: 'unauthorized' }),
    spend: () => undefined, // whose it is is known only afterwards
  }
  limits.forgive(apiBase)
  const ask = { feature: 'set-up' } as const
  const { result: user } = await client(session, { ...ask, method: methods.profile, answer: profileAnswer })
  const { result: info } = await client(session, { ...ask, method: methods.appInfo, answer: infoAnswer })
  if (user.ID === undefined || (userRef !== undefined && userRef !== user.ID))
    return failed({ code: 'unauthorized' })
  limits.learnPlan(apiBase, info.LICENSE_FAMILY ?? undefined)
  return {
    identity: {
      companyRef: posted.memberId,
      companyName: new URL(portalOf(apiBase)).host,
      userRef: user.ID,
      userName: [user.NAME, user.LAST_NAME].filter(Boolean).join(' ') || `#${user.ID}`,
      administrator: user.ADMIN,
      language: (posted.language ?? info.LANGUAGE_ID ?? 'en').toLowerCase(),
      country: '',
      timeZone: timeZoneOf(user.TIME_ZONE),
    },
    tokens,
    // Whoever opens a page may write what they like into its form; what an administrator's says is the portal's to answer for.
    applicationToken: user.ADMIN ? posted.applicationToken : undefined,
    page: posted.installs || info.INSTALLED === false || info.INSTALLED === 'N' ? 'install' : 'app',
  }
}

/**
 * Does the token belong to that company, that portal and our app? UNVERIFIED what the OAuth server tells of an access token
 * beside the portal's address. Where it does not name company and app, the refresh token is used at once: the answer to that
 * names the company, and is given to our app alone.
 */
async function prove(
  { oauth, places, now }: VisitParts,
  posted: Posted,
  apiBase: string,
  app: AppCredentials | undefined,
): Promise<{ tokens: Tokens; userRef: string | undefined }> {
  const server = oauth.serverOf(posted.server)
  const facts = await oauth.factsOf(server, posted.accessToken)
  if (contradicts(facts, posted, apiBase, app)) return failed({ code: 'unauthorized' })
  const refreshToken = pack(posted.refreshToken, server, places.oauthUrl)
  if (facts.uri !== undefined && facts.memberId !== undefined && facts.clientId !== undefined) {
    const seconds = posted.expiresIn > 0 ? posted.expiresIn : 3600
    const expiresAt = new Date(now().getTime() + seconds * 1000)
    return {
      tokens: { accessToken: posted.accessToken, refreshToken, expiresAt, apiBase },
      userRef: undefined,
    }
  }
  const grant = await oauth.grant(refreshToken, app).catch(asUnauthorized)
  if (grant.memberId !== posted.memberId || !isSamePortal(apiBase, grant.tokens.apiBase))
    return failed({ code: 'unauthorized' })
  return grant
}

function contradicts(
  { uri, memberId, clientId }: TokenFacts,
  posted: Posted,
  apiBase: string,
  app: AppCredentials | undefined,
): boolean {
  return (
    (uri !== undefined && !isSamePortal(apiBase, uri)) ||
    (memberId !== undefined && memberId !== posted.memberId) ||
    (clientId !== undefined && clientId !== app?.clientId)
  )
}

/** What the OAuth server refuses proves nothing; that nobody pays is worth saying. */
function asUnauthorized(error: unknown): never {
  const failure = failureOf(error)
  if (failure?.code === 'provider-refused' && failure.status !== 402)
    return failed({ code: 'unauthorized' }, error)
  throw error
}

function placeOf(address: string, places: Places): string {
  try {
    return readApiBase(address, places)
  } catch (error) {
    return failed({ code: 'invalid-input', field: 'DOMAIN', rule: `a portal of ${provider}` }, error)
  }
}

function timeZoneOf(told: string | null | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: told || 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC' // the portal's own name for it, which nobody else knows
  }
}
