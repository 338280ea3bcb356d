import { z } from 'zod'
import type { EgressResponse } from '../../egress/index.ts'
import { retryAfterSeconds } from '../../egress/index.ts'
import { readJson } from './wire.ts'

/** What Bitrix24 means by an answer that is not a success. */
export type Refusal =
  /** this access token has run out, or its app is not installed there: the OAuth server knows which */
  | { kind: 'token' }
  /** refused now and then without a reason; it may be tried once more */
  | { kind: 'doubtful' }
  /** the user whose token it is has been dismissed */
  | { kind: 'user-gone' }
  /** another address answers for this portal now */
  | { kind: 'moved' }
  /** nobody pays for REST there any more */
  | { kind: 'unpaid' }
  | { kind: 'portal-gone' }
  /** a right or scope is missing: this user may not, another might */
  | { kind: 'permission' }
  /** more requests than its bucket holds */
  | { kind: 'full' }
  /** this method has used up its time; `until` in milliseconds since 1970 UTC, where it says so */
  | { kind: 'slow-method'; until: number | undefined }
  /** Bitrix24's staff have shut us out */
  | { kind: 'blocked' }
  /** nothing was done, and it may be tried again later */
  | { kind: 'away'; seconds: number }
  /** it is unwell, and may have done what it was asked */
  | { kind: 'unwell'; seconds: number }
  | { kind: 'not-found'; what: 'call' | 'something' }
  /** the request itself is wrong */
  | { kind: 'wrong'; why: Wrong }

/** What of a request is wrong, as far as we do something about it. */
export type Wrong = 'user' | 'there-already' | 'not-finished' | 'not-fetched' | 'something'

const unwellSeconds = 30

const errorBody = z.object({
  error: z.unknown().optional(),
  error_description: z.unknown().optional(),
  result: z.unknown().optional(),
  time: z
    .object({ operating_reset_at: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/**
 * What an answer means; undefined: it is a success. Codes are written in either case, may be empty, a number or a whole
 * sentence, and come with HTTP 200 too: so both code and sentence are read, and the status last.
 */
export function refusalIn(answer: EgressResponse): Refusal | undefined {
  const { status } = answer
  if (status >= 300 && status < 400) return { kind: 'moved' }
  const body = errorBody.safeParse(readJson(answer.body)).data
  const said = body !== undefined && body.error !== undefined && body.error !== null
  if (status < 300 && !(said && body.result === undefined)) return undefined
  const { code, sentence } = wordsOf(body)
  return byCode(code, sentence, body?.time?.operating_reset_at) ?? bySentence(sentence) ?? byStatus(answer)
}

/** REST 3.0 wraps both into one object. */
function wordsOf(body: z.infer<typeof errorBody> | undefined): { code: string; sentence: string } {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
  const error = body?.error
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    return { code: text(code).toUpperCase(), sentence: text(message) }
  }
  return { code: text(error).toUpperCase(), sentence: `${text(error)} ${text(body?.error_description)}` }
}

function byCode(code: string, sentence: string, resetAt: number | undefined): Refusal | undefined {
  switch (code) {
    case 'EXPIRED_TOKEN':
    case 'INVALID_TOKEN':
    case 'ERROR_OAUTH':
    case 'APPLICATION_NOT_FOUND':
    case 'NOT_INSTALLED':
      return { kind: 'token' }
    case 'NO_AUTH_FOUND':
      return { kind: 'doubtful' }
    case 'AUTHORIZATION_ERROR':
      return { kind: 'user-gone' }
    case 'PAYMENT_REQUIRED':
      return { kind: 'unpaid' }
    case 'ACCESS_DENIED':
      return { kind: /commercial plans/i.test(sentence) ? 'unpaid' : 'permission' }
    case 'PORTAL_DELETED':
      return { kind: 'portal-gone' }
    case 'INSUFFICIENT_SCOPE':
    case 'INVALID_CREDENTIALS':
    case 'USER_ACCESS_ERROR':
    case 'WRONG_AUTH_TYPE':
    case 'METHOD_CONFIRM_WAITING':
    case 'METHOD_CONFIRM_DENIED':
    case 'ALLOWED_ONLY_INTRANET_USER':
    case 'ERROR_METHOD_NOT_FOUND': // a module or a plan is missing
      return { kind: 'permission' }
    case 'QUERY_LIMIT_EXCEEDED':
      return { kind: 'full' }
    case 'OPERATION_TIME_LIMIT':
      return { kind: 'slow-method', until: resetAt === undefined ? undefined : resetAt * 1000 }
    case 'OVERLOAD_LIMIT':
      return { kind: 'blocked' }
    case 'CONNECTION_ERROR':
      return { kind: 'away', seconds: unwellSeconds }
    case 'NOT_FOUND':
    case 'OWNER_NOT_FOUND':
      return { kind: 'not-found', what: 'something' }
    default:
      return undefined
  }
}

/** What business errors say; their code is ERROR_CORE, empty or anything. */
function bySentence(sentence: string): Refusal | undefined {
  if (/call is not found in the statistic table|not finished yet/i.test(sentence))
    return { kind: 'wrong', why: 'not-finished' }
  if (/call is not found/i.test(sentence)) return { kind: 'not-found', what: 'call' }
  if (/user is not found or is not active/i.test(sentence)) return { kind: 'wrong', why: 'user' }
  if (/line already exists|unable to set event handler/i.test(sentence))
    return { kind: 'wrong', why: 'there-already' }
  if (/server returns http error code/i.test(sentence)) return { kind: 'wrong', why: 'not-fetched' }
  if (/access denied/i.test(sentence)) return { kind: 'permission' }
  if (/not found/i.test(sentence)) return { kind: 'not-found', what: 'something' }
  return undefined
}

function byStatus({ status, headers }: EgressResponse): Refusal {
  if (status === 401) return { kind: 'token' }
  if (status === 402) return { kind: 'unpaid' }
  if (status === 403) return { kind: 'permission' }
  if (status === 410) return { kind: 'portal-gone' }
  if (status === 429) return { kind: 'slow-method', until: undefined }
  if (status >= 500) return { kind: 'unwell', seconds: retryAfterSeconds(headers) ?? unwellSeconds }
  return { kind: 'wrong', why: 'something' }
}
