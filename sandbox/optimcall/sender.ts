import type { Clock } from '../clock.ts'
import { DeliveryQueue } from '../delivery-queue.ts'
import type { Faults } from '../faults.ts'
import { deliver } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import type { Timers } from '../timers.ts'
import type { EnsEvent } from './pbx-call.ts'
import type { Sockets } from './sockets.ts'
import { hookOf, type Tenant, takesSockets } from './tenant.ts'

/**
 * Delivers events, over the open WebSockets and to the webhook, whichever the tenant has. Any answer but 2xx counts as
 * failed. Over a WebSocket nothing fails: who is not connected misses the event.
 */
export class Sender {
  readonly #clock: Clock
  readonly #faults: Faults
  readonly #ledger: Ledger
  readonly #sockets: Sockets
  readonly #queue: DeliveryQueue

  constructor(options: {
    clock: Clock
    faults: Faults
    ledger: Ledger
    timers: Timers
    sockets: Sockets
  }) {
    this.#clock = options.clock
    this.#faults = options.faults
    this.#ledger = options.ledger
    this.#sockets = options.sockets
    this.#queue = new DeliveryQueue(options.timers)
  }

  /** Puts an event into the queue of its call and returns at once. */
  send(tenant: Tenant, event: EnsEvent): void {
    if (hookOf(tenant) === undefined && !takesSockets(tenant)) return
    this.#queue.send({
      key: event.callId,
      takeFault: () =>
        this.#faults.takeDelivery({ tenant: tenant.name, event: event.name, callId: event.callId }),
      attempt: (how) => this.#attempt(tenant, event, how),
      dropped: () =>
        this.#note(tenant, event, { attempt: 0, status: null, error: 'never sent', fault: 'drop' }),
      retries: { most: tenant.maxRetries, intervalMs: tenant.retryIntervalSeconds * 1000 },
    })
  }

  async #attempt(
    tenant: Tenant,
    event: EnsEvent,
    { attempt, fault }: { attempt: number; fault: string | null },
  ): Promise<boolean> {
    if (takesSockets(tenant)) {
      const error = this.#sockets.send(tenant, event) === 0 ? 'nobody connected' : null
      this.#note(tenant, event, { attempt, status: null, error, fault, url: 'websocket' })
    }
    const hookUrl = hookOf(tenant)
    if (hookUrl === undefined) return true
    const at = this.#clock.now()
    const { status, error } = await deliver({
      method: 'POST',
      url: hookUrl,
      headers: keyHeader(tenant.secret, fault),
      body: event,
      timeoutMs: tenant.timeoutMs,
    })
    this.#note(tenant, event, { attempt, status, error, fault, at })
    return status !== null && status >= 200 && status < 300
  }

  #note(
    tenant: Tenant,
    event: EnsEvent,
    result: {
      attempt: number
      status: number | null
      error: string | null
      fault: string | null
      at?: number
      url?: string
    },
  ): void {
    const { at = this.#clock.now(), ...rest } = result
    this.#ledger.hooks.push({
      at: new Date(at).toISOString(),
      sender: 'optimcall',
      event: event.name,
      subject: event.callId,
      url: tenant.hookUrl ?? '',
      ...rest,
    })
  }
}

function keyHeader(secret: string | undefined, fault: string | null): Record<string, string> {
  if (fault === 'wrong-signature') return { 'X-OptimCall-Key': `not ${secret ?? 'a secret'}` }
  return secret === undefined || fault === 'no-signature' ? {} : { 'X-OptimCall-Key': secret }
}
