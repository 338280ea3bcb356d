import type { Failure } from '../../failure.ts'
import { RingfenceError } from '../../failure.ts'
import type { Method } from './methods.ts'
import type { Refusal, Wrong } from './refusal.ts'

export const provider = 'bitrix24'

/** @param seconds until the portal may be asked again, where it has to be left alone */
export function failureFor(
  refusal: Refusal,
  status: number,
  effect: Method['effect'],
  seconds: number,
): Failure {
  const refused = (as: number): Failure => ({ code: 'provider-refused', provider, status: as })
  const later = (after: number): Failure => ({
    code: 'provider-unavailable',
    provider,
    retryAfterSeconds: Math.max(Math.ceil(after), 1),
  })
  switch (refusal.kind) {
    case 'token':
    case 'doubtful':
    case 'user-gone':
      return refused(401)
    case 'unpaid':
      return refused(402)
    case 'permission':
      return refused(403)
    case 'portal-gone':
      return refused(410)
    case 'moved':
      return refused(status)
    case 'full':
    case 'slow-method':
    case 'blocked':
      return later(seconds)
    case 'away':
      return later(refusal.seconds)
    case 'unwell':
      return effect === 'once' ? { code: 'provider-outcome-unknown', provider } : later(refusal.seconds)
    case 'not-found':
      return { code: 'provider-rejected', provider, status: 404 }
    case 'wrong':
      return { code: 'provider-rejected', provider, status: Math.max(status, 400) }
  }
}

/** A refusal on its way up; callers that can do something about one kind catch it. Its sentence stays behind: it may quote. */
export class BitrixRefusal extends RingfenceError {
  readonly refusal: Refusal
  constructor(refusal: Refusal, failure: Failure) {
    super(failure)
    this.refusal = refusal
  }
}

export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof BitrixRefusal ? error.refusal : undefined
}

export const isWrong = (error: unknown, why: Wrong): boolean => {
  const refusal = refusalOf(error)
  return refusal?.kind === 'wrong' && refusal.why === why
}

export const isGoneCall = (error: unknown): boolean => {
  const refusal = refusalOf(error)
  return refusal?.kind === 'not-found' && refusal.what === 'call'
}
