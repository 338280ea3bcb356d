import { z } from 'zod'
import type { DealState } from '../deal.ts'
import { identifier } from './identifier.ts'
import { readTime } from './times.ts'

/** A deal or a lead as API and webhooks write it, reduced to what the policy declares. */
const wire = {
  id: identifier,
  person_id: identifier.nullable(),
  is_archived: z.boolean().nullish(),
  is_deleted: z.boolean().nullish(),
  add_time: z.string().nullish(),
  update_time: z.string().nullish(),
}
/** `status`: open, won, lost or deleted */
export const wireDeal = z.object({ ...wire, status: z.string() })
/** UNVERIFIED in webhooks, whose guide shows no lead: taken to be as in the API. Where it is not, the night finds it. */
export const wireLead = z.object(wire)

export function dealFrom(deal: z.infer<typeof wireDeal>, otherwise?: Date): DealState {
  return stateOf('deal', deal, deal.status === 'open', otherwise)
}

/** A lead knows no status: one that is not archived is open. */
export function leadFrom(lead: z.infer<typeof wireLead>, otherwise?: Date): DealState {
  return stateOf('lead', lead, true, otherwise)
}

function stateOf(
  kind: DealState['kind'],
  one: z.infer<typeof wireLead>,
  open: boolean,
  otherwise = new Date(0),
): DealState {
  const isOpen = open && one.is_archived !== true && one.is_deleted !== true
  const toldAt = readTime(one.update_time) ?? readTime(one.add_time) ?? otherwise
  return {
    kind,
    externalId: one.id,
    personExternalId: isOpen ? (one.person_id ?? undefined) : undefined,
    toldAt: toWholeSecond(toldAt),
  }
}

/** The API tells seconds, webhooks sometimes more: in the same second the later word counts. */
export function toWholeSecond(at: Date): string {
  return new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString()
}
