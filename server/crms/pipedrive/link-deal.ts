import { z } from 'zod'
import type { CrmSession } from '../contract.ts'
import { type DealLinked, type DealRef, sameDeal } from '../deal.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier, toInteger } from './identifier.ts'
import { refusedAs } from './refusal.ts'

const held = z.object({
  data: z.object({ deal_id: identifier.nullish(), lead_id: identifier.nullish() }),
})
const changed = z.unknown().transform(() => undefined)

/**
 * Links the activity of a written call with another deal or lead, if what it is linked with is nothing, or what we linked
 * ourselves. It is looked at first: Pipedrive knows no "change only if". May be tried again after any failure.
 */
export async function linkDeal(
  client: Client,
  session: CrmSession,
  activityId: string,
  { to, sent }: { to: DealRef | undefined; sent: DealRef | undefined },
): Promise<DealLinked> {
  try {
    const { data } = await client(session, {
      endpoint: endpoints.activity,
      id: activityId,
      answer: held,
      feature: 'deals',
    })
    const linked = linkedIn(data)
    if (sameDeal(linked, to)) return 'linked'
    if (linked !== undefined && !sameDeal(linked, sent)) return 'another'
    await client(session, {
      endpoint: endpoints.changeActivity,
      id: activityId,
      body: linkBody(to, linked),
      answer: changed,
      feature: 'deals',
    })
    return 'linked'
  } catch (error) {
    const kind = refusedAs(error)
    if (kind === 'not-found' || kind === 'gone') return 'gone'
    throw error
  }
}

function linkedIn({ deal_id, lead_id }: z.infer<typeof held>['data']): DealRef | undefined {
  if (deal_id != null) return { kind: 'deal', externalId: deal_id }
  return lead_id == null ? undefined : { kind: 'lead', externalId: lead_id }
}

/** The fields by which call logs and activities name a deal or a lead; never both. */
export function dealFields(deal: DealRef | undefined): { deal_id?: number; lead_id?: string } {
  if (deal === undefined) return {}
  return deal.kind === 'deal' ? { deal_id: toInteger(deal.externalId, 'deal') } : { lead_id: deal.externalId }
}

/** UNVERIFIED that null takes a link away: the description calls both fields a number and a text. */
function linkBody(to: DealRef | undefined, from: DealRef | undefined): Record<string, unknown> {
  const cleared = from === undefined || from.kind === to?.kind ? {} : { [`${from.kind}_id`]: null }
  return { ...cleared, ...dealFields(to) }
}
