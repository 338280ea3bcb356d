import { failed } from '../failure.ts'
import type { CrmSession } from './contract.ts'

/** Of the time after which somebody else asks, so much may pass before the request leaves; the rest is for its answer. */
const share = 1 / 3
const atLeastMs = 700

/**
 * A session for a request that makes or changes something, whose intent was committed after `since`. Whoever comes when
 * the time for an unknown outcome is over asks whether it is there, and makes it if it is not. So what could not leave by
 * then (the token had to be renewed, the machine stood still) must not leave at all: it counts as unknown, and is asked
 * for too.
 *
 * @param since milliseconds since 1970 UTC; not of a clock that stands still with the machine
 * @throws RingfenceError from its tokens, `provider-outcome-unknown`
 */
export function inTime(session: CrmSession, since: number, unknownWaitMs: number): CrmSession {
  const until = since + Math.max(unknownWaitMs * share, atLeastMs)
  const onlyInTime = (token: string): string =>
    Date.now() <= until ? token : failed({ code: 'provider-outcome-unknown', provider: 'crm' })
  return {
    ...session,
    accessToken: async () => onlyInTime(await session.accessToken()),
    renewed: async (refused) => onlyInTime(await session.renewed(refused)),
  }
}
