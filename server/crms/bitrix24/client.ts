import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Egress, EgressResponse, RetryOptions } from '../../egress/index.ts'
import { failed, failureOf } from '../../failure.ts'
import type { CrmSession, Feature } from '../contract.ts'
import type { Places } from './addresses.ts'
import { hostsOf } from './addresses.ts'
import { sentToBitrix24 } from './declared-fields.ts'
import type { Homes } from './homes.ts'
import type { Limits } from './limits.ts'
import type { Method } from './methods.ts'
import type { Refusal } from './refusal.ts'
import { refusalIn } from './refusal.ts'
import { BitrixRefusal, failureFor, provider } from './refused.ts'
import { readJson } from './wire.ts'

export interface ClientOptions {
  egress: Egress
  limits: Limits
  homes: Homes
  places: Places
  timeoutMs: number
  retries: RetryOptions
}

export interface ApiRequest<Answer> {
  method: Method
  params?: Readonly<Record<string, unknown>>
  /** keeps what we declared of the whole answer and drops the rest, before anything else sees it */
  answer: z.ZodType<Answer>
  feature: Feature
}

/** What a request needs of a session. */
export type ApiSession = Pick<CrmSession, 'apiBase' | 'accessToken' | 'renewed' | 'spend'>
export type Client = <Answer>(session: ApiSession, request: ApiRequest<Answer>) => Promise<Answer>

/** How soon a request whose answer could not be read is worth another look. */
const unreadableSeconds = 300
const doubtfulMs = 1_000
const longMs = 65_000
/** A card that comes later is of no use; what is asked for it may be asked again. */
const urgentMs = 6_000
const mostTimesFull = 3
const userAgent = 'Ringfence/0.1'

const timing = z.object({ time: z.object({ operating_reset_at: z.number() }) })

/**
 * One request to a portal: JSON by POST, the token in its body, no redirect followed.
 *
 * A refused token is renewed once. So it is when another address answers for the portal: the OAuth server then says where
 * the portal is, and the request goes there once; what the old address says is not believed. A full bucket had no effect,
 * so it is waited for. Otherwise only what changes nothing is repeated.
 *
 * @throws {BitrixRefusal} as `provider-refused` (401 connect again, 402 nobody pays, 403 a right is missing, 410 the portal
 *   is gone), `provider-rejected` (this request is wrong) or `provider-unavailable` (come back later)
 * @throws {RingfenceError} `provider-outcome-unknown` when something that happens once may have happened
 */
export function createClient({ egress, limits, homes, places, timeoutMs, retries }: ClientOptions): Client {
  const { attempts = 3, baseMs = 250, random = Math.random, wait = sleep } = retries

  async function send(
    session: ApiSession,
    { method, params, feature }: ApiRequest<unknown>,
    way: { base: string; token: string },
  ): Promise<EgressResponse> {
    try {
      const answer = await egress.request({
        url: `${way.base}/${method.name}`,
        base: way.base,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': userAgent,
        },
        body: JSON.stringify({ ...params, auth: way.token }),
        timeoutMs: timeFor(method, timeoutMs),
        changes: method.effect === 'once',
        allow: hostsOf(way.base, places),
        provider,
        sends: sentToBitrix24,
      })
      session.spend(feature, 1)
      return answer
    } catch (error) {
      // what our own policy refused was never sent
      if (failureOf(error)?.code !== 'undeclared') session.spend(feature, 1)
      throw error
    }
  }

  /** @returns false: there is nothing more to be tried */
  async function another(
    session: ApiSession,
    way: { base: string; token: string },
    refusal: Refusal,
    tried: Map<Refusal['kind'], number>,
    effect: Method['effect'],
  ): Promise<boolean> {
    const times = (tried.get(refusal.kind) ?? 0) + 1
    tried.set(refusal.kind, times)
    switch (refusal.kind) {
      case 'token':
        if (times > 1) return false
        await session.renewed(way.token)
        return true
      case 'moved': {
        if (times > 1) return false
        const home = homes.of(await session.renewed(way.token))
        // renewed by another node: whoever comes next reads the new address with the new token
        if (home === undefined)
          return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: 5 })
        return home !== way.base
      }
      case 'doubtful':
        if (times > 1) return false
        await wait(doubtfulMs)
        return true
      case 'full':
        return times < mostTimesFull
      case 'unwell':
        if (effect !== 'none' || times >= attempts) return false
        await wait(random() * baseMs * 2 ** (times - 1))
        return true
      default:
        return false
    }
  }

  /** An installation at an address that none may have goes nowhere, whatever is known of its token: egress refuses it. */
  function baseFor({ apiBase }: ApiSession, token: string): string {
    return hostsOf(apiBase, places).length === 0 ? apiBase : (homes.of(token) ?? apiBase)
  }

  return async (session, request) => {
    const { method } = request
    const tried = new Map<Refusal['kind'], number>()
    for (;;) {
      const token = await session.accessToken()
      const way = { token, base: baseFor(session, token) }
      await limits.turn(way.base, method)
      const answer = await send(session, request, way).catch((error: unknown) => asUnwell(error, method))
      const refusal = answer === undefined ? unwell : refusalIn(answer)
      if (answer !== undefined && refusal === undefined) {
        limits.forgive(way.base)
        return read(answer, request, way.base)
      }
      const known: Refusal = refusal ?? unwell
      const seconds = limits.note(way.base, method, known)
      if (await another(session, way, known, tried, method.effect)) continue
      throw new BitrixRefusal(known, failureFor(known, answer?.status ?? 503, method.effect, seconds))
    }
  }

  function read<Answer>(answer: EgressResponse, request: ApiRequest<Answer>, base: string): Answer {
    const body = readJson(answer.body)
    const told = timing.safeParse(body)
    if (told.success) limits.learnReset(base, request.method, told.data.time.operating_reset_at * 1000)
    const result = request.answer.safeParse(body)
    if (result.success) return result.data
    // done, but what came of it is unknown; the parser's own error quotes values and goes no further
    if (request.method.effect === 'once') return failed({ code: 'provider-outcome-unknown', provider })
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: unreadableSeconds })
  }
}

function timeFor({ urgent, long }: Method, timeoutMs: number): number {
  if (long) return Math.max(timeoutMs, longMs)
  return urgent ? Math.min(timeoutMs, urgentMs) : timeoutMs
}

const unwell: Refusal = { kind: 'unwell', seconds: 5 }

/** A connection that broke is as good as an answer that says so, where nothing was changed. */
function asUnwell(error: unknown, method: Method): undefined {
  if (method.effect === 'none' && failureOf(error)?.code === 'provider-unavailable') return undefined
  throw error
}
