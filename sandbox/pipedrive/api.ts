import { faultyAnswer } from '../faulty.ts'
import { type Answer, type Incoming, matchPath, parseJson, type Reply } from '../http.ts'
import type { ApiRequest } from '../ledger.ts'
import { noteViolations } from '../violations.ts'
import { activityRoutes } from './activities.ts'
import { gatewayError, refused, schemaViolation } from './answers.ts'
import { callLogRoutes } from './call-logs.ts'
import { dealRoutes } from './deals.ts'
import type { Pipedrive } from './index.ts'
import { oauthAnswer } from './oauth.ts'
import { organizationRoutes } from './organizations.ts'
import { personRoutes } from './persons.ts'
import type { Route } from './route.ts'
import { userRoutes } from './users.ts'
import { webhookRoutes } from './webhooks.ts'
import type { Company, User } from './world.ts'

/** Every endpoint of the stand-in. */
export const routes: readonly Route[] = [
  ...userRoutes,
  ...personRoutes,
  ...organizationRoutes,
  ...dealRoutes,
  ...activityRoutes,
  ...callLogRoutes,
  ...webhookRoutes,
]

const refusals = { 429: 'Request over limit', 500: 'Internal server error', 503: 'Service unavailable' }

type Session = { company: Company; user: User; clientId: string; token: string }

/** Answers one request below `/pipedrive/`: `host` is `oauth-host` or a company's domain, `path` what follows it. */
export async function pipedriveAnswer(
  pipedrive: Pipedrive,
  incoming: Incoming,
  { host, path }: { host: string; path: string },
): Promise<Answer> {
  const onOAuthHost = host === 'oauth-host'
  const note: ApiRequest = {
    at: new Date(pipedrive.clock.now()).toISOString(),
    vendor: 'pipedrive',
    method: incoming.method,
    template: path,
    path: onOAuthHost || incoming.query.size === 0 ? path : `${path}?${incoming.query}`,
    status: null,
    tokens: 0,
    company: onOAuthHost ? null : host,
    userId: null,
    fault: null,
  }
  pipedrive.ledger.requests.push(note)
  if (!onOAuthHost) noteViolations(pipedrive.ledger, pipedrive.specs, { incoming, at: note.at, path })
  const answer = await withFaults(pipedrive, incoming, { host, path, note })
  if (typeof answer !== 'string') note.status = answer.status
  return answer
}

/** `note` is the request's line in the ledger, filled in as more becomes known. */
type Target = { host: string; path: string; note: ApiRequest }

function withFaults(pipedrive: Pipedrive, incoming: Incoming, target: Target): Promise<Answer> {
  const fault = pipedrive.faults.takeApi({ method: incoming.method, path: target.path })
  if (fault !== undefined) target.note.fault = fault.kind
  return faultyAnswer(fault, {
    incoming,
    timers: pipedrive.timers,
    handle: () => handle(pipedrive, incoming, target),
    refuse: (status) => inPlaceOf(pipedrive, incoming, target, refused(status, refusals[status])),
    before: (kind) => {
      if (kind === 'budget-exhausted')
        pipedrive.companies.get(target.host)?.budget.exhaust(pipedrive.clock.now())
      else pipedrive.killToken(bearer(incoming), { refreshToo: kind === 'revoked-token' })
    },
  })
}

/** An ordered refusal still carries the rate limit headers when it is known who asks. */
function inPlaceOf(pipedrive: Pipedrive, incoming: Incoming, target: Target, reply: Reply): Reply {
  const session = sessionOf(pipedrive, incoming, target.host)
  const found = findRoute(incoming.method, target.path)
  if (found !== undefined && 'route' in found) target.note.template = found.full
  if (session === undefined) return reply
  target.note.userId = session.user.id
  const limited = withHeaders(pipedrive, session, reply, { search: false })
  // An ordered 429 is one of the burst, never the daily one: nothing is left in the window.
  if (reply.status !== 429) return limited
  return { ...limited, headers: { ...limited.headers, 'x-ratelimit-remaining': '0' } }
}

