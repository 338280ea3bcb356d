import { isIP } from 'node:net'
import { Agent } from 'undici'
import type { SentFields } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import { isPublicAddress } from './addresses.ts'
import { isDeclared, portOf } from './declared.ts'
import type { ExchangeResponse } from './exchange.ts'
import { ExchangeError, exchange } from './exchange.ts'
import type { Resolve } from './guarded-lookup.ts'
import { guardedLookup, PrivateAddressError, systemResolve } from './guarded-lookup.ts'
import { type FilePart, isPlain, multipart } from './multipart.ts'
import { isUndeclared, isUndeclaredMessage, type Sends, type Sent } from './sent-fields.ts'
import { OpeningRefusedError, type OpenSocket, openSocket } from './socket.ts'
import { openStream, upload } from './stream.ts'

export type { RetryOptions } from './retry.ts'
export { retryAfterSeconds, withRetries } from './retry.ts'
export type { Sends } from './sent-fields.ts'
export type { OpenSocket } from './socket.ts'

/** A request that was not sent. The host stays in this record; failures and logs do not name it. */
export interface RefusedRequest {
  host: string
  why: 'undeclared' | 'private' | 'scheme' | 'redirect' | 'region' | 'field'
}

export interface EgressOptions {
  /**
   * hosts the policy declares: `host`, `host:port` or `*.domain`; asked for at each request where they may change
   * @param recipient whose fields are sent: what is meant for one does not go to another's host; undefined: to any
   */
  declared: readonly string[] | ((recipient: string | undefined) => readonly string[])
  /**
   * What may be private and may speak plain http (RINGFENCE_PRIVATE_HOSTS), and is still to be declared: `host:port` for
   * everybody, `organization-id@host:port` for what is asked on behalf of that organization
   */
  privateHosts: readonly string[]
  /** may data go where this host is? Hosts that may be private are the operator's own, and not asked about; default: yes */
  inRegion?: (url: URL, provider: string) => boolean
  record?: (refused: RefusedRequest) => void
  resolve?: Resolve
}

export interface EgressRequest {
  url: string
  /** the address of the recipient's API, below which the paths of `sends` are; default: its host */
  base?: string
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** from the name look-up to the last byte; default 30 s */
  timeoutMs?: number
  /** the largest answer that is read; default 16 MiB */
  maxBytes?: number
  /** hosts of this connection, declared in addition as "the host of a connection" */
  allow?: readonly string[]
  /** on whose behalf: only one organization may reach some private hosts */
  organizationId?: string
  /** default: by the method, for a GET that makes something happen it has to be said */
  changes?: boolean
  /** names the other side in failures */
  provider: string
  sends: Sends
}

export type EgressResponse = ExchangeResponse

/** A GET whose answer is read piece by piece. */
export interface EgressOpening {
  url: string
  base?: string
  headers?: Readonly<Record<string, string>>
  /** how long the other side may keep still while we wait for it; default 60 s */
  idleMs?: number
  /** the largest body that is read */
  maxBytes: number
  allow?: readonly string[]
  organizationId?: string
  provider: string
  sends: Sends
}

/** The head of an answer, and its body as it comes: one piece is held at most, the rest waits at the other side. */
export interface EgressStream {
  status: number
  headers: Readonly<Record<string, string>>
  /** read once; @throws {RingfenceError} `provider-unavailable` when it breaks or keeps still, `too-large` */
  body: AsyncIterable<Buffer>
  /** breaks off; to be called whatever was read */
  close(): void
}

/** A request whose body is sent piece by piece, each when the one before has left. */
export interface EgressUpload extends Omit<EgressRequest, 'body' | 'timeoutMs'> {
  pieces: AsyncIterable<Buffer>
  /** they are the one part of a form; left out: they are the whole body */
  part?: FilePart
  /** how long the other side may keep still while we wait for it, also for its answer; default 2 min */
  idleMs?: number
}

/** A WebSocket to be opened: `wss://`, and `ws://` only to hosts that may be private. */
export interface EgressSocketOpening {
  url: string
  base?: string
  headers?: Readonly<Record<string, string>>
  /** from the name look-up to the answer; default 30 s */
  openMs?: number
  /** how long the other side may keep still before it is pinged, and then until it has to answer */
  idleMs: number
  /** the largest message that is read */
  maxBytes: number
  allow?: readonly string[]
  organizationId?: string
  provider: string
  sends: Sends
  /** what may be said over it; default: `MESSAGE` of `sends` where it is a list, otherwise nothing */
  says?: SentFields
  /** gives the opening up; an open socket is closed by `close` */
  signal: AbortSignal
}

