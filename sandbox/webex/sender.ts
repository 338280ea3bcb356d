import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type Attempt, DeliveryQueue } from '../delivery-queue.ts'
import type { Faults } from '../faults.ts'
import type { Ledger } from '../ledger.ts'
import { sendHook } from '../send-hook.ts'
import type { Timers } from '../timers.ts'
import type { Org } from './org.ts'
import type { WebexSettings } from './settings.ts'
import { type Happening, type Webhook, wants, webhookView } from './webhook.ts'

type Letter = { org: Org; hook: Webhook; body: string }

/** Delivers what happened to every webhook that wants it: one POST each, never repeated. */
export class WebexSender {
  readonly #clock: Clock
  readonly #faults: Faults
  readonly #ledger: Ledger
  readonly #settings: () => WebexSettings
  readonly #queue: DeliveryQueue

  constructor(options: {
    clock: Clock
    faults: Faults
    ledger: Ledger
    timers: Timers
    settings: () => WebexSettings
  }) {
    this.#clock = options.clock
    this.#faults = options.faults
    this.#ledger = options.ledger
    this.#settings = options.settings
    this.#queue = new DeliveryQueue(options)
  }

  /**
   * Faults and the ledger call an event `telephony_calls.created` and the like.
   * @param subject id of the call or recording, for the ledger and for orders of faults
   */
  tell(org: Org, happening: Happening, subject: string): void {
    for (const hook of org.webhooks.values()) {
      if (!wants(hook, happening)) continue
      const { person, data } = happening
      // The envelope's event is the one that happened, also where the webhook is for all of them.
      const envelope = { ...webhookView(hook, org, { secret: false }), event: happening.event }
      const body = JSON.stringify({ ...envelope, actorId: person.id, data })
      const name = `${happening.resource}.${happening.event}`
      this.#queue.send({
        key: subject,
        takeFault: () => this.#faults.takeDelivery({ tenant: org.name, event: name, callId: subject }),
        hook: { sender: 'webex', event: name, subject, url: hook.targetUrl },
        attempt: (attempt) => this.#attempt({ org, hook, body }, attempt),
      })
    }
  }

  async #attempt({ org, hook, body }: Letter, attempt: Attempt): Promise<boolean> {
    // What waited while the webhook was deleted or became inactive is lost.
    if (org.webhooks.get(hook.id)?.status !== 'active') return true
    const { ok } = await sendHook({ clock: this.#clock, ledger: this.#ledger }, attempt, {
      headers: this.#signatures(hook, body, attempt.fault),
      body,
      timeoutMs: this.#settings().webhookTimeoutMs,
    })
    if (!ok) this.#countFailure(hook)
    return ok
  }

  #signatures(hook: Webhook, body: string, fault: string | null): Record<string, string> {
    if (hook.secret === undefined || fault === 'no-signature') return {}
    const secret = fault === 'wrong-signature' ? `not ${hook.secret}` : hook.secret
    const digest = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex')
    const newer = {
      absent: () => undefined,
      sha256: () => `sha256=${digest('sha256')}`,
      bare: () => digest('sha256'),
      'sha256,sha512': () => `sha256=${digest('sha256')},sha512=${digest('sha512')}`,
      'bare;bare': () => `${digest('sha256')};${digest('sha512')}`,
      sha512: () => `sha512=${digest('sha512')}`,
    }[this.#settings().webexSignature]()
    return {
      'X-Spark-Signature': digest('sha1'),
      ...(newer === undefined ? {} : { 'X-Webex-Signature': newer }),
    }
  }

  /** Too many failures in a short time, and the webhook is inactive; nobody is told. */
  #countFailure(hook: Webhook): void {
    const { webhookFailureLimit, webhookFailureSeconds } = this.#settings()
    const now = this.#clock.now()
    hook.failures = [...hook.failures.filter((at) => at > now - webhookFailureSeconds * 1000), now]
    if (hook.failures.length >= webhookFailureLimit) hook.status = 'inactive'
  }
}
