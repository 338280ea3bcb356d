import { faultyAnswer } from '../faulty.ts'
import { type Answer, type Incoming, matchPath, parseJson } from '../http.ts'
import type { ApiRequest } from '../ledger.ts'
import { noteViolations } from '../violations.ts'
import { callRoutes } from './calls.ts'
import { cdrRoutes } from './cdr-api.ts'
import type { Grant } from './grants.ts'
import type { Webex } from './index.ts'
import { oauthAnswer } from './oauth.ts'
import { type Region, regions } from './org.ts'
import { peopleRoutes } from './people.ts'
import { recordingRoutes, soundAnswer, soundPath } from './recording-api.ts'
import type { WebexRoute } from './route.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every endpoint below `<url>/webex/v1`. */
export const webexRoutes: readonly WebexRoute[] = [
  ...peopleRoutes,
  ...webhookRoutes,
  ...callRoutes,
  ...recordingRoutes,
]

/** Hosts of the vendor, by the first part of the path. */
const hosts = new Map<string, { routes: readonly WebexRoute[]; region: Region | undefined }>([
  ['webex', { routes: webexRoutes, region: undefined }],
  ...regions.map((region) => [analyticsName(region), { routes: cdrRoutes(region), region }] as const),
])

/** `webex-analytics`, `webex-analytics-eu`, ... */
export function analyticsName(region: Region): string {
  return region === 'us' ? 'webex-analytics' : `webex-analytics-${region}`
}

/** Answers a request to one of the vendor's hosts. */
export async function webexAnswer(webex: Webex, incoming: Incoming): Promise<Answer> {
  if (incoming.path === soundPath)
    return noted(webex, incoming, soundPath, async () => soundAnswer(webex, incoming))
  const [, name = ''] = incoming.path.split('/')
  const host = hosts.get(name)
  if (host === undefined || !incoming.path.startsWith(`/${name}/v1/`)) return { status: 404 }
  const path = incoming.path.slice(`/${name}/v1`.length)
  return noted(webex, incoming, path, (note) => {
    noteViolations(webex.ledger, webex.specs, { incoming, at: note.at, path })
    return withFaults(webex, incoming, { host, path, note })
  })
}

type Target = {
  host: { routes: readonly WebexRoute[]; region: Region | undefined }
  path: string
  note: ApiRequest
}

/** Writes the request into the ledger. The queries of sign-in and download carry secrets and are left out. */
async function noted(
  webex: Webex,
  incoming: Incoming,
  path: string,
  answer: (note: ApiRequest) => Promise<Answer>,
): Promise<Answer> {
  const bare = path === soundPath || path === '/authorize' || incoming.query.size === 0
  const note: ApiRequest = {
    at: new Date(webex.clock.now()).toISOString(),
    vendor: 'webex',
    method: incoming.method,
    template: path,
    path: bare ? path : `${path}?${incoming.query}`,
    status: null,
    tokens: 0,
    company: null,
    userId: null,
    fault: null,
  }
  webex.ledger.requests.push(note)
  const result = await answer(note)
  if (typeof result !== 'string') note.status = result.status
  return result
}

function withFaults(webex: Webex, incoming: Incoming, target: Target): Promise<Answer> {
  const fault = webex.faults.takeApi({ method: incoming.method, path: target.path })
  if (fault !== undefined) target.note.fault = fault.kind
  const token = bearer(incoming)
  return faultyAnswer(fault, {
    incoming,
    timers: webex.timers,
    handle: () => handle(webex, incoming, target),
    refuse: (status, { retryAfterSeconds }) => {
      const wait = retryAfterSeconds === undefined ? 5 : retryAfterSeconds
      const headers = status === 429 && wait !== null ? { 'retry-after': String(wait) } : {}
      return webex.refuse(status, 'Ordered fault.', { headers })
    },
    before: (kind) => {
      if (kind === 'budget-exhausted') return // this vendor has none
      webex.grants.kill((_, given) => given === token, { refreshToo: kind === 'revoked-token' })
    },
  })
}

async function handle(webex: Webex, incoming: Incoming, target: Target): Promise<Answer> {
  const { host, path, note } = target
  if (host.region === undefined) {
    const signIn = oauthAnswer(webex, incoming, path)
    if (signIn !== undefined) return signIn
  }
  const token = bearer(incoming)
  const grant = webex.grants.session(token)
  if (grant === undefined)
    return webex.refuse(
      401,
      'The request requires a valid access token set in the Authorization request header.',
    )
  const found = findRoute(host.routes, incoming.method, path)
  if (found === undefined) return webex.refuse(404, 'The requested resource could not be found.')
  if (found === 'method') return webex.refuse(405, 'Method not allowed.')
  const { route, params } = found
  note.template = route.template
  if (!mayUse(route, grant))
    return webex.refuse(403, `The access token lacks one of the scopes ${route.scopes.join(', ')}.`)
  const hasBody = incoming.body.length > 0
  const isJson = (incoming.headers['content-type'] ?? '').startsWith('application/json')
  if (hasBody && !isJson) return webex.refuse(415, 'Content-Type must be application/json.')
  const json = hasBody ? parseJson(incoming.body) : undefined
  const address = `${webex.url}${incoming.path}`
  return route.run({ webex, grant, params, json, incoming, address, token })
}

function mayUse({ scopes }: WebexRoute, grant: Grant): boolean {
  return scopes.length === 0 || scopes.some((scope) => grant.scopes.includes(scope))
}

function findRoute(
  routes: readonly WebexRoute[],
  method: string,
  path: string,
): { route: WebexRoute; params: Record<string, string> } | 'method' | undefined {
  let otherMethods = false
  for (const route of routes) {
    const params = matchPath(route.template, path)
    if (params === undefined) continue
    if (route.method === method) return { route, params }
    otherMethods = true
  }
  return otherMethods ? 'method' : undefined
}

function bearer(incoming: Incoming): string {
  return /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
}
