import type { z } from 'zod'
import type { Egress, EgressResponse, RetryOptions } from '../../egress/index.ts'
import { withRetries } from '../../egress/index.ts'
import type { Failure } from '../../failure.ts'
import { failed, failureOf } from '../../failure.ts'
import type { CrmSession, Feature } from '../contract.ts'
import { sentToPipedrive } from './declared-fields.ts'
import type { Endpoint } from './endpoints.ts'
import type { Pauses } from './pauses.ts'
import type { Refusal } from './refusal.ts'
import { PipedriveRefusal, provider, readJson, refusalIn } from './refusal.ts'

export interface ClientOptions {
  egress: Egress
  pauses: Pauses
  /** a stand-in's API is on the host of its OAuth; Pipedrive's own hosts are declared by the policy */
  oauthUrl: string
  timeoutMs: number
  retries?: RetryOptions
}

export interface ApiRequest<Answer> {
  endpoint: Endpoint
  /** takes the place of what stands in braces in the path */
  id?: string
  query?: Readonly<Record<string, string | number | undefined>>
  body?: unknown
  /** keeps what we declared and drops the rest, before anything else sees it */
  answer: z.ZodType<Answer>
  feature: Feature
}

export type Client = <Answer>(session: CrmSession, request: ApiRequest<Answer>) => Promise<Answer>

/** How soon a request whose answer could not be read is worth another look. */
const unreadableSeconds = 300

/**
 * One request to Pipedrive's API, its price counted.
 *
 * A 401 renews the token and tries once more. Reads are repeated while Pipedrive is unwell; nothing that changes
 * something ever is.
 *
 * @throws {PipedriveRefusal} as `provider-refused` (a person has to act), `provider-rejected` (this request is wrong) or
 *   `provider-unavailable` (come back later)
 * @throws {RingfenceError} `provider-outcome-unknown` when a change may have taken effect
 */
export function createClient({ egress, pauses, oauthUrl, timeoutMs, retries }: ClientOptions): Client {
  async function send(
    session: CrmSession,
    request: ApiRequest<unknown>,
    token: string,
  ): Promise<EgressResponse> {
    const wait = pauses.secondsLeft(session)
    if (wait > 0) return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: wait })
    const { endpoint, body } = request
    try {
      const answer = await egress.request({
        url: urlOf(session.apiBase, request),
        base: session.apiBase,
        method: endpoint.method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs,
        allow: hostOfStandIn(session.apiBase, oauthUrl),
        provider,
        sends: sentToPipedrive,
      })
      session.spend(request.feature, endpoint.tokens)
      noteAllowance(session, answer)
      return answer
    } catch (error) {
      // what our own policy refused was never sent
      if (failureOf(error)?.code !== 'undeclared') session.spend(request.feature, endpoint.tokens)
      throw error
    }
  }

  async function sendAuthorised(session: CrmSession, request: ApiRequest<unknown>): Promise<EgressResponse> {
    const attempt = (token: string) => {
      const once = () => send(session, request, token)
      return request.endpoint.method === 'GET' ? withRetries(once, retries) : once()
    }
    const token = await session.accessToken()
    const answer = await attempt(token)
    return answer.status === 401 ? attempt(await session.renewed(token)) : answer
  }

  return async (session, request) => {
    const answer = await sendAuthorised(session, request)
    const changes = request.endpoint.method !== 'GET'
    const refusal = refusalIn(answer)
    if (refusal !== undefined) {
      pauses.note(session, refusal)
      throw new PipedriveRefusal(
        refusal,
        failureFor(refusal, answer.status, changes, pauses.secondsLeft(session)),
      )
    }
    pauses.clear(session)
    const read = request.answer.safeParse(readJson(answer.body))
    if (read.success) return read.data
    // done, but what came of it is unknown; the parser's own error quotes values and goes no further
    if (changes) return failed({ code: 'provider-outcome-unknown', provider })
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unreadableSeconds })
  }
}

export function failureFor(
  refusal: Refusal,
  status: number,
  changes: boolean,
  pauseSeconds: number,
): Failure {
  switch (refusal.kind) {
    case 'token':
    case 'scope':
    case 'account':
    case 'permission':
      return { code: 'provider-refused', provider, status }
    case 'not-found':
    case 'gone':
    case 'wrong':
      return { code: 'provider-rejected', provider, status }
    case 'burst':
    case 'daily':
    case 'blocked':
      return { code: 'provider-unavailable', provider, retryAfterSeconds: Math.max(pauseSeconds, 1) }
    case 'unwell':
      // a 500 may come after the change was made
      return changes
        ? { code: 'provider-outcome-unknown', provider }
        : { code: 'provider-unavailable', provider, retryAfterSeconds: refusal.seconds }
  }
}

export function urlOf(
  apiBase: string,
  { endpoint, id, query = {} }: Pick<ApiRequest<unknown>, 'endpoint' | 'id' | 'query'>,
): string {
  const path = id === undefined ? endpoint.path : endpoint.path.replace(/\{.*\}/, encodeURIComponent(id))
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const search = new URLSearchParams(given).toString()
  return `${apiBase}${path}${search === '' ? '' : `?${search}`}`
}

/** Empty for Pipedrive itself, and for any address that a stored installation should never have had. */
export function hostOfStandIn(apiBase: string, oauthUrl: string): string[] {
  const { host, hostname } = new URL(apiBase)
  return hostname === new URL(oauthUrl).hostname ? [host] : []
}

/** Undocumented headers that Pipedrive's staff say may be missing now and then: both or nothing. */
export function noteAllowance(session: CrmSession, { headers }: EgressResponse): void {
  const left = wholeNumber(headers['x-daily-ratelimit-token-remaining'])
  const limit = wholeNumber(headers['x-daily-ratelimit-token-limit'])
  if (left !== undefined && limit !== undefined) session.allowance(left, limit)
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
