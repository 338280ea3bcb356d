import { type Attempt, DeliveryQueue } from '../delivery-queue.ts'
import { sendHook } from '../send-hook.ts'
import type { OptimCall } from './index.ts'
import type { EnsEvent } from './pbx-call.ts'
import type { Sockets } from './sockets.ts'
import { hookOf, type Tenant, takesSockets } from './tenant.ts'

/**
 * Delivers events, over the open WebSockets and to the webhook, whichever the tenant has. Any answer but 2xx counts as
 * failed. Over a WebSocket nothing fails: who is not connected misses the event.
 */
export class Sender {
  readonly #optimcall: OptimCall
  readonly #sockets: Sockets
  readonly #queue: DeliveryQueue

  constructor(optimcall: OptimCall, sockets: Sockets) {
    this.#optimcall = optimcall
    this.#sockets = sockets
    this.#queue = new DeliveryQueue(optimcall)
  }

  /** Puts an event into the queue of its call and returns at once. */
  send(tenant: Tenant, event: EnsEvent): void {
    if (hookOf(tenant) === undefined && !takesSockets(tenant)) return
    const { faults } = this.#optimcall
    const { name, callId } = event
    this.#queue.send({
      key: callId,
      takeFault: () => faults.takeDelivery({ tenant: tenant.name, event: name, callId }),
      hook: { sender: 'optimcall', event: name, subject: callId, url: tenant.hookUrl ?? '' },
      attempt: (hook) => this.#attempt(tenant, event, hook),
      retries: { most: tenant.maxRetries, intervalMs: tenant.retryIntervalSeconds * 1000 },
    })
  }

  async #attempt(tenant: Tenant, event: EnsEvent, hook: Attempt): Promise<boolean> {
    const { clock, ledger } = this.#optimcall
    if (takesSockets(tenant)) {
      const at = new Date(clock.now()).toISOString()
      const error = this.#sockets.send(tenant, event) === 0 ? 'nobody connected' : null
      ledger.hooks.push({ at, ...hook, url: 'websocket', status: null, error })
    }
    const url = hookOf(tenant)
    if (url === undefined) return true
    const headers = keyHeader(tenant.secret, hook.fault)
    const { timeoutMs } = tenant
    const { ok } = await sendHook({ clock, ledger }, { ...hook, url }, { headers, body: event, timeoutMs })
    return ok
  }
}

function keyHeader(secret: string | undefined, fault: string | null): Record<string, string> {
  if (fault === 'wrong-signature') return { 'X-OptimCall-Key': `not ${secret ?? 'a secret'}` }
  return secret === undefined || fault === 'no-signature' ? {} : { 'X-OptimCall-Key': secret }
}
