import { type Failure, failed, failureOf } from '../failure.ts'

/** How long a request may still take effect after it timed out. Only then is the CRM asked, and only then is it sent again. */
const defaultUnknownWaitMs = 60_000
/** Waits between tries while a CRM is away: from seconds to a quarter of an hour, for as long as the call is kept. */
const defaultWaits = [5, 15, 30, 60, 120, 300, 600, 900]

export interface NextTime {
  state: 'waiting' | 'sending' | 'failed'
  /** a stable code for people */
  reason: string
  at?: Date
}

/**
 * What a failure means for something that is to go into a CRM: wait and come back, wait to ask, or give up until a person
 * looks.
 * @param waits seconds between tries while the CRM is away
 * @returns undefined for what nobody expected
 */
export function afterFailure(
  failure: Failure,
  tries: number,
  unknownWaitMs: number,
  waits: readonly number[] = defaultWaits,
): NextTime | undefined {
  const seconds = waits[Math.min(tries, waits.length) - 1] ?? 900
  switch (failure.code) {
    case 'provider-outcome-unknown':
      return { state: 'sending', reason: 'outcome-unknown', at: new Date(Date.now() + unknownWaitMs + 500) }
    case 'provider-unavailable':
      return { state: 'waiting', reason: 'away', at: later(Math.max(seconds, failure.retryAfterSeconds)) }
    case 'provider-refused':
      return { state: 'waiting', reason: 'refused', at: later(Math.max(seconds, 300)) }
    case 'undeclared':
      return { state: 'failed', reason: 'undeclared' }
    case 'provider-rejected':
      return { state: 'failed', reason: `rejected-${failure.status}` }
    default:
      return undefined
  }
}

/**
 * Asks what became of a request. Whatever stands in the way of asking, its outcome stays unknown: nobody may take it for
 * one that was never sent, and send it again.
 * @throws RingfenceError `provider-outcome-unknown`
 */
export async function stillUnknown<T>(asked: Promise<T>, provider: string): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (failureOf(error)) failed({ code: 'provider-outcome-unknown', provider }, error)
    throw error
  }
}

export const unknownWaitOf = (parts: { unknownWaitMs?: number | undefined }): number =>
  parts.unknownWaitMs ?? defaultUnknownWaitMs

export const later = (seconds: number): Date => new Date(Date.now() + seconds * 1000)
