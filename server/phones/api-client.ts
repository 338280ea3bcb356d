import { z } from 'zod'
import type { SentFields } from '../../policy/index.ts'
import type { Egress, EgressResponse, RetryOptions } from '../egress/index.ts'
import { retryAfterSeconds, withRetries } from '../egress/index.ts'
import { failed, failureOf } from '../failure.ts'
import type { PhoneSession } from './contract.ts'

/** One vendor's JSON API. The shape of its errors is not documented, so only the status is believed. */
export interface Api {
  provider: string
  /** the vendor's own address, whose hosts the policy declares; whatever else is set is what stands in its place */
  ownUrl: string
  /** in front of every path: `/v1` */
  version: string
  /** statuses that say "too much at once" */
  limited: readonly number[]
  /** how long to wait where such an answer does not say it */
  limitedSeconds: number
  sends: SentFields
}

export interface ApiOptions {
  egress: Egress
  /** without path and trailing slash */
  url: string
  /** for one request; default 20 s */
  timeoutMs?: number
  retries?: RetryOptions
}

export interface ApiRequest<Answer> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** below the version */
  path: string
  query?: Readonly<Record<string, string | number>>
  body?: unknown
  /** keeps what we need and drops the rest, before anything else sees it: users come with passwords */
  answer: z.ZodType<Answer>
}

export type ApiClient = <Answer>(session: PhoneSession, request: ApiRequest<Answer>) => Promise<Answer>

export const defaultTimeoutMs = 20_000
const unwellSeconds = 30
const unreadableSeconds = 300

/**
 * Asks an API with a bearer token. Reads are repeated while the vendor is unwell; what changes something is sent once.
 * @param authorized makes the attempt with the session's token, and another where the token was too old
 * @throws RingfenceError `provider-refused` (401, 403), `provider-rejected`, `provider-unavailable` and, of what changes
 *   something, `provider-outcome-unknown`
 */
export function createApiClient(
  api: Api,
  { egress, url, timeoutMs = defaultTimeoutMs, retries = {} }: ApiOptions,
  authorized: (
    session: PhoneSession,
    attempt: (token: string) => Promise<EgressResponse>,
  ) => Promise<EgressResponse>,
): ApiClient {
  const { provider } = api
  return async (session, request) => {
    const { method, body } = request
    const changes = method !== 'GET'
    const attempt = (token: string) => {
      const send = () =>
        egress.request({
          url: addressOf(`${url}${api.version}`, request),
          base: url,
          method,
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          timeoutMs,
          allow: hostOfStandIn(api, url),
          provider,
          sends: api.sends,
        })
      return changes ? send() : withRetries(send, retries)
    }
    const answer = await authorized(session, attempt)
    if (answer.status < 200 || answer.status >= 300) return refused(api, answer, changes)
    const read = request.answer.safeParse(readJson(answer.body))
    if (read.success) return read.data
    if (changes) return failed({ code: 'provider-outcome-unknown', provider })
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unreadableSeconds })
  }
}

export function refused(
  { provider, limited, limitedSeconds }: Api,
  { status, headers }: EgressResponse,
  changes: boolean,
): never {
  if (status === 401 || status === 403) return failed({ code: 'provider-refused', provider, status })
  if (limited.includes(status)) {
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

function addressOf(base: string, { path, query = {} }: Pick<ApiRequest<unknown>, 'path' | 'query'>): string {
  const given = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const search = new URLSearchParams(given).toString()
  return `${base}${path}${search === '' ? '' : `?${search}`}`
}

/** The vendor's own hosts are declared by the policy. */
export const hostOfStandIn = ({ ownUrl }: Api, url: string): string[] =>
  url === ownUrl ? [] : [new URL(url).host]

export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // whoever asked for a shape will not find it in this; many answers have no body at all
  }
}

/** Removes these one after the other; what is gone already is as good as removed. */
export async function removeAll(
  client: ApiClient,
  session: PhoneSession,
  path: string,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    try {
      await client(session, {
        method: 'DELETE',
        path: `${path}/${encodeURIComponent(id)}`,
        answer: z.unknown(),
      })
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}

export function isGone(error: unknown): boolean {
  const failure = failureOf(error)
  return failure?.code === 'provider-rejected' && [404, 410].includes(failure.status)
}
