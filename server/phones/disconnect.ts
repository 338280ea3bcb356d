import type { Organization } from '../organizations/organization.ts'
import { purge, purgeRowsOf } from '../privacy/purge.ts'
import { askedPhones, findAsked, type PhoneParts } from './parts.ts'
import { endSubscription, type LeavingParts, withinTime } from './subscription.ts'

/**
 * Ends what there is of a user's telephone (BX-6): the phone systems forget us, as far as they answer; tokens, the phone
 * system's id of the user and the extension are gone when this returns, their bytes a moment later. Nothing connects them
 * again but the user.
 */
export async function disconnectPhone(
  parts: PhoneParts,
  organization: Organization,
  userId: string,
): Promise<void> {
  await leavePhones(parts, organization, userId)
  await purgeRowsOf(parts, organization, { end: 'phone disconnected by the user', userId })
  await organization.transaction(
    (db) => db.rows('update users set extensions_by_hand = true where id = $1', [userId]),
    'show calls to the people they are for',
  )
  await parts.jobs.add(
    'forget-phone',
    { organizationId: organization.id, userId },
    { key: `forget-phone:${userId}`, alone: true },
  )
  await parts.hooks.load()
  parts.notices.tell({ about: 'hooks' })
  parts.changed(organization.id)
}

/** The bytes go too. May be run again. */
export async function forgetPhone(
  parts: Pick<PhoneParts, 'cluster' | 'organizations' | 'ring'>,
  organization: Organization,
  userId: string,
): Promise<void> {
  await purge(parts, organization, { end: 'phone disconnected by the user', userId })
}

/**
 * Has phone systems forget us before what is needed for it is removed: of one user, or, when nobody is left, of all.
 */
export async function leavePhones(
  parts: LeavingParts,
  organization: Organization,
  userId: string | undefined,
): Promise<void> {
  const accesses = await (userId === undefined
    ? parts.accesses.ofOrganization(organization.id)
    : parts.accesses.ofUser(userId))
  const asked = await askedPhones(parts, organization)
  for (const access of accesses) {
    const one = asked.find(({ connection }) => connection.id === access.connectionId)
    if (one) await endSubscription(parts, one, access)
    if (access.userId === undefined) await parts.accesses.remove(access.id)
  }
}

/**
 * Has all phone systems of an organization that ends or is deleted forget us, beside each other and as far as they answer in
 * time: what is kept here does not wait for them.
 * @returns per access how many subscriptions may still be there
 */
export async function leavePhonesInTime(
  parts: LeavingParts,
  organization: Organization,
  patienceMs: number,
): Promise<Map<string, number>> {
  const left = new Map<string, number>()
  const asked = await askedPhones(parts, organization)
  const accesses = await parts.accesses.ofOrganization(organization.id)
  for (const { id, subscriptionIds } of accesses) left.set(id, subscriptionIds.length)
  const waiting = accesses.values()
  const worker = async () => {
    for (const access of waiting) {
      const one = asked.find(({ connection }) => connection.id === access.connectionId)
      if (one && (await endSubscription(parts, one, access))) left.delete(access.id)
    }
  }
  await withinTime(Promise.all(Array.from({ length: leftAtOnce }, worker)), patienceMs)
  return new Map(left)
}

/** Vendors slow down whoever asks more of them at once. */
const leftAtOnce = 8

/** An administrator removes a phone system: it forgets us, and every access to it is gone. */
export async function leavePhone(
  parts: LeavingParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const asked = await findAsked(parts, organization, connectionId)
  for (const access of await parts.accesses.ofConnection(connectionId)) {
    if (asked) await endSubscription(parts, asked, access)
    await parts.accesses.remove(access.id)
  }
}
