import type { z } from 'zod'
import type { Egress, EgressResponse, RetryOptions } from '../../egress/index.ts'
import { retryAfterSeconds, withRetries } from '../../egress/index.ts'
import { failed } from '../../failure.ts'
import type { PhoneSession } from '../contract.ts'

export const provider = 'webex'
/** Webex's own address; whatever else is set is what stands in its place. */
export const ownUrl = 'https://webexapis.com'

export interface WebexOptions {
  egress: Egress
  /** without path and trailing slash */
  url: string
  clientId: string
  clientSecret: string
  /** for one request; default 20 s */
  timeoutMs?: number
  retries?: RetryOptions
  now?: () => Date
}

export interface ApiRequest<Answer> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** below `/v1` */
  path: string
  query?: Readonly<Record<string, string | number>>
  body?: unknown
  answer: z.ZodType<Answer>
}
export type Client = <Answer>(session: PhoneSession, request: ApiRequest<Answer>) => Promise<Answer>

const unwellSeconds = 30
/** Where a 429 does not say how long to wait. */
const limitedSeconds = 5
const unreadableSeconds = 300

/**
 * One request to Webex's API with a user's token; a 401 renews it and tries once more. Reads are repeated while Webex is
 * unwell; what changes something is sent once.
 * @throws RingfenceError `provider-refused` (401, 403), `provider-rejected`, `provider-unavailable` and, of what changes
 *   something, `provider-outcome-unknown`
 */
export function createClient({ egress, url, timeoutMs = 20_000, retries = {} }: WebexOptions): Client {
  const send = (request: ApiRequest<unknown>, token: string) =>
    egress.request({
      url: addressOf(url, request),
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
      allow: hostOfStandIn(url),
      provider,
    })
  return async (session, request) => {
    const changes = request.method !== 'GET'
    const attempt = (token: string) => {
      const once = () => send(request, token)
      return changes ? once() : withRetries(once, retries)
    }
    const token = await session.accessToken()
    const first = await attempt(token)
    const answer = first.status === 401 ? await attempt(await session.renewed(token)) : first
    if (answer.status < 200 || answer.status >= 300) return refused(answer, changes)
    const read = request.answer.safeParse(readJson(answer.body))
    if (read.success) return read.data
    if (changes) return failed({ code: 'provider-outcome-unknown', provider })
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unreadableSeconds })
  }
}

export function refused({ status, headers }: EgressResponse, changes: boolean): never {
  if (status === 401 || status === 403) return failed({ code: 'provider-refused', provider, status })
  if (status === 429 || status === 423) {
    const seconds = retryAfterSeconds(headers) ?? limitedSeconds
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: Math.max(1, seconds) })
  }
  if (status >= 500) {
    if (changes) return failed({ code: 'provider-outcome-unknown', provider })
    const seconds = retryAfterSeconds(headers) ?? unwellSeconds
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: seconds })
  }
  return failed({ code: 'provider-rejected', provider, status })
}

function addressOf(url: string, { path, query = {} }: Pick<ApiRequest<unknown>, 'path' | 'query'>): string {
  const given = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const search = new URLSearchParams(given).toString()
  return `${url}/v1${path}${search === '' ? '' : `?${search}`}`
}

/** Webex's own hosts are declared by the policy. */
export const hostOfStandIn = (url: string): string[] => (url === ownUrl ? [] : [new URL(url).host])

export function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined // 204
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