async function handle(pipedrive: Pipedrive, incoming: Incoming, target: Target): Promise<Answer> {
  const { host, path, note } = target
  if (host === 'oauth-host') return oauthAnswer(pipedrive, incoming, path)
  if (!pipedrive.companies.has(host)) return gatewayError(404, 'unknown company')
  const session = sessionOf(pipedrive, incoming, host)
  if (session === undefined) {
    const headers = { 'x-401-by-gw': 'true', 'x-correlation-id': pipedrive.random.uuid() }
    return gatewayError(401, 'unauthorized access', headers)
  }
  note.userId = session.user.id
  const found = findRoute(incoming.method, path)
  if (found === undefined) return refused(404, 'Unknown method.')
  if ('otherMethods' in found) return refused(405, 'Method not allowed')
  const { route, params } = found
  note.template = found.full
  const search = route.search === true
  const refusal = admission(pipedrive, session, search)
  if (refusal !== undefined) return withHeaders(pipedrive, session, refusal, { search })
  const scopes = pipedrive.apps.get(session.clientId)?.scopes ?? []
  if (!route.scopes.some((scope) => scopes.includes(scope))) {
    return withHeaders(pipedrive, session, gatewayError(403, 'Scope and URL mismatch'), { search })
  }
  session.company.budget.charge(route.tokens, pipedrive.clock.now())
  note.tokens = route.tokens
  const json = incoming.body.length === 0 ? undefined : parseJson(incoming.body)
  if (route.version === 2 && incoming.method !== 'GET' && incoming.method !== 'DELETE') {
    const isJson = (incoming.headers['content-type'] ?? '').startsWith('application/json')
    if (!isJson || json === undefined) {
      return withHeaders(pipedrive, session, schemaViolation('body: must be JSON'), { search })
    }
  }
  const { company, user, clientId } = session
  const answer = await route.run({
    pipedrive,
    company,
    user,
    clientId,
    params,
    query: incoming.query,
    json,
    incoming,
  })
  return typeof answer === 'string' ? answer : withHeaders(pipedrive, session, answer, { search })
}

type Found =
  | { route: Route; params: Record<string, string>; full: string }
  | { otherMethods: true }
  | undefined

/** v1 answers below `/api/v1` and `/v1`, v2 only below `/api/v2`. */
function findRoute(method: string, path: string): Found {
  const split = /^(?:\/api\/v1|\/v1|(\/api\/v2))(\/.*)$/.exec(path)
  const rest = split?.[2]
  if (split === null || rest === undefined) return undefined
  const version = split[1] === undefined ? 1 : 2
  let otherMethods = false
  for (const route of routes) {
    if (route.version !== version) continue
    const params = matchPath(route.template, rest)
    if (params === undefined) continue
    if (route.method === method) return { route, params, full: `/api/v${version}${route.template}` }
    otherMethods = true
  }
  return otherMethods ? { otherMethods } : undefined
}

function bearer(incoming: Incoming): string {
  return /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
}

function sessionOf(pipedrive: Pipedrive, incoming: Incoming, host: string): Session | undefined {
  const token = bearer(incoming)
  const session = pipedrive.session(token)
  return session?.company.domain === host ? { ...session, token } : undefined
}

function budgetKey(session: Session): string {
  return `${session.clientId} ${session.user.id}`
}

function admission(pipedrive: Pipedrive, session: Session, search: boolean): Reply | undefined {
  const now = pipedrive.clock.now()
  switch (session.company.budget.admit({ key: budgetKey(session), search, now })) {
    case 'admitted':
      return undefined
    case 'burst':
    case 'daily':
      return refused(429, 'Request over limit')
    case 'blocked':
      return {
        status: 403,
        headers: { 'content-type': 'text/html; charset=UTF-8' },
        body: '<!DOCTYPE html><html><head><title>Access denied</title></head><body>You have been blocked.</body></html>',
      }
  }
}

function withHeaders(
  pipedrive: Pipedrive,
  session: Session,
  reply: Reply,
  { search }: { search: boolean },
): Reply {
  const limits = session.company.budget.headers({
    key: budgetKey(session),
    search,
    now: pipedrive.clock.now(),
    withDaily: pipedrive.settings.dailyHeaders,
  })
  return { ...reply, headers: { ...reply.headers, ...limits } }
}
