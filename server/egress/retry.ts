import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '../failure.ts'
import type { EgressResponse } from './index.ts'

export interface RetryOptions {
  /** how often it is sent at most; default 3 */
  attempts?: number
  /** the first wait is up to this; each further one up to twice as long; default 250 ms */
  baseMs?: number
  /** nobody waits longer than this inside one piece of work; default 5 s */
  longestWaitMs?: number
  random?: () => number
  wait?: (ms: number) => Promise<unknown>
}

/** What the other side says about itself and not about the request. 429 is missing: only an adapter knows what it means. */
const passing = new Set([500, 502, 503, 504])

/**
 * Sends a request that changes nothing again while the other side is unwell.
 *
 * Waits are drawn from the whole interval up to the limit ("full jitter"), so that many waiting at once do not come back
 * at once. A `Retry-After` is the least that is waited; one that is longer than `longestWaitMs` ends the attempts, and
 * the caller sees the answer.
 *
 * @param send makes one attempt; it must be safe to make twice
 * @returns the last answer, whatever its status
 */
export async function withRetries(
  send: () => Promise<EgressResponse>,
  options: RetryOptions = {},
): Promise<EgressResponse> {
  const { attempts = 3, baseMs = 250, longestWaitMs = 5000, random = Math.random, wait = sleep } = options
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= attempts
    const outcome = await send().catch((error: unknown) => {
      if (last || failureOf(error)?.code !== 'provider-unavailable') throw error
      return undefined
    })
    if (outcome !== undefined && (last || !passing.has(outcome.status))) return outcome
    const asked = outcome === undefined ? undefined : retryAfterSeconds(outcome.headers)
    const waitMs = Math.max(
      random() * Math.min(baseMs * 2 ** (attempt - 1), longestWaitMs),
      (asked ?? 0) * 1000,
    )
    if (outcome !== undefined && waitMs > longestWaitMs) return outcome
    await wait(waitMs)
  }
}

/**
 * `Retry-After` in seconds, from either of its two forms (RFC 9110, 10.2.3); undefined when missing or unreadable.
 * Never more than a day: nothing sensible asks for longer.
 */
export function retryAfterSeconds(
  headers: Readonly<Record<string, string>>,
  now: Date = new Date(),
): number | undefined {
  const text = headers['retry-after']?.trim()
  if (text === undefined || text === '') return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000)
  if (Number.isNaN(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), 24 * 60 * 60)
}
