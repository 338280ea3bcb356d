import type { EgressStream } from '../egress/index.ts'
import { retryAfterSeconds } from '../egress/index.ts'
import { type Failure, failureOf } from '../failure.ts'

/**
 * What became of one try. `why` is a stable code for people and logs; those that begin with `phone-` are the phone
 * system's. Waiting has no used-up tries: the recording is worth trying for as long as its call is kept.
 */
export type Outcome =
  | { state: 'attached' }
  | { state: 'waiting'; why: string; seconds: number }
  | { state: 'failed'; why: string }
  /** nothing is to be done any more */
  | { state: 'left'; why: string }

/** Waits between tries: at first in seconds, because a recording is often ready a moment later, then up to an hour. */
const waits = [5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
const waitAfter = (tries: number): number => waits[Math.min(tries, waits.length) - 1] ?? 3600
/** For what a person has to change first. */
const personSeconds = 300

export const notReady = (tries: number): Outcome => ({
  state: 'waiting',
  why: 'phone-not-ready',
  seconds: waitAfter(tries),
})

/** What the head of the phone system's answer means; undefined: the recording follows. */
export function afterHead(
  { status, headers }: Pick<EgressStream, 'status' | 'headers'>,
  tries: number,
): Outcome | undefined {
  if (status === 200) return undefined
  if (status === 404 || (status > 200 && status < 300)) return notReady(tries)
  if (status === 401 || status === 403 || status === 407)
    return { state: 'waiting', why: 'phone-refused', seconds: Math.max(personSeconds, waitAfter(tries)) }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = Math.max(waitAfter(tries), retryAfterSeconds(headers) ?? 0)
    return { state: 'waiting', why: 'phone-away', seconds }
  }
  return { state: 'failed', why: `phone-rejected-${status}` }
}

/** What a failure on the way from the phone system means; undefined: nobody expected it. */
export function afterPhone(failure: Failure, tries: number): Outcome | undefined {
  switch (failure.code) {
    case 'provider-unavailable':
      return {
        state: 'waiting',
        why: 'phone-away',
        seconds: Math.max(waitAfter(tries), failure.retryAfterSeconds),
      }
    case 'too-large':
      return { state: 'failed', why: 'phone-too-large' }
    case 'undeclared':
    case 'invalid-input':
      return { state: 'failed', why: 'phone-undeclared' }
    default:
      return undefined
  }
}

/** What it means that the phone system does not say where a recording is; undefined: nobody expected it. */
export function afterLocate(failure: Failure, tries: number): Outcome | undefined {
  if (failure.code === 'provider-refused')
    return { state: 'waiting', why: 'phone-refused', seconds: Math.max(personSeconds, waitAfter(tries)) }
  if (failure.code === 'provider-rejected')
    return failure.status === 404
      ? { state: 'left', why: 'phone-none' }
      : { state: 'failed', why: `phone-rejected-${failure.status}` }
  return afterPhone(failure, tries)
}

/** What a failure on the way into the CRM means; undefined: nobody expected it. */
export function afterCrm(failure: Failure, tries: number, unknownWaitMs: number): Outcome | undefined {
  switch (failure.code) {
    case 'provider-outcome-unknown': // it may be there already: whoever tries again is told so
      return { state: 'waiting', why: 'outcome-unknown', seconds: (unknownWaitMs + 500) / 1000 }
    case 'provider-unavailable':
      return { state: 'waiting', why: 'away', seconds: Math.max(waitAfter(tries), failure.retryAfterSeconds) }
    case 'provider-refused':
      return { state: 'waiting', why: 'refused', seconds: Math.max(personSeconds, waitAfter(tries)) }
    case 'provider-rejected':
      return failure.status === 404
        ? { state: 'left', why: 'log-gone' }
        : { state: 'failed', why: `rejected-${failure.status}` }
    case 'undeclared':
      return { state: 'failed', why: 'undeclared' }
    default:
      return undefined
  }
}

/** What an error means, by one of these; what nobody expected goes on its way. */
export function expected(error: unknown, meaning: (failure: Failure) => Outcome | undefined): Outcome {
  const failure = failureOf(error)
  const outcome = failure && meaning(failure)
  if (!outcome) throw error
  return outcome
}
