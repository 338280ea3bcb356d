import type { Answer, Incoming, Reply } from '../http.ts'
import { RestError, restErrors } from './errors.ts'
import { withFaults } from './fault-answer.ts'
import type { Bitrix24 } from './index.ts'
import type { App } from './inputs.ts'
import { type Params, paramsOf } from './params.ts'
import type { Pair } from './tokens.ts'
import type { Portal } from './world.ts'

type Region = Portal['region']

/** Answers requests to a region's OAuth server. `path` is what follows it, e.g. `/oauth/token/`. */
export async function oauthAnswer(
  bitrix: Bitrix24,
  incoming: Incoming,
  { region, path }: { region: Region; path: string },
): Promise<Answer> {
  const plain = path.replace(/\/$/, '').replace(/\.json$/, '')
  const params = paramsOf(incoming)
  const note = {
    at: new Date(bitrix.clock.now()).toISOString(),
    vendor: 'bitrix24' as const,
    method: incoming.method,
    template: plain,
    path: plain,
    status: null as number | null,
    tokens: 0,
    company: null,
    userId: null,
    fault: null as string | null,
  }
  bitrix.ledger.requests.push(note)
  const run = () => {
    try {
      if (plain === '/oauth/token') return token(bitrix, region, params)
      if (plain === '/rest/app.info') return appInfo(bitrix, region, params)
      return {
        status: 404,
        body: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
      }
    } catch (error) {
      if (error instanceof RestError) return error.reply
      throw error
    }
  }
  const answer = await withFaults(bitrix, incoming, {
    portal: null,
    method: plain.slice(1).replace(/^rest\//, ''),
    token: params.text('auth'),
    note,
    run,
  })
  if (typeof answer !== 'string') note.status = answer.status
  return answer
}

function grantError(status: number, error: string, description?: string): RestError {
  return new RestError(status, error, description ?? error)
}

function token(bitrix: Bitrix24, region: Region, params: Params): Reply {
  const need = (name: string): string => {
    const value = params.text(name)
    if (value === undefined) throw grantError(400, 'invalid_request', `No "${name}" parameter found`)
    return value
  }
  const kind = need('grant_type')
  const app = bitrix.apps.get(need('client_id'))
  // An unknown client is an error inside a 200.
  if (app === undefined) return { status: 200, body: { error: 'wrong_client' } }
  if (need('client_secret') !== app.clientSecret) throw grantError(400, 'invalid_client', 'Client not found')
  if (kind === 'refresh_token') return refreshed(bitrix, region, app, need('refresh_token'))
  if (kind === 'authorization_code') return exchanged(bitrix, region, app, need('code'))
  throw grantError(400, 'invalid_request', 'Unsupported grant_type')
}

function refreshed(bitrix: Bitrix24, region: Region, app: App, refreshToken: string): Reply {
  const owner = bitrix.tokens.refreshOwner(refreshToken, app.clientId)
  if (owner === 'removed') {
    const code = bitrix.settings.removedRefresh
    throw grantError(code === 'NOT_INSTALLED' ? 401 : 400, code, 'Application not installed')
  }
  if (owner === undefined) throw grantError(400, 'invalid_grant', 'Refresh token is wrong or expired')
  served(bitrix, region, owner.portal)
  if (!bitrix.settings.dismissedMayRefresh && !owner.portal.user(owner.userId).active) {
    throw grantError(400, 'invalid_grant', 'Refresh token is wrong or expired')
  }
  const pair = bitrix.tokens.refresh(refreshToken)
  return { status: 200, body: grant(bitrix, owner.portal, app, pair) }
}

function exchanged(bitrix: Bitrix24, region: Region, app: App, code: string): Reply {
  const owner = bitrix.tokens.takeCode(code, app.clientId)
  if (owner === undefined) throw grantError(400, 'invalid_grant', 'Code is wrong or expired')
  served(bitrix, region, owner.portal)
  if (!owner.portal.installs.has(app.clientId))
    throw grantError(401, 'NOT_INSTALLED', 'Application not installed')
  const { expires: _, user_id: __, ...body } = grant(bitrix, owner.portal, app, bitrix.tokens.issue(owner))
  return { status: 200, body }
}

/** Refuses for portals that are gone or do not pay, and those of the other region. */
function served(bitrix: Bitrix24, region: Region, portal: Portal): void {
  const { settings } = bitrix
  if (portal.region !== region && !settings.oauthServersShared) {
    throw grantError(400, 'invalid_grant', 'Refresh token is wrong or expired')
  }
  if (portal.state === 'deleted') throw grantError(401, 'NOT_INSTALLED', 'Application not installed')
  if (portal.state === 'unpaid') {
    throw grantError(settings.paymentRequiredStatus, 'PAYMENT_REQUIRED', 'Payment required')
  }
}

function grant(bitrix: Bitrix24, portal: Portal, app: App, pair: Pair) {
  const oauthHost = bitrix.oauthHost(portal.region).replace(/^https?:\/\//, '')
  return {
    access_token: pair.access,
    expires: Math.floor(pair.expiresAt / 1000),
    expires_in: bitrix.settings.accessTokenSeconds,
    scope: bitrix.settings.tokenScope === 'app' ? 'app' : app.scopes.join(','),
    domain: bitrix.settings.tokenDomain === 'oauth' ? oauthHost : bitrix.domain(portal),
    server_endpoint: bitrix.serverEndpoint(portal),
    status: bitrix.statusOf(app),
    client_endpoint: bitrix.clientEndpoint(portal),
    member_id: portal.memberId,
    user_id: pair.userId,
    refresh_token: pair.refresh,
  }
}

/** Whose token it is. Only `install.uri` is known of this answer; the rest is left out. */
function appInfo(bitrix: Bitrix24, region: Region, params: Params): Reply {
  const access = bitrix.tokens.access(params.text('auth') ?? '')
  if (access === undefined) throw restErrors.noAuth()
  const { portal } = access
  if (access.dead !== null || (portal.region !== region && !bitrix.settings.oauthServersShared)) {
    throw restErrors.invalidToken()
  }
  if (access.expired) throw restErrors.expiredToken()
  const install = portal.install(access.clientId)
  return {
    status: 200,
    body: {
      result: {
        client_id: access.clientId,
        install: { uri: bitrix.portalUrl(portal.name), installed: install.installed },
      },
    },
  }
}

/** `<portal>/oauth/authorize/`: with `user=<id>` that user agrees at once. Refusals stay on the portal's page. */
export function authorizeAnswer(bitrix: Bitrix24, incoming: Incoming, name: string): Reply {
  const { query } = incoming
  const page = (status: number, text: string): Reply => ({
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: text,
  })
  const portal = bitrix.portals.get(name)
  const app = bitrix.apps.get(query.get('client_id') ?? '')
  if (portal === undefined || app === undefined) return page(400, 'No such application.')
  const user = portal.users.get(Number(query.get('user')))
  if (user === undefined || !user.active) return page(401, 'Nobody has signed in; add user=<id>.')
  if (portal.installs.get(app.clientId)?.installed !== true)
    return page(400, 'The application is not installed.')
  const back = new URL(app.handlerUrl)
  const answer: Record<string, string> = {
    code: bitrix.tokens.newCode({ portal, clientId: app.clientId, userId: user.id }),
    state: query.get('state') ?? '',
    domain: bitrix.domain(portal),
    member_id: portal.memberId,
    scope: app.scopes.join(','),
    server_domain: bitrix.oauthHost(portal.region).replace(/^https?:\/\//, ''),
  }
  for (const [key, value] of Object.entries(answer)) back.searchParams.set(key, value)
  return { status: 302, headers: { location: back.href } }
}
