import type { Dispatcher } from 'undici'

export interface ExchangeRequest {
  origin: string
  path: string
  method: Dispatcher.HttpMethod
  headers: Readonly<Record<string, string>>
  body: string | Buffer | AsyncIterable<Buffer> | undefined
  /** from the name look-up to the last byte; undefined: `giveUp` alone says when */
  timeoutMs: number | undefined
  giveUp?: AbortSignal
  maxBytes: number
}

export interface ExchangeResponse {
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** How an exchange without an answer ended. `sent`: the other side may have seen the request. */
export class ExchangeError extends Error {
  readonly why: 'broken' | 'timed-out' | 'too-large'
  readonly sent: boolean
  constructor(why: 'broken' | 'timed-out' | 'too-large', sent: boolean, cause?: unknown) {
    super(why, { cause })
    this.name = 'ExchangeError'
    this.why = why
    this.sent = sent
  }
}

/**
 * One request and its whole answer.
 *
 * A handler of its own, because only the dispatcher knows whether it began to write the request, and that decides if a
 * failed POST may be sent again. A request that timed out while waiting for a connection is stopped before it is written.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<ExchangeResponse> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let over = false
    let status = 0
    let headers: Record<string, string> = {}
    let received = 0
    const chunks: Buffer[] = []

    const { origin, path, method, timeoutMs, giveUp, body } = request
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => fail('timed-out'), timeoutMs)
    giveUp?.addEventListener('abort', () => fail('timed-out'), { once: true })
    function fail(why: ExchangeError['why'], cause?: unknown) {
      if (over) return
      over = true
      clearTimeout(timer)
      const error = new ExchangeError(why, controller !== undefined, cause)
      controller?.abort(error)
      reject(error)
    }

    dispatcher.dispatch(
      {
        origin,
        path,
        method,
        headers: { ...request.headers },
        // undici takes whatever can be iterated, which its types leave out
        body: (body as string | Buffer | undefined) ?? null,
        headersTimeout: timeoutMs ?? 0,
        bodyTimeout: timeoutMs ?? 0,
      },
      {
        onRequestStart(started) {
          if (over) return started.abort(new ExchangeError('timed-out', false))
          controller = started
        },
        onResponseStart(_, statusCode, fields) {
          if (statusCode < 200) return // informational: the answer follows
          status = statusCode
          headers = flatten(fields)
        },
        onResponseData(_, chunk) {
          received += chunk.length
          if (received > request.maxBytes) return fail('too-large')
          chunks.push(chunk)
        },
        onResponseEnd() {
          if (over) return
          over = true
          clearTimeout(timer)
          resolve({ status, headers, body: Buffer.concat(chunks) })
        },
        onResponseError(_, error) {
          fail('broken', error)
        },
      },
    )
  })
}

export function flatten(fields: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
