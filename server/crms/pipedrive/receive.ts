import { z } from 'zod'
import { failed } from '../../failure.ts'
import type { RawRequest } from '../../phones/contract.ts'
import type { MirrorEvent } from '../contract.ts'
import { isAuthorised } from './basic-credentials.ts'
import { dealFrom, leadFrom, toWholeSecond, wireDeal, wireLead } from './deal-wire.ts'
import { identifier } from './identifier.ts'
import { companyFrom, contactFrom, wireOrganization, wirePerson } from './person.ts'
import { readJson } from './refusal.ts'
import type { SetUpMemory } from './set-up-memory.ts'
import { readTime } from './times.ts'

const lenientId = identifier.nullish().catch(undefined)

const delivery = z.object({
  meta: z.object({
    action: z.string(),
    entity: z.string(),
    id: identifier,
    entity_id: lenientId,
    company_id: lenientId,
    /** text, or for users a number */
    timestamp: z.union([z.string(), z.number()]).nullish().catch(undefined),
    host: z.string().nullish().catch(undefined),
    merged_to_id: lenientId,
    merged_from_id: lenientId,
  }),
  data: z.unknown(),
  previous: z.unknown(),
})
type Delivery = z.infer<typeof delivery>

const onlyId = z.object({ id: identifier })
const wireUser = z.object({
  id: identifier,
  name: z.string(),
  email: z.string().nullish(),
  active_flag: z.boolean().catch(true),
})

/**
 * What one webhook delivery (version 2) says, in our words.
 *
 * There is no signature; the address and Basic credentials are the only proof. A verified delivery that we cannot use
 * gives nothing instead of an error, because ten refused ones ban the hook for half an hour and events of that time
 * are lost; the hourly catch-up finds what it was about.
 *
 * A merge arrives as a `delete` that names the surviving record, and a `change` of that one.
 *
 * @throws {RingfenceError} `unauthorized`; `invalid-input` for what is no delivery of Pipedrive at all
 * @see https://pipedrive.readme.io/docs/guide-for-webhooks-v2
 */
export function receive(
  memory: SetUpMemory,
  request: RawRequest,
  secrets: { user: string; password: string },
): MirrorEvent[] {
  if (!isAuthorised(request, secrets)) return failed({ code: 'unauthorized' })
  const read = delivery.safeParse(readJson(request.body))
  if (!read.success) return failed({ code: 'invalid-input', field: 'body', rule: 'webhook-v2' })
  const event = eventOf(read.data, memory)
  return event === undefined ? [] : [event]
}

function eventOf(one: Delivery, memory: SetUpMemory): MirrorEvent | undefined {
  const gone = one.meta.action === 'delete'
  if (!gone && one.meta.action !== 'create' && one.meta.action !== 'change') return undefined
  switch (one.meta.entity) {
    case 'person':
      return gone ? contactGone(one) : contactChanged(one, memory)
    case 'organization':
      return gone ? companyGone(one) : companyChanged(one)
    case 'user':
      return userChanged(one, gone)
    case 'deal':
    case 'lead':
      return gone ? dealGone(one, one.meta.entity) : dealChanged(one)
    default:
      return undefined
  }
}

function contactChanged({ meta, data }: Delivery, memory: SetUpMemory): MirrorEvent | undefined {
  const read = wirePerson.safeParse(data)
  // UNVERIFIED: documented examples show `phones`. Without it the numbers are unknown, which is not the same as none.
  if (!read.success || read.data.phones == null) return undefined
  const setUp = memory.recall(meta.host ?? undefined, meta.company_id ?? undefined)
  return {
    kind: 'contact-changed',
    contact: contactFrom(read.data, setUp, readTime(meta.timestamp)),
    ...(meta.merged_from_id == null ? {} : { mergedFrom: meta.merged_from_id }),
    eventId: meta.id,
  }
}

function contactGone(one: Delivery): MirrorEvent | undefined {
  const externalId = goneId(one)
  if (externalId === undefined) return undefined
  const { id: eventId, merged_to_id: mergedInto } = one.meta
  return { kind: 'contact-gone', externalId, ...(mergedInto == null ? {} : { mergedInto }), eventId }
}

function companyChanged({ meta, data }: Delivery): MirrorEvent | undefined {
  const read = wireOrganization.safeParse(data)
  return read.success
    ? { kind: 'company-changed', company: companyFrom(read.data), eventId: meta.id }
    : undefined
}

function companyGone(one: Delivery): MirrorEvent | undefined {
  const externalId = goneId(one)
  return externalId === undefined ? undefined : { kind: 'company-gone', externalId, eventId: one.meta.id }
}

function dealChanged({ meta, data }: Delivery): MirrorEvent | undefined {
  const at = readTime(meta.timestamp)
  const eventId = meta.id
  if (meta.entity === 'lead') {
    const read = wireLead.safeParse(data)
    return read.success ? { kind: 'deal-changed', deal: leadFrom(read.data, at), eventId } : undefined
  }
  const read = wireDeal.safeParse(data)
  return read.success ? { kind: 'deal-changed', deal: dealFrom(read.data, at), eventId } : undefined
}

/** One that is gone is nobody's; without a time of its own it went when we were told. */
function dealGone(one: Delivery, kind: 'deal' | 'lead'): MirrorEvent | undefined {
  const externalId = goneId(one)
  if (externalId === undefined) return undefined
  const toldAt = toWholeSecond(readTime(one.meta.timestamp) ?? new Date())
  return {
    kind: 'deal-changed',
    deal: { kind, externalId, personExternalId: undefined, toldAt },
    eventId: one.meta.id,
  }
}

/** `previous` holds the last state of what was deleted. */
function goneId({ meta, previous }: Delivery): string | undefined {
  return meta.entity_id ?? onlyId.safeParse(previous).data?.id
}

/**
 * A user who was removed arrives as a change to inactive. Deliveries do not say who is an administrator.
 */
function userChanged({ meta, data, previous }: Delivery, gone: boolean): MirrorEvent | undefined {
  const read = wireUser.safeParse(gone ? previous : data)
  if (!read.success) return undefined
  const { id, name, email, active_flag } = read.data
  const active = active_flag && !gone
  const user = { externalId: id, name, email: email ?? undefined, active, administrator: undefined }
  // for users `meta.id` is the user's own id, the same every time
  return { kind: 'user-changed', user, eventId: `user ${id} ${meta.timestamp ?? meta.id}` }
}
