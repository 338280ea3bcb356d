import { randomUUID } from 'node:crypto'
import { forms } from '../policy/forms.ts'
import type { Plain } from '../policy/personal.ts'

/**
 * Everything that can go wrong on purpose. Codes are stable: they reach clients, logs and job rows, and they never
 * carry a name, number, address or text that somebody else supplied.
 */
export type Failure =
  | { code: 'invalid-input'; field: Plain; rule: Plain }
  | { code: 'too-large'; field: Plain; limitBytes: number }
  | { code: 'unauthorized' }
  | { code: 'not-installed' } // the CRM says who it is, and nobody like that has installed the app
  | { code: 'forbidden'; needs: Plain }
  | { code: 'not-found'; what: Plain } // also when it is another organization's
  | { code: 'conflict'; with: Plain }
  | { code: 'unreadable'; what: Plain } // the key is gone, or the value was moved
  | { code: 'setting'; name: Plain; sentence: Plain } // a person has to change a setting
  | { code: 'database-away' }
  | { code: 'busy'; what: Plain; retryAfterSeconds: number }
  | { code: 'too-often'; what: Plain; retryAfterSeconds: number } // somebody did it too often, and may again later
  | { code: 'not-dialled'; why: Plain } // a number that click-to-call refuses
  | { code: 'not-approved'; what: Plain } // nobody answers for a document yet, so it cannot take effect
  | { code: 'undeclared'; what: Plain } // the policy does not allow it
  | { code: 'provider-unavailable'; provider: Plain; retryAfterSeconds: number } // the job tries again
  | { code: 'provider-outcome-unknown'; provider: Plain } // the request may still take effect: ask before sending again
  | { code: 'provider-refused'; provider: Plain; status: number } // a person has to act: reconnect, pay, permit
  | { code: 'provider-rejected'; provider: Plain; status: number } // this one request is wrong; another may be right

export type FailureCode = Failure['code']

/** The only error thrown on purpose. `message` is the code alone, so that printing it can reveal nothing. */
export class RingfenceError extends Error {
  readonly failure: Failure
  constructor(failure: Failure, cause?: unknown) {
    super(failure.code, cause === undefined ? undefined : { cause })
    this.name = 'RingfenceError'
    this.failure = failure
  }
}

export function failed(failure: Failure, cause?: unknown): never {
  throw new RingfenceError(failure, cause)
}

export function failureOf(error: unknown): Failure | undefined {
  return error instanceof RingfenceError ? error.failure : undefined
}

/**
 * What may be written down about an error nobody expected: its class, our own stack frames, and an id to find it by.
 * Message, detail and cause stay out, because drivers and parsers quote values in them.
 */
export function describeDefect(error: unknown): {
  id: string
  class: string
  frames: string[]
  sqlState?: string
} {
  const id = randomUUID()
  if (!(error instanceof Error)) return { id, class: typeof error, frames: [] }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at ') && !line.includes('node_modules'))
    .map((line) => line.trim().replace(/file:\/\/.*\/(server|policy|sandbox|bench|testing)\//, '$1/'))
    .filter((frame) => forms.frames([frame])) // whatever else begins so may be the end of a message
    .slice(0, 8)
  const code = (error as { code?: unknown }).code
  const sqlState = typeof code === 'string' && forms['error code'](code) ? { sqlState: code } : {}
  return { id, class: error.constructor.name, frames, ...sqlState }
}
