import { z } from 'zod'
import { anyText, FaultLists, howOften } from '../fault-list.ts'

/**
 * Faults on requests to a portal or to the OAuth server:
 * - `429`: OPERATION_TIME_LIMIT, `503`: QUERY_LIMIT_EXCEEDED, `500`: INTERNAL_SERVER_ERROR; nothing is done
 * - `error`: the ordered `status`, `error` and `description`; nothing is done
 * - `html`: 502 with a page instead of JSON; nothing is done
 * - `timeout`: accepted, never done, never answered
 * - `late-effect`: never answered in time, but done after `delayMs`
 * - `lost-answer`: done at once, then the connection is destroyed
 * - `slow`: done and answered after `delayMs`
 * - `expired-token`: the access token has expired (the refresh token stays good)
 * - `revoked-token`: every token of that user's app on that portal stops working
 * - `down`: the connection is destroyed
 */
export const requestFaultKinds = [
  '429',
  '500',
  '503',
  'error',
  'html',
  'timeout',
  'late-effect',
  'lost-answer',
  'slow',
  'expired-token',
  'revoked-token',
  'down',
] as const

/**
 * Faults on events, each for one delivery:
 * - `duplicate`: sent twice (the vendor never does; a proxy on the way may)
 * - `reorder`: held back until a later event of the portal has gone out, or `delayMs` has passed
 * - `drop`: never sent
 * - `slow`: sent `delayMs` later
 * - `wrong-token`: with another application_token, as from somebody else
 * - `other-member`: with another member_id
 * - `no-tokens`: `auth` holds only what is always there
 */
export const eventFaultKinds = [
  'duplicate',
  'reorder',
  'drop',
  'slow',
  'wrong-token',
  'other-member',
  'no-tokens',
] as const

export const NewRequestFault = z.strictObject({
  kind: z.enum(requestFaultKinds),
  portal: z.string().optional(),
  /** REST method such as `telephony.externalCall.finish`, or `oauth/token`; `*` stands for any text. Any when left out. */
  method: z.string().optional(),
  status: z.number().int().optional(),
  error: z.string().optional(),
  description: z.string().optional(),
  /** `timeout`, `late-effect`: destroy the connection after this time instead of waiting for the caller to give up. */
  cutAfterMs: z.number().nonnegative().optional(),
  ...howOften,
})
export type NewRequestFault = z.input<typeof NewRequestFault>

export const NewEventFault = z.strictObject({
  kind: z.enum(eventFaultKinds),
  portal: z.string().optional(),
  event: z.string().optional(),
  ...howOften,
})
export type NewEventFault = z.input<typeof NewEventFault>

/** The faults ordered and not yet used up. */
export class Bitrix24Faults extends FaultLists<NewRequestFault | NewEventFault> {
  readonly #requests = this.list(NewRequestFault)
  readonly #events = this.list(NewEventFault)

  /** Orders a fault on requests; gives its id. */
  order(fault: NewRequestFault): number {
    return this.#requests.order(fault)
  }

  /** Orders a fault on events; gives its id. */
  orderDelivery(fault: NewEventFault): number {
    return this.#events.order(fault)
  }

  takeRequest(request: { portal: string | null; method: string }): NewRequestFault | undefined {
    return this.#requests.take(
      (order) =>
        (order.portal === undefined || order.portal === request.portal) &&
        (order.method === undefined || fits(order.method, request.method)),
    )
  }

  takeEvent(delivery: { portal: string; event: string }): NewEventFault | undefined {
    return this.#events.take(
      (order) =>
        (order.portal === undefined || order.portal === delivery.portal) &&
        (order.event === undefined || fits(order.event, delivery.event)),
    )
  }
}

function fits(pattern: string, name: string): boolean {
  return new RegExp(`^${anyText(pattern)}$`, 'i').test(name)
}
