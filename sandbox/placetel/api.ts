import { faultyAnswer } from '../faulty.ts'
import { type Answer, type Incoming, matchPath, parseJson, type Reply } from '../http.ts'
import type { ApiRequest } from '../ledger.ts'
import { noteViolations } from '../violations.ts'
import type { Account } from './account.ts'
import type { BucketState } from './bucket.ts'
import { callRoutes } from './calls-api.ts'
import { contactRoutes } from './contacts-api.ts'
import { fileAnswer } from './files.ts'
import type { Placetel } from './index.ts'
import { recordingRoutes } from './recordings-api.ts'
import { type Route, refused } from './route.ts'
import { setUpRoutes } from './set-up-api.ts'
import { subscriptionRoutes } from './subscriptions-api.ts'

/** Every endpoint of the stand-in. */
export const routes: readonly Route[] = [
  ...setUpRoutes,
  ...contactRoutes,
  ...callRoutes,
  ...recordingRoutes,
  ...subscriptionRoutes,
]

/** Answers one request below `/placetel/`: of the REST API, or of a file. */
export async function placetelAnswer(placetel: Placetel, incoming: Incoming): Promise<Answer> {
  const path = incoming.path.slice('/placetel'.length)
  const isFile = incoming.path.startsWith(`${placetel.settings.filePath}/`)
  if (!isFile && !path.startsWith('/v2/')) return { status: 404 }
  const account = placetel.accountOfKey(bearer(incoming))
  const note: ApiRequest = {
    at: new Date(placetel.clock.now()).toISOString(),
    vendor: 'placetel',
    method: incoming.method,
    template: path,
    path: incoming.query.size === 0 ? path : `${path}?${incoming.query}`,
    status: null,
    tokens: 0,
    company: account?.facts.company ?? null,
    userId: null,
    fault: null,
  }
  placetel.ledger.requests.push(note)
  if (!isFile)
    noteViolations(placetel.ledger, placetel.specs, { incoming, at: note.at, path: path.slice('/v2'.length) })
  const answer = isFile
    ? fileAnswer(placetel, incoming, note)
    : await withFaults(placetel, incoming, { path, note })
  if (typeof answer !== 'string') note.status = answer.status
  return answer
}

type Target = { path: string; note: ApiRequest }

function withFaults(placetel: Placetel, incoming: Incoming, target: Target): Promise<Answer> {
  const fault = placetel.faults.takeApi({ method: incoming.method, path: target.path })
  if (fault !== undefined) target.note.fault = fault.kind
  const account = placetel.accountOfKey(bearer(incoming))
  let once = false
  return faultyAnswer(fault, {
    timers: placetel.timers,
    incoming,
    handle: () => (once ? refused(placetel, 401) : handle(placetel, incoming, target)),
    refuse(status, { retryAfterSeconds = 1 }) {
      const reply = refused(placetel, status)
      if (status !== 429) return reply
      const limits = { 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }
      const wait = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
      return { ...reply, headers: { ...reply.headers, ...limits, ...wait } }
    },
    before(kind) {
      if (kind === 'expired-token') once = true
      else if (account === undefined) return
      else if (kind === 'revoked-token') account.keyWorks = false
      else account.bucket.empty(placetel.clock.now())
    },
  })
}

function handle(placetel: Placetel, incoming: Incoming, { path, note }: Target): Reply {
  const account = placetel.accountOfKey(bearer(incoming))
  if (account === undefined || !account.keyWorks) return refused(placetel, 401)
  const { rateLimit, rateLimitReset } = placetel.settings
  const now = placetel.clock.now()
  const state = account.bucket.take({ ...rateLimit, now })
  const limits = limitHeaders(state, rateLimitReset === 'unix-time' ? now : undefined)
  const answer = state.taken ? routed(placetel, incoming, { account, path, note }) : refused(placetel, 429)
  return { ...answer, headers: { ...answer.headers, ...limits } }
}

function routed(
  placetel: Placetel,
  incoming: Incoming,
  { account, path, note }: Target & { account: Account },
): Reply {
  const rest = path.slice('/v2'.length)
  for (const route of routes) {
    const params = route.method === incoming.method ? matchPath(route.template, rest) : undefined
    if (params === undefined) continue
    note.template = `/v2${route.template}`
    const json = incoming.body.length === 0 ? undefined : parseJson(incoming.body)
    const takesJson = route.method === 'POST' || route.method === 'PUT'
    const isJson = (incoming.headers['content-type'] ?? '').startsWith('application/json')
    if (takesJson && (!isJson || json === undefined)) return refused(placetel, 400)
    const { template } = route
    return route.run({ placetel, account, params, query: incoming.query, json, template })
  }
  return refused(placetel, 404)
}

/** @param now where the reset is told as a time */
function limitHeaders(state: BucketState, now: number | undefined): Record<string, string> {
  const seconds = Math.ceil(state.secondsToFull)
  return {
    'ratelimit-remaining': String(state.remaining),
    'ratelimit-reset': String(now === undefined ? seconds : Math.ceil(now / 1000) + seconds),
    ...(state.taken ? {} : { 'retry-after': String(Math.max(1, Math.ceil(state.secondsToNext))) }),
  }
}

function bearer(incoming: Incoming): string {
  return /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
}
