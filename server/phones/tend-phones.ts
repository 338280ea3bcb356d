import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import { nextNight } from '../privacy/rewrite.ts'
import type { PhoneAccess } from './accesses.ts'
import { disconnectPhone } from './disconnect.ts'
import { compareHistory } from './history.ts'
import { type AskedPhone, askedPhones, findAsked, type PhoneParts } from './parts.ts'
import { enqueueRead, readPhone } from './read-phone.ts'
import { tendSubscription } from './subscription.ts'

const minuteMs = 60_000
/** Vendors end a subscription without a word after some failed deliveries. */
const everyMs = 10 * minuteMs
/** Seen to be there so long ago: what happened since may not have been told. */
const gapMs = 3 * everyMs

/** Everything that is done again and again for an organization's phone systems begins, or begins anew, now. */
export async function enqueuePhones(
  parts: Pick<PhoneParts, 'directories' | 'jobs' | 'phones'>,
  organization: Organization,
): Promise<void> {
  await enqueueRead(parts, organization)
  for (const { connection } of await askedPhones(parts, organization)) {
    await enqueueTend(parts, organization, connection.id, new Date())
    await enqueueNight(parts, organization, connection.id)
  }
}

async function enqueueTend(
  { jobs }: Pick<PhoneParts, 'jobs'>,
  { id: organizationId }: Organization,
  connectionId: string,
  at: Date,
): Promise<void> {
  await jobs.add(
    'tend-phone',
    { organizationId, connectionId },
    { key: `tend-phone:${connectionId}`, at, alone: true },
  )
}

async function enqueueNight(
  { jobs }: Pick<PhoneParts, 'jobs'>,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  await jobs.add(
    'night-phone',
    { organizationId: organization.id, connectionId },
    { key: `night-phone:${connectionId}`, at: nextNight(organization, new Date()), alone: true, keep: true },
  )
}

/**
 * Every ten minutes: is the phone system still telling us of calls? While it is not, and once after it was not, its own
 * list is compared.
 */
export async function tendPhone(
  parts: PhoneParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const asked = await findAsked(parts, organization, connectionId)
  if (!asked) return // removed since: its work ends with it
  for (const access of await accessesOf(parts, asked)) {
    const told = await tendSubscription(parts, asked, access)
    if (told === 'not-yet' || told === 'by-hand') continue
    const last = access.checkedAt?.getTime() ?? 0
    const gap = access.checkedAt !== undefined && parts.clock.ms() - last > gapMs
    const broken = access.told === 'refused' || access.told === 'away'
    if (told !== 'subscribed' || broken || gap) await compareQuietly(parts, asked, access)
  }
  await enqueueTend(parts, organization, connectionId, new Date(Date.now() + everyMs))
}

/** In the night telephones and lines are read again, and the phone system's list is compared in any case. */
export async function nightPhone(
  parts: PhoneParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const asked = await findAsked(parts, organization, connectionId)
  if (!asked) return // removed since: its work ends with it
  try {
    await readPhone(parts, organization, connectionId)
  } catch (error) {
    const code = failureOf(error)?.code
    if (!code) throw error
    parts.log.warn('telephones-not-read', { connectionId, code }) // the next night, or who changes something
  }
  for (const access of await accessesOf(parts, asked)) await compareQuietly(parts, asked, access)
  await enqueueNight(parts, organization, connectionId)
}

/** Before the agreement, and after the last user has gone, there is none by key, and none is made: only what is left ends. */
async function accessesOf(parts: PhoneParts, asked: AskedPhone): Promise<PhoneAccess[]> {
  const { api, connection, organization, phone } = asked
  const { agreed } = await parts.directories.of(organization)
  if (api.access === 'key' && agreed && api.ready(connection.settings))
    return [
      await parts.accesses.byKey({
        organizationId: organization.id,
        connectionId: connection.id,
        phone: phone.name,
      }),
    ]
  return (await parts.accesses.ofConnection(connection.id)).filter(({ state }) => state === 'active')
}

/** A phone system that does not show its list is asked again the next time; the subscriptions of others are not. */
async function compareQuietly(parts: PhoneParts, asked: AskedPhone, access: PhoneAccess): Promise<void> {
  try {
    await compareHistory(parts, asked, access)
  } catch (error) {
    const code = failureOf(error)?.code
    if (code === undefined || code === 'database-away') throw error
    parts.log.warn('history-not-compared', { connectionId: asked.connection.id, code })
  }
}

/**
 * Looks after grants, every hour, as after those of CRMs: one that was refused is tried again a day later; refused then
 * too, people are warned, and after seven days the phone counts as disconnected (BX-6).
 */
export async function tendGrants(parts: PhoneParts): Promise<void> {
  for (const access of await parts.accesses.inNeed()) {
    const phone = parts.phones.get(access.phone)
    if (!phone || access.userId === undefined) continue
    try {
      await parts.accesses.renew(phone, access)
      if (access.state !== 'active') parts.changed(access.organizationId)
    } catch (error) {
      const failure = failureOf(error)
      parts.log.warn('phone-grant-not-renewed', { accessId: access.id, code: failure?.code ?? 'unexpected' })
      const refused = failure?.code === 'provider-refused' && failure.status === 400
      if (refused && access.endsAt !== undefined && access.endsAt.getTime() <= parts.clock.ms())
        await disconnectPhone(parts, await parts.organizations.get(access.organizationId), access.userId)
      parts.changed(access.organizationId)
    }
  }
}
