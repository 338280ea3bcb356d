import { failureOf } from '../failure.ts'
import type { PhoneAccess } from './accesses.ts'
import type { PhoneSession } from './contract.ts'
import type { AskedPhone, PhoneParts } from './parts.ts'

export type LeavingParts = Pick<
  PhoneParts,
  'accesses' | 'directories' | 'hooks' | 'log' | 'notices' | 'phones'
>

/** How long somebody waits at most for a phone system to forget us. */
const goodbyeMs = 10_000

/** With what the phone system is asked through this access. */
export const sessionOf = (
  { accesses }: Pick<PhoneParts, 'accesses'>,
  { phone, organization, connection }: AskedPhone,
  access: PhoneAccess,
): PhoneSession => accesses.session(phone, organization, connection, access)

/**
 * Sees to it that the phone system tells us of calls: looks whether the subscription is still there and in use, and makes
 * it anew where it is not. Each has an address and a secret of its own, and older ones end once it is made. What it was
 * for may have ended while the phone system made it: then it ends too.
 * @returns what the card says of it now
 */
export async function tendSubscription(
  parts: PhoneParts,
  asked: AskedPhone,
  access: PhoneAccess,
): Promise<PhoneAccess['told']> {
  const told = await tended(parts, asked, access).catch((error) => {
    const code = failureOf(error)?.code
    if (code === undefined || code === 'database-away') throw error
    parts.log.warn('not-subscribed', { connectionId: asked.connection.id, code })
    return code === 'provider-refused' || code === 'provider-rejected'
      ? ('refused' as const)
      : ('away' as const)
  })
  if (told !== 'subscribed') await parts.accesses.tell(access.id, told)
  if (told !== access.told) parts.changed(asked.organization.id)
  return told
}

async function tended(
  parts: PhoneParts,
  asked: AskedPhone,
  access: PhoneAccess,
): Promise<PhoneAccess['told']> {
  const { api, connection, organization } = asked
  const { settings } = connection
  const { agreed } = await parts.directories.of(organization)
  const ready = agreed && api.ready(settings)
  const byHand = !(api.subscribes?.(settings) ?? true)
  if (!ready || byHand) {
    await endSubscription(parts, asked, access)
    return ready ? 'by-hand' : 'not-yet'
  }
  const session = sessionOf(parts, asked, access)
  const ids = access.subscriptionIds
  if (ids.length > 0 && (await api.isSubscribed(session, ids))) {
    await parts.accesses.tell(access.id, 'subscribed')
    return 'subscribed'
  }
  return makeSubscription(parts, asked, access, session)
}

async function makeSubscription(
  parts: PhoneParts,
  { api, connection, organization, phone }: AskedPhone,
  access: PhoneAccess,
  session: PhoneSession,
): Promise<PhoneAccess['told']> {
  const { key, secret } = await parts.hooks.make(
    {
      organizationId: organization.id,
      connectionId: connection.id,
      side: 'phone',
      adapter: phone.name,
      country: organization.country,
    },
    access.id,
  )
  const under = `${parts.url}/hooks/`
  const made = await api.subscribe(session, { url: `${under}${key}`, secret, under })
  if (made.length === 0) return 'refused'
  if (!(await parts.accesses.keepSubscriptions(access, made))) {
    await api.unsubscribe(session, made)
    return 'not-yet'
  }
  await parts.hooks.keepOnly(access.id, key)
  parts.notices.tell({ about: 'hooks' })
  parts.log.info('subscribed', { connectionId: connection.id })
  return 'subscribed'
}

/**
 * Has the phone system forget us, as far as it answers; what comes all the same is let in no more.
 * @returns is nothing left there?
 */
export async function endSubscription(
  parts: LeavingParts,
  asked: AskedPhone,
  access: PhoneAccess,
): Promise<boolean> {
  let forgotten = true
  if (access.subscriptionIds.length > 0) {
    const goodbye = asked.api.unsubscribe(sessionOf(parts, asked, access), access.subscriptionIds)
    try {
      forgotten = await withinTime(goodbye, goodbyeMs)
    } catch (error) {
      forgotten = false
      parts.log.warn('not-unsubscribed', {
        connectionId: asked.connection.id,
        code: failureOf(error)?.code ?? 'unexpected',
      })
    }
    await parts.accesses.tell(access.id, 'not-yet', [])
  }
  await parts.hooks.keepOnly(access.id)
  parts.notices.tell({ about: 'hooks' })
  return forgotten
}

/** @returns was it done before the time was over? */
export async function withinTime(what: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  what.catch(() => undefined) // too late to be told to anybody
  return Promise.race([what.then(() => true), late]).finally(() => clearTimeout(timer))
}
