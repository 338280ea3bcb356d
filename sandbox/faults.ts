import { z } from 'zod'
import { anyText, FaultLists, howOften } from './fault-list.ts'

/**
 * Faults on a vendor's endpoints:
 * - `429`, `500`, `503`: answered at once with that status; nothing is done
 * - `timeout`: accepted, never done, never answered
 * - `late-effect`: never answered in time, but done after `delayMs`
 * - `lost-answer`: done at once, then the connection is destroyed
 * - `slow`: done and answered after `delayMs`
 * - `expired-token`: the access token stops working (the refresh token stays good)
 * - `revoked-token`: access and refresh token stop working
 * - `down`: the connection is destroyed
 * - `budget-exhausted`: the company's daily token budget is used up from this request on
 *
 * Where a vendor has keys instead of tokens: `expired-token` refuses the key once, `revoked-token` for good, and
 * `budget-exhausted` empties what is left of the rate limit.
 */
export const apiFaultKinds = [
  '429',
  '500',
  '503',
  'timeout',
  'late-effect',
  'lost-answer',
  'slow',
  'expired-token',
  'revoked-token',
  'down',
  'budget-exhausted',
] as const

/**
 * Faults on a telephone system's deliveries, each for one event:
 * - `duplicate`: sent twice
 * - `reorder`: held back until a later event of the same call has gone out (or `delayMs` has passed)
 * - `drop`: never sent
 * - `slow`: sent `delayMs` later; later events of the call do not wait
 * - `retry`: sent, the answer counts as lost, so it is sent again after the retry interval
 * - `wrong-signature`, `no-signature`: sent as by somebody who does not know the secret
 */
export const deliveryFaultKinds = [
  'duplicate',
  'reorder',
  'drop',
  'slow',
  'retry',
  'wrong-signature',
  'no-signature',
] as const

/**
 * Faults on downloads of recordings, each for one request:
 * - `not-ready`: 404, as while the recording is being processed
 * - `refused`: 401
 * - `cut`: the connection is destroyed half way
 * - `slow`: piece by piece, over `delayMs` in all
 * - `expired`: as with a link that is too old
 */
export const downloadFaultKinds = ['not-ready', 'refused', 'cut', 'slow', 'expired'] as const

/**
 * Faults on commands sent to OptimCall, each for one request:
 * - `500`: nothing is done
 * - `refused`: nothing is done, and the answer (200) says so
 * - `hang`: done, never answered
 * - `cut`: done, then the connection is destroyed
 * - `elsewhere`: 307 to `location`
 */
export const commandFaultKinds = ['500', 'refused', 'hang', 'cut', 'elsewhere'] as const

export const NewApiFault = z.strictObject({
  kind: z.enum(apiFaultKinds),
  /** Any method when left out. */
  method: z.string().optional(),
  /** Path below the company's host such as `/api/v1/callLogs`, or `/oauth/token`; `*` stands for any text. Any path when left out. */
  path: z.string().optional(),
  /** `timeout`, `late-effect`: destroy the connection after this time instead of waiting for the caller to give up. */
  cutAfterMs: z.number().nonnegative().optional(),
  /** `429`: what the `Retry-After` header says; null: there is none. For stand-ins whose vendor sends one. */
  retryAfterSeconds: z.number().int().positive().nullable().optional(),
  ...howOften,
})
export type NewApiFault = z.input<typeof NewApiFault>

export const NewDeliveryFault = z.strictObject({
  kind: z.enum(deliveryFaultKinds),
  /** Event name such as `callDisconnected`; any when left out. */
  event: z.string().optional(),
  /** Name of the tenant, or of the account. */
  tenant: z.string().optional(),
  callId: z.string().optional(),
  ...howOften,
})
export type NewDeliveryFault = z.input<typeof NewDeliveryFault>

export const NewDownloadFault = z.strictObject({
  kind: z.enum(downloadFaultKinds),
  tenant: z.string().optional(),
  ...howOften,
})
export type NewDownloadFault = z.input<typeof NewDownloadFault>

export const NewCommandFault = z.strictObject({
  kind: z.enum(commandFaultKinds),
  tenant: z.string().optional(),
  location: z.string().optional(),
  ...howOften,
})
export type NewCommandFault = z.input<typeof NewCommandFault>

type AnyFault = NewApiFault | NewDeliveryFault | NewDownloadFault | NewCommandFault

/** The faults ordered and not yet used up. */
export class Faults extends FaultLists<AnyFault> {
  readonly #api = this.list(NewApiFault)
  readonly #delivery = this.list(NewDeliveryFault)
  readonly #download = this.list(NewDownloadFault)
  readonly #command = this.list(NewCommandFault)

  /** Orders a fault on the vendor's endpoints; gives its id. */
  order(fault: NewApiFault): number {
    return this.#api.order(fault)
  }

  /** Orders a fault on deliveries; gives its id. */
  orderDelivery(fault: NewDeliveryFault): number {
    return this.#delivery.order(fault)
  }

  /** Orders a fault on downloads of recordings; gives its id. */
  orderDownload(fault: NewDownloadFault): number {
    return this.#download.order(fault)
  }

  /** Orders a fault on commands to OptimCall; gives its id. */
  orderCommand(fault: NewCommandFault): number {
    return this.#command.order(fault)
  }

  /** The fault that hits this request, if any; counts as used. */
  takeApi(request: { method: string; path: string }): NewApiFault | undefined {
    return this.#api.take((order) => {
      if (order.method !== undefined && order.method.toUpperCase() !== request.method) return false
      return order.path === undefined || pathPattern(order.path).test(normalPath(request.path))
    })
  }

  /** The fault that hits this delivery, if any; counts as used. */
  takeDelivery(delivery: { tenant: string; event: string; callId: string }): NewDeliveryFault | undefined {
    return this.#delivery.take((order) => {
      if (order.tenant !== undefined && order.tenant !== delivery.tenant) return false
      if (order.callId !== undefined && order.callId !== delivery.callId) return false
      return order.event === undefined || order.event === delivery.event
    })
  }

  /** The fault that hits this download, if any; counts as used. */
  takeDownload(download: { tenant: string }): NewDownloadFault | undefined {
    return this.#download.take((order) => order.tenant === undefined || order.tenant === download.tenant)
  }

  /** The fault that hits this command, if any; counts as used. */
  takeCommand(command: { tenant: string }): NewCommandFault | undefined {
    return this.#command.take((order) => order.tenant === undefined || order.tenant === command.tenant)
  }
}

/** `/v1/...` is another spelling of `/api/v1/...`. */
function normalPath(path: string): string {
  return path.startsWith('/v1/') ? `/api${path}` : path
}

function pathPattern(pattern: string): RegExp {
  return new RegExp(`^${anyText(normalPath(pattern)).replace(/:[a-z]+/gi, '[^/]+')}$`)
}
