import { z } from 'zod'
import type { EgressResponse } from '../../egress/index.ts'
import { retryAfterSeconds } from '../../egress/index.ts'
import type { Failure } from '../../failure.ts'
import { RingfenceError } from '../../failure.ts'

/** What Pipedrive means by an answer that is not a success. */
export type Refusal =
  /** 401: this access token has run out or was revoked */
  | { kind: 'token' }
  /** the app lacks a scope: only installing it again helps, a new token does not */
  | { kind: 'scope' }
  /** the account is closed, or its plan lacks the feature */
  | { kind: 'account' }
  /** this user may not do it, another might */
  | { kind: 'permission' }
  | { kind: 'not-found' }
  | { kind: 'gone' }
  /** the request itself is wrong */
  | { kind: 'wrong' }
  /** too many requests within two seconds */
  | { kind: 'burst'; seconds: number }
  /** the company's tokens of the day are used up */
  | { kind: 'daily'; seconds: number | undefined }
  /** the firewall in front of Pipedrive has had enough of us */
  | { kind: 'blocked' }
  /** Pipedrive is unwell */
  | { kind: 'unwell'; seconds: number }

/** Length of the window that limits bursts, for when the answer does not say what is left of it. */
const burstWindowSeconds = 2
const unwellSeconds = 30
/** Fewer tokens than this may be too few for what was asked. */
const dearestRequest = 40

const errorBody = z.object({ error: z.string().catch(''), code: z.string().catch('') }).partial()

/** What an answer means; undefined: it is a success. */
export function refusalIn(answer: EgressResponse): Refusal | undefined {
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  if (status === 401) return { kind: 'token' }
  if (status === 402 || status === 415) return { kind: 'account' }
  if (status === 403) return refusalOf403(answer)
  if (status === 404) return { kind: 'not-found' }
  if (status === 410) return { kind: 'gone' }
  if (status === 429) return refusalOf429(answer)
  if (status >= 500) return { kind: 'unwell', seconds: retryAfterSeconds(answer.headers) ?? unwellSeconds }
  return { kind: 'wrong' }
}

function refusalOf403(answer: EgressResponse): Refusal {
  if (isHtml(answer)) return { kind: 'blocked' }
  const body = errorBody.safeParse(readJson(answer.body)).data
  if (body?.error?.toLowerCase() === 'scope and url mismatch') return { kind: 'scope' }
  // a limit of the plan names itself, e.g. feature_capping_deals_limit
  if (body?.code !== undefined && body.code !== '') return { kind: 'account' }
  return { kind: 'permission' }
}

/**
 * Two limits share one status. UNVERIFIED: neither body nor `Retry-After` of a 429 is documented. What is left of the
 * day decides where Pipedrive says it; where it does not, requests left in the two-second window mean that it was not the
 * window that ran out.
 */
function refusalOf429({ headers }: EgressResponse): Refusal {
  const asked = retryAfterSeconds(headers)
  const leftToday = numberIn(headers, 'x-daily-ratelimit-token-remaining') ?? 0
  const leftInWindow = numberIn(headers, 'x-ratelimit-remaining') ?? 0
  const saysDay = headers['x-daily-ratelimit-token-remaining'] !== undefined
  const daily = (saysDay && leftToday === 0) || (leftInWindow > 0 && leftToday < dearestRequest)
  if (daily) return { kind: 'daily', seconds: asked }
  const reset = numberIn(headers, 'x-ratelimit-reset') ?? 0
  const window = reset > 0 && reset <= 60 ? Math.ceil(reset) : burstWindowSeconds
  return { kind: 'burst', seconds: Math.max(asked ?? window, 1) }
}

function numberIn(headers: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = headers[name]
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** Cloudflare answers with a page where Pipedrive answers with JSON. */
function isHtml({ headers, body }: EgressResponse): boolean {
  return (
    headers['content-type']?.includes('html') === true ||
    body.subarray(0, 64).toString().trim().startsWith('<')
  )
}

export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // whoever asked for a shape will not find it in this
  }
}

export const provider = 'pipedrive'

/** A refusal on its way up; callers that can do something about one kind catch it by `refusal.kind`. */
export class PipedriveRefusal extends RingfenceError {
  readonly refusal: Refusal
  constructor(refusal: Refusal, failure: Failure) {
    super(failure)
    this.refusal = refusal
  }
}

export function refusedAs(error: unknown): Refusal['kind'] | undefined {
  return error instanceof PipedriveRefusal ? error.refusal.kind : undefined
}

/** The app, the plan or this user: whoever it is, asking again does not help. */
export function isForbidden(error: unknown): boolean {
  const kind = refusedAs(error)
  return kind === 'scope' || kind === 'account' || kind === 'permission'
}

/** Not there, or not for this user: what is not theirs to see may be answered either way. */
export function isUnseen(error: unknown): boolean {
  const kind = refusedAs(error)
  return kind === 'not-found' || kind === 'gone' || isForbidden(error)
}