/** The only way out. Everything that leaves the server goes through `request`. */
export interface Egress {
  /**
   * Sends one request and reads the whole answer, whatever its status. Redirects are not followed.
   *
   * @throws {RingfenceError} `undeclared` when the policy does not allow the host, its address, its scheme or a field;
   *   `provider-unavailable` when nothing was sent, or the request changes nothing (GET, HEAD);
   *   `provider-outcome-unknown` when a request that changes something broke after it may have been sent;
   *   `too-large` when the answer to a GET is larger than `maxBytes`
   */
  request(request: EgressRequest): Promise<EgressResponse>
  /** Sends a GET and resolves with the head of its answer. Fails as `request` does. */
  open(opening: EgressOpening): Promise<EgressStream>
  /** Sends what comes in pieces and reads the whole answer. Fails as `request` does, also when a piece could not be had. */
  upload(request: EgressUpload): Promise<EgressResponse>
  /**
   * Opens a WebSocket. Fails as a GET does.
   * @throws {RingfenceError} `undeclared` also for a redirect; `provider-refused` when who asks is not let in (401, 403);
   *   `provider-rejected` for another 4xx. Reading its messages throws what reading a stream does.
   */
  connect(opening: EgressSocketOpening): Promise<OpenSocket>
  close(): Promise<void>
}

const mebibyte = 1024 * 1024
const largestAnswerBytes = 16 * mebibyte
/** How soon to come back after a broken connection; long enough for a restart on the other side. */
const afterBrokenSeconds = 5

/** Requests to one host at the same time; further ones wait their turn. */
export const connectionsPerHost = 16
/** Streams take their time: with connections of their own they are in nobody's way. */
const streamsPerHost = 8
/**
 * A socket that reads nothing ahead, and counts as full whatever it is given to write. So a stream has no more in memory
 * than one read of 64 KiB; with a mark above nothing it was up to twice as much (measured).
 */
const streamMark = 0
/** A WebSocket's messages are small: a few wait in the socket while the one before is applied. */
const socketMark = 16 * 1024

