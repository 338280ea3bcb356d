import { failed } from '../failure.ts'
import type { LeftThere } from '../privacy/receipt-signing.ts'
import { type EndingParts, endSubscription, oneAtATime } from './end-subscription.ts'
import { customerAccount, expectTrialDay, setTrial } from './subscriptions.ts'

/** `until`: the trial's last day, YYYY-MM-DD. What cannot be undone asks for the name of the thing. */
export type SubscriptionWish =
  | { state: 'active' }
  | { state: 'trial'; until: string }
  | { state: 'ended'; name: string }

/**
 * The operator says how an organization's subscription stands. One that had ended begins anew, empty.
 * @returns of an end: what may still be at other systems; undefined while it goes on by itself
 * @throws RingfenceError `not-found`, `invalid-input`, `conflict` while it is just ending
 */
export async function changeSubscription(
  parts: EndingParts,
  organizationId: string,
  wish: SubscriptionWish,
): Promise<readonly LeftThere[] | undefined> {
  const { name, timeZone, subscription: before } = await customerAccount(parts.cluster, organizationId)
  if (wish.state === 'ended') {
    if (wish.name !== name)
      failed({ code: 'invalid-input', field: 'name', rule: 'the name of the organization' })
    return endSubscription(parts, organizationId)
  }
  const lastDay = wish.state === 'trial' ? wish.until : undefined
  if (lastDay !== undefined) await expectTrialDay(parts.cluster, timeZone, lastDay)
  if (before.state === 'ending') failed({ code: 'conflict', with: 'the end of the subscription' })
  await oneAtATime(parts.cluster, organizationId, async () => {
    const { subscription } = await customerAccount(parts.cluster, organizationId)
    // Who asked for more time of one that ended meanwhile did not ask for an empty one.
    if (subscription.state !== 'ended' || before.state !== 'ended')
      return setTrial(parts.cluster, organizationId, lastDay)
    await parts.organizations.reopen(organizationId, lastDay)
    await parts.letGo(organizationId)
  })
  return []
}
