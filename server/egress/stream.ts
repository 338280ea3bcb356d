import type { Dispatcher } from 'undici'
import { ExchangeError, type ExchangeResponse, exchange, flatten } from './exchange.ts'
import { Patience } from './patience.ts'

/** An answer whose body is still to come. */
export interface OpenAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  /**
   * Read once, piece by piece. The next piece leaves the socket only when it is asked for, so never more than one is held.
   * @throws {ExchangeError} when it breaks, keeps still for too long or grows too large
   */
  body: AsyncIterable<Buffer>
  /** breaks the connection off; nothing happens once all was read */
  close(): void
}

interface StreamRequest {
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  /** how long the other side may keep still while it is waited for */
  idleMs: number
  /** the largest answer that is read */
  maxBytes: number
}

/** Fewer bytes than this in all of `idleMs` are as good as none. */
const leastBytes = 4 * 1024

/** Sends a GET and resolves with the head of its answer. */
export function openStream(dispatcher: Dispatcher, request: StreamRequest): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    const body = new Body(request, reject)
    dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: 'GET',
        headers: { ...request.headers },
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(controller) {
          body.start(controller)
        },
        onResponseStart(_, status, fields) {
          if (status < 200) return // informational: the answer follows
          body.headCame()
          resolve({ status, headers: flatten(fields), body, close: () => body.fail('broken') })
        },
        onResponseData(controller, piece) {
          if (piece.length === 0) return // a parser that is resumed and finds nothing says so
          controller.pause()
          body.give(piece)
        },
        onResponseEnd() {
          body.end()
        },
        onResponseError(_, error) {
          body.fail('broken', error)
        },
      },
    )
  })
}

interface Asking {
  resolve(result: IteratorResult<Buffer, undefined>): void
  reject(error: unknown): void
}

/** The pieces of one answer, handed over one at a time to the only one who reads them. */
class Body implements AsyncIterable<Buffer>, AsyncIterator<Buffer, undefined> {
  readonly #maxBytes: number
  readonly #patience: Patience
  readonly #onFailed: (error: ExchangeError) => void
  readonly #pieces: Buffer[] = []
  #received = 0
  #controller: Dispatcher.DispatchController | undefined
  #over: 'all read' | ExchangeError | undefined
  #asking: Asking | undefined

  /** @param onFailed told while nobody reads yet */
  constructor(limits: { idleMs: number; maxBytes: number }, onFailed: (error: ExchangeError) => void) {
    this.#maxBytes = limits.maxBytes
    this.#onFailed = onFailed
    this.#patience = new Patience({ ms: limits.idleMs, leastBytes }, () => this.fail('timed-out'))
    this.#patience.wait()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Buffer, undefined>> {
    return new Promise((resolve, reject) => {
      this.#asking = { resolve, reject }
      if (this.#answer()) return
      this.#patience.wait()
      this.#controller?.resume()
    })
  }

  /** Whoever reads has enough. */
  async return(): Promise<IteratorResult<Buffer, undefined>> {
    this.fail('broken')
    return { done: true, value: undefined }
  }

  start(controller: Dispatcher.DispatchController): void {
    if (this.#over instanceof ExchangeError) controller.abort(this.#over)
    else this.#controller = controller
  }

  headCame(): void {
    this.#patience.moved(leastBytes)
  }

  give(piece: Buffer): void {
    if (this.#over) return
    this.#received += piece.length
    if (this.#received > this.#maxBytes) this.fail('too-large')
    else {
      this.#patience.moved(piece.length)
      this.#pieces.push(piece)
      this.#answer()
    }
  }

  end(): void {
    this.#over ??= 'all read'
    this.#answer()
  }

  fail(why: ExchangeError['why'], cause?: unknown): void {
    if (this.#over) return
    const error = new ExchangeError(why, this.#controller !== undefined, cause)
    this.#over = error
    this.#pieces.length = 0
    this.#patience.rest()
    this.#controller?.abort(error)
    this.#onFailed(error)
    this.#answer()
  }

  /** Tells who asks, if there is something to tell. */
  #answer(): boolean {
    const asking = this.#asking
    const piece = this.#pieces[0]
    if (!asking || (!piece && !this.#over)) return false
    this.#asking = undefined
    this.#patience.rest()
    this.#pieces.shift()
    if (piece) asking.resolve({ done: false, value: piece })
    else if (this.#over instanceof ExchangeError) asking.reject(this.#over)
    else asking.resolve({ done: true, value: undefined })
    return true
  }
}

/** Sends a body that comes in pieces; the next one is asked for when the socket has taken the one before. */
export function upload(
  dispatcher: Dispatcher,
  request: StreamRequest & { method: Dispatcher.HttpMethod; pieces: AsyncIterable<Buffer> },
): Promise<ExchangeResponse> {
  const still = new AbortController()
  const patience = new Patience({ ms: request.idleMs, leastBytes }, () => still.abort())
  const { origin, path, method, headers, maxBytes, pieces } = request
  patience.wait() // for a connection
  return exchange(dispatcher, {
    origin,
    path,
    method,
    headers,
    maxBytes,
    body: watched(pieces, patience),
    timeoutMs: undefined,
    giveUp: still.signal,
  }).finally(() => patience.rest())
}

async function* watched(pieces: AsyncIterable<Buffer>, patience: Patience): AsyncGenerator<Buffer> {
  patience.moved(leastBytes)
  for await (const piece of pieces) {
    patience.wait()
    yield piece
    patience.moved(piece.length)
  }
  patience.wait() // for the answer
}
