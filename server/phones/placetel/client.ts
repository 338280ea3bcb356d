import { z } from 'zod'
import type { Egress, EgressResponse, RetryOptions } from '../../egress/index.ts'
import { retryAfterSeconds, withRetries } from '../../egress/index.ts'
import { failed } from '../../failure.ts'
import type { PhoneSession } from '../contract.ts'
import { readPlacetel } from './settings.ts'

export const provider = 'placetel'
/** Placetel's own address; whatever else is set is what stands in its place. */
export const ownUrl = 'https://api.placetel.de'

export interface PlacetelOptions {
  egress: Egress
  /** without a trailing slash */
  url: string
  /** for one request; default 20 s */
  timeoutMs?: number
  retries?: RetryOptions
}

export interface ApiRequest<Answer> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** below `/v2` */
  path: string
  query?: Readonly<Record<string, string | number>>
  body?: unknown
  /** keeps what we need and drops the rest, before anything else sees it: SIP users carry passwords */
  answer: z.ZodType<Answer>
}

export type Client = <Answer>(session: PhoneSession, request: ApiRequest<Answer>) => Promise<Answer>

const unreadableSeconds = 300
const unwellSeconds = 30
const limitedSeconds = 60

/**
 * One request to Placetel's API, with the administrator's key. Reads are repeated while Placetel is unwell; what changes
 * something is sent once.
 * @throws RingfenceError `provider-refused` (401, 403), `provider-rejected`, `provider-unavailable` and, of what changes
 *   something, `provider-outcome-unknown`
 */
export function createClient({ egress, url, timeoutMs = 20_000, retries = {} }: PlacetelOptions): Client {
  return async (session, request) => {
    const { apiKey } = readPlacetel(session.settings)
    if (apiKey === undefined) return failed({ code: 'provider-refused', provider, status: 401 })
    const send = () =>
      egress.request({
        url: addressOf(url, request),
        method: request.method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        timeoutMs,
        allow: hostOfStandIn(url),
        provider,
      })
    const changes = request.method !== 'GET'
    const answer = changes ? await send() : await withRetries(send, retries)
    if (answer.status < 200 || answer.status >= 300) return refused(answer, changes)
    const read = request.answer.safeParse(readJson(answer.body))
    if (read.success) return read.data
    if (changes) return failed({ code: 'provider-outcome-unknown', provider })
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unreadableSeconds })
  }
}

/** The shape of its errors is not documented, so only the status is believed. */
function refused({ status, headers }: EgressResponse, changes: boolean): never {
  if (status === 401 || status === 403) return failed({ code: 'provider-refused', provider, status })
  if (status === 429) {
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
  return `${url}/v2${path}${search === '' ? '' : `?${search}`}`
}

/** Placetel's own host is declared by the policy. */
export const hostOfStandIn = (url: string): string[] => (url === ownUrl ? [] : [new URL(url).host])

function readJson(body: Buffer): unknown {
  if (body.length === 0) return undefined // many of its answers have no body
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const perPage = 100
/** Whoever has more than this has another problem: a list that never ends. */
const mostPages = 100

/** A list is a bare array, page after page; not every one keeps to the page size asked for, so an empty page ends it. */
export async function readAll<One>(
  client: Client,
  session: PhoneSession,
  request: { path: string; query?: Readonly<Record<string, string>>; one: z.ZodType<One>; perPage?: number },
): Promise<One[]> {
  const all: One[] = []
  let first: string | undefined
  for (let page = 1; page <= mostPages; page += 1) {
    const rows = await client(session, {
      method: 'GET',
      path: request.path,
      query: { ...request.query, page, per_page: request.perPage ?? perPage },
      answer: z.array(request.one),
    })
    const begins = JSON.stringify(rows[0])
    if (rows.length === 0 || begins === first) break // one that knows no pages gives the same again
    first = begins
    all.push(...rows)
  }
  return all
}
