import type { FailureView } from '../../server/http/shapes.ts'
import { noteServerTime } from '../time/now.ts'

/** A request that was refused, or that never got an answer (`status` 0, code `no-answer`). */
export class ApiFailure extends Error {
  readonly status: number
  readonly refusal: FailureView
  constructor(status: number, refusal: FailureView, cause?: unknown) {
    super(refusal.code, cause === undefined ? undefined : { cause })
    this.name = 'ApiFailure'
    this.status = status
    this.refusal = refusal
  }
}

export interface RequestOptions {
  body?: unknown
  signal?: AbortSignal
  /** goes on when the page is left; for small bodies */
  keepalive?: boolean
  /** the organization the operator acts for */
  organization?: string | undefined
}

/** Where a page without cookies has its session from. */
export interface Bearer {
  current(): Promise<string>
  /** another one, because the server does not accept this one any more */
  renewed(refused: string): Promise<string>
}
let bearer: Bearer | undefined

/** From now on every request carries it; one that is refused is sent once more with a renewed one. */
export function carryBearer(from: Bearer): void {
  bearer = from
}

/**
 * One request to our own API.
 * @throws {ApiFailure} for every refusal and when no answer came
 */
export async function request<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.organization !== undefined) headers['x-organization'] = options.organization
  const response = await carried(`/api/v1${path}`, {
    method,
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.keepalive === true ? { keepalive: true } : {}),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  return read<T>(response)
}

async function carried(
  path: string,
  init: RequestInit & { headers: Record<string, string> },
): Promise<Response> {
  if (bearer === undefined) return answerOf(path, init)
  const send = (token: string): Promise<Response> =>
    answerOf(path, {
      ...init,
      credentials: 'omit',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    })
  const token = await bearer.current()
  const response = await send(token)
  return response.status === 401 ? send(await bearer.renewed(token)) : response
}

/** @throws {ApiFailure} for every refusal */
export async function read<T>(response: Response): Promise<T> {
  noteServerTime(response.headers.get('date'))
  if (!response.ok) throw new ApiFailure(response.status, await refusalOf(response))
  const text = await response.text()
  // The server parses every answer through the schema T comes from before it leaves; parsing again would ship zod.
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** @throws {ApiFailure} when no answer came */
export async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiFailure(0, { code: 'no-answer' }, cause)
  }
}

async function refusalOf(response: Response): Promise<FailureView> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    return body as FailureView // shaped by failureView; only `code` is relied on
  }
  // A proxy in between answers in its own words: its status is all there is to go by.
  return { code: response.status >= 502 && response.status <= 504 ? 'no-answer' : 'defect' }
}
