import { isIP } from 'node:net'
import { Agent } from 'undici'
import { failed } from '../failure.ts'
import { isPublicAddress } from './addresses.ts'
import { isDeclared, portOf } from './declared.ts'
import type { ExchangeResponse } from './exchange.ts'
import { ExchangeError, exchange } from './exchange.ts'
import type { Resolve } from './guarded-lookup.ts'
import { guardedLookup, PrivateAddressError, systemResolve } from './guarded-lookup.ts'

export type { RetryOptions } from './retry.ts'
export { retryAfterSeconds, withRetries } from './retry.ts'

/** A request that was not sent. The host stays in this record; failures and logs do not name it. */
export interface RefusedRequest {
  host: string
  why: 'undeclared' | 'private' | 'scheme'
}

export interface EgressOptions {
  /** hosts the policy declares: `host`, `host:port` or `*.domain` */
  declared: readonly string[]
  /** `host:port` pairs that may be private and may speak plain http (RINGFENCE_PRIVATE_HOSTS); still to be declared */
  privateHosts: readonly string[]
  record?: (refused: RefusedRequest) => void
  resolve?: Resolve
}

export interface EgressRequest {
  url: string
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** from the name look-up to the last byte; default 30 s */
  timeoutMs?: number
  /** the largest answer that is read; default 16 MiB */
  maxBytes?: number
  /** hosts of this connection, declared in addition as "the host of a connection" */
  allow?: readonly string[]
  /** names the other side in failures */
  provider: string
}

export type EgressResponse = ExchangeResponse

/** The only way out. Everything that leaves the server goes through `request`. */
export interface Egress {
  /**
   * Sends one request and reads the whole answer, whatever its status. Redirects are not followed.
   *
   * @throws {RingfenceError} `undeclared` when the policy does not allow the host, its address or its scheme;
   *   `provider-unavailable` when nothing was sent, or the request changes nothing (GET, HEAD);
   *   `provider-outcome-unknown` when a request that changes something broke after it may have been sent;
   *   `too-large` when the answer to a GET is larger than `maxBytes`
   */
  request(request: EgressRequest): Promise<EgressResponse>
  close(): Promise<void>
}

const mebibyte = 1024 * 1024
/** How soon to come back after a broken connection; long enough for a restart on the other side. */
const afterBrokenSeconds = 5

/** Requests to one host at the same time; further ones wait their turn. */
export const connectionsPerHost = 16

export function createEgress(options: EgressOptions): Egress {
  const privateHosts = new Set(options.privateHosts.map((host) => host.trim().toLowerCase()))
  const pool = { connections: connectionsPerHost, pipelining: 1 } as const
  const guarded = new Agent({
    ...pool,
    connect: { timeout: 10_000, lookup: guardedLookup(options.resolve ?? systemResolve) },
  })
  // apart from the guarded pool, so that a socket to an inner host is never one that a checked name could be given
  const inner = new Agent({ ...pool, connect: { timeout: 10_000 } })

  function refuse(url: URL, why: RefusedRequest['why']): never {
    options.record?.({ host: url.host, why })
    return failed({ code: 'undeclared', what: why === 'undeclared' ? 'host' : why })
  }

  function wayTo(url: URL, allow: readonly string[]): Agent {
    const mayBePrivate = privateHosts.has(`${url.hostname}:${portOf(url)}`)
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePrivate)) refuse(url, 'scheme')
    if (!isDeclared(url, options.declared) && !isDeclared(url, allow)) refuse(url, 'undeclared')
    if (mayBePrivate) return inner
    // an address written out is never looked up, so it is checked here
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) refuse(url, 'private')
    return guarded
  }

  return {
    async request(request) {
      const url = readUrl(request.url)
      const agent = wayTo(url, request.allow ?? [])
      const { method, headers = {}, body, timeoutMs = 30_000, maxBytes = 16 * mebibyte, provider } = request
      try {
        return await exchange(agent, {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers,
          body,
          timeoutMs,
          maxBytes,
        })
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error
        if (error.cause instanceof PrivateAddressError) refuse(url, 'private')
        const changesNothing = method === 'GET' || method === 'HEAD'
        if (!changesNothing && error.sent)
          return failed({ code: 'provider-outcome-unknown', provider }, error)
        if (error.why === 'too-large')
          return failed({ code: 'too-large', field: 'answer', limitBytes: maxBytes }, error)
        return failed(
          { code: 'provider-unavailable', provider, retryAfterSeconds: afterBrokenSeconds },
          error,
        )
      }
    },
    async close() {
      await Promise.all([guarded.destroy(), inner.destroy()])
    },
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text)
    ? new URL(text)
    : failed({ code: 'invalid-input', field: 'url', rule: 'url' })
  // credentials in an address end up in other people's logs; headers carry them
  if (url.username !== '' || url.password !== '') {
    return failed({ code: 'invalid-input', field: 'url', rule: 'without-credentials' })
  }
  return url
}
