import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** One request, read in full. */
export type Incoming = {
  method: string
  /** Path without the query, still percent-encoded. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Address of the caller. */
  ip: string
  body: Buffer
  /** Resolves when the caller has gone away or the answer was sent. */
  over: Promise<void>
}

/** What to send back. `body`: objects become JSON, text and bytes go as they are. */
export type Reply = {
  status: number
  headers?: Record<string, string>
  body?: unknown
  /** `cut`: half of the body, then the connection is destroyed; otherwise piece by piece over so many milliseconds */
  pace?: 'cut' | { overMs: number }
}

/** `hang`: say nothing until the caller gives up. `cut`: destroy the connection. */
export type Answer = Reply | 'hang' | 'cut'

const bodyLimitBytes = 64 * 1024 * 1024

/** Reads the whole request. Throws when the body is larger than 64 MB. */
export async function readIncoming(req: IncomingMessage, res: ServerResponse): Promise<Incoming> {
  const url = new URL(req.url ?? '/', 'http://sandbox')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > bodyLimitBytes) throw new Error('request body too large')
    chunks.push(bytes)
  }
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: req.headers,
    ip: req.socket.remoteAddress ?? '',
    body: Buffer.concat(chunks),
    over: new Promise((resolve) => res.once('close', () => resolve())),
  }
}

/** Sends the answer; a caller that has gone away is not an error. */
export async function sendAnswer(answer: Answer, incoming: Incoming, res: ServerResponse): Promise<void> {
  if (answer === 'cut') {
    res.socket?.destroy()
    return
  }
  if (answer === 'hang') {
    await incoming.over
    return
  }
  if (res.destroyed) return
  const headers: Record<string, string> = { 'cache-control': 'no-store', ...answer.headers }
  let bytes: Buffer
  if (answer.body === undefined) bytes = Buffer.alloc(0)
  else if (Buffer.isBuffer(answer.body)) bytes = answer.body
  else if (typeof answer.body === 'string') bytes = Buffer.from(answer.body)
  else {
    headers['content-type'] ??= 'application/json; charset=utf-8'
    bytes = Buffer.from(JSON.stringify(answer.body))
  }
  headers['content-length'] = String(bytes.length)
  res.writeHead(answer.status, headers)
  if (answer.pace !== undefined && incoming.method !== 'HEAD') return sendPaced(bytes, answer.pace, res)
  res.end(incoming.method === 'HEAD' ? undefined : bytes)
}

async function sendPaced(
  bytes: Buffer,
  pace: 'cut' | { overMs: number },
  res: ServerResponse,
): Promise<void> {
  if (pace === 'cut') {
    res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.destroy())
    return
  }
  const steps = 50
  for (let step = 0; step < steps && !res.destroyed; step += 1) {
    const at = (part: number) => Math.floor((bytes.length * part) / steps)
    res.write(bytes.subarray(at(step), at(step + 1)))
    await new Promise((resolve) => setTimeout(resolve, pace.overMs / steps))
  }
  res.end()
}

/**
 * Compares a path with a template such as `/persons/:id`; gives the named parts, or undefined when it does not fit.
 */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const actual = given[i] ?? ''
    if (part.startsWith(':')) {
      if (actual === '') return undefined
      params[part.slice(1)] = decodeURIComponent(actual)
    } else if (part !== actual) return undefined
  }
  return params
}

/** Reads `Authorization: Basic`; undefined when absent or not of that form. */
export function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

export function basicHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** A JSON body, or undefined when it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/**
 * Sends JSON, or a text of the type that the headers say, and tells the status; `status` is null when no answer came in
 * time. Redirects are not followed.
 */
export async function deliver(options: {
  method: 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body: unknown
  timeoutMs: number
}): Promise<{ status: number | null; error: string | null }> {
  try {
    const response = await fetch(options.url, {
      method: options.method,
      headers: { 'content-type': 'application/json', ...options.headers },
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    await response.arrayBuffer()
    return { status: response.status, error: null }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: null, error: cause instanceof Error ? cause.message || cause.name : String(cause) }
  }
}