export function createEgress(options: EgressOptions): Egress {
  const declared = (sends: Sends) =>
    typeof options.declared === 'function'
      ? options.declared(typeof sends === 'string' ? undefined : sends.recipient)
      : options.declared
  const privateHosts = new Set(options.privateHosts.map((host) => host.trim().toLowerCase()))
  const ways = waysOut({ connections: connectionsPerHost }, options.resolve)
  const sockets = waysOut({ connections: connectionsPerHost, mark: socketMark }, options.resolve)
  const streams = waysOut({ connections: streamsPerHost, mark: streamMark }, options.resolve)

  function refuse(url: URL, why: RefusedRequest['why']): never {
    options.record?.({ host: url.host, why })
    return failed({ code: 'undeclared', what: why === 'undeclared' ? 'host' : why })
  }

  function wayTo(
    url: URL,
    { allow = [], organizationId, provider, sends }: OnBehalf,
    { inner, guarded }: Ways,
  ): Agent {
    const place = `${url.hostname}:${portOf(url)}`
    const mayBePrivate =
      privateHosts.has(place) ||
      (organizationId !== undefined && privateHosts.has(`${organizationId}@${place}`))
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePrivate)) refuse(url, 'scheme')
    if (!isDeclared(url, declared(sends)) && !isDeclared(url, allow)) refuse(url, 'undeclared')
    if (mayBePrivate) return inner
    if (options.inRegion && !options.inRegion(url, provider)) refuse(url, 'region')
    // an address written out is never looked up, so it is checked here
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) refuse(url, 'private')
    return guarded
  }

  /** What nobody declared does not leave, and what is refused has not been looked up. */
  function expectDeclared(sends: Sends, sent: Sent): void {
    if (isUndeclared(sends, sent)) refuse(sent.url, 'field')
  }

  function notLetIn(url: URL, error: OpeningRefusedError, provider: string): never {
    const { status } = error
    if (status < 400) refuse(url, 'redirect')
    if (status === 401 || status === 403) return failed({ code: 'provider-refused', provider, status }, error)
    if (status < 500) return failed({ code: 'provider-rejected', provider, status }, error)
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: afterBrokenSeconds }, error)
  }

  /** What went wrong on the way, in the words of the house. */
  function failureAt(
    url: URL,
    { provider, maxBytes, changes }: { provider: string; maxBytes: number; changes: boolean },
    error: unknown,
  ): never {
    if (!(error instanceof ExchangeError)) throw error
    if (error.cause instanceof PrivateAddressError) refuse(url, 'private')
    if (changes && error.sent) return failed({ code: 'provider-outcome-unknown', provider }, error)
    if (error.why === 'too-large')
      return failed({ code: 'too-large', field: 'answer', limitBytes: maxBytes }, error)
    return failed({ code: 'provider-unavailable', provider, retryAfterSeconds: afterBrokenSeconds }, error)
  }

  return {
    async request(request) {
      const url = readUrl(request.url)
      const agent = wayTo(url, request, ways)
      const {
        method,
        headers = {},
        body,
        timeoutMs = 30_000,
        maxBytes = largestAnswerBytes,
        changes = method !== 'GET' && method !== 'HEAD',
        provider,
      } = request
      expectDeclared(request.sends, { method, url, base: request.base, headers, body })
      try {
        return await exchange(agent, { ...placeOf(url), method, headers, body, timeoutMs, maxBytes })
      } catch (error) {
        return failureAt(url, { provider, maxBytes, changes }, error)
      }
    },
    async open({ headers = {}, idleMs = 60_000, ...opening }) {
      const url = readUrl(opening.url)
      const agent = wayTo(url, opening, streams)
      expectDeclared(opening.sends, { method: 'GET', url, base: opening.base, headers })
      const { maxBytes, provider } = opening
      const translate = (error: unknown) => failureAt(url, { provider, maxBytes, changes: false }, error)
      try {
        const answer = await openStream(agent, { ...placeOf(url), headers, idleMs, maxBytes })
        return { ...answer, body: translated(answer.body, translate) }
      } catch (error) {
        return translate(error)
      }
    },
    async upload({ headers = {}, idleMs = 120_000, maxBytes = largestAnswerBytes, ...request }) {
      const url = readUrl(request.url)
      const agent = wayTo(url, request, streams)
      const { method, part, provider } = request
      const file = part ? `${part.name}=(file)` : '(file)'
      expectDeclared(request.sends, { method, url, base: request.base, headers, file })
      if (part ? !isPlain(part) : isForm(headers)) refuse(url, 'field')
      const { pieces, headers: framed } = part
        ? multipart(part, request.pieces)
        : { pieces: request.pieces, headers: {} }
      try {
        const sent = { ...placeOf(url), method, headers: { ...headers, ...framed } }
        return await upload(agent, { ...sent, idleMs, maxBytes, pieces })
      } catch (error) {
        return failureAt(url, { provider, maxBytes, changes: true }, error)
      }
    },
    async connect({ headers = {}, openMs = 30_000, ...opening }) {
      const url = readUrl(opening.url.replace(/^ws(s?):/i, 'http$1:'))
      const agent = wayTo(url, opening, sockets)
      expectDeclared(opening.sends, { method: 'GET', url, base: opening.base, headers })
      const { idleMs, maxBytes, provider, signal, sends } = opening
      const says = opening.says ?? (typeof sends === 'string' ? undefined : sends)
      const translate = (error: unknown) => {
        if (error instanceof OpeningRefusedError) return notLetIn(url, error, provider)
        return failureAt(url, { provider, maxBytes, changes: false }, error)
      }
      try {
        const limits = { openMs, idleMs, maxBytes, signal }
        const socket = await openSocket(agent, { ...placeOf(url), headers, ...limits })
        const messages = translated(socket.messages, translate)
        return {
          messages,
          send: (text) => {
            if (isUndeclaredMessage(says, text)) refuse(url, 'field')
            socket.send(text)
          },
          close: () => socket.close(),
          get silentMs() {
            return socket.silentMs
          },
        }
      } catch (error) {
        return translate(error)
      }
    },
    async close() {
      const agents = [ways, streams, sockets].flatMap(({ inner, guarded }) => [inner, guarded])
      await Promise.all(agents.map((agent) => agent.destroy()))
    },
  }
}

type OnBehalf = Pick<EgressRequest, 'allow' | 'organizationId' | 'provider' | 'sends'>

interface Ways {
  guarded: Agent
  inner: Agent
}

/** @param pool.mark how much a socket may read ahead; undefined: as much as undici lets it */
function waysOut(pool: { connections: number; mark?: number }, resolve: Resolve = systemResolve): Ways {
  const each = { connections: pool.connections, pipelining: 1 } as const
  const socket = { timeout: 10_000, ...(pool.mark === undefined ? {} : { highWaterMark: pool.mark }) }
  return {
    guarded: new Agent({ ...each, connect: { ...socket, lookup: guardedLookup(resolve) } }),
    // apart from the guarded pool, so that a socket to an inner host is never one that a checked name could be given
    inner: new Agent({ ...each, connect: socket }),
  }
}

/** A form that was written elsewhere could have any parts. */
const isForm = (headers: Readonly<Record<string, string>>): boolean =>
  Object.values(headers).some((value) => value.trimStart().toLowerCase().startsWith('multipart/'))

const placeOf = (url: URL) => ({ origin: url.origin, path: `${url.pathname}${url.search}` })

async function* translated<T>(
  body: AsyncIterable<T>,
  translate: (error: unknown) => never,
): AsyncGenerator<T> {
  try {
    yield* body
  } catch (error) {
    translate(error)
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
