import { createHmac } from 'node:crypto'
import { type Attempt, DeliveryQueue } from '../delivery-queue.ts'
import { sendHook } from '../send-hook.ts'
import type { Webex } from './index.ts'
import type { Org } from './org.ts'
import { type Happening, type Webhook, wants, webhookView } from './webhook.ts'

type Letter = { org: Org; hook: Webhook; body: string }

/** Delivers what happened to every webhook that wants it: one POST each, never repeated. */
export class WebexSender {
  readonly #webex: Webex
  readonly #queue: DeliveryQueue

  constructor(webex: Webex) {
    this.#webex = webex
    this.#queue = new DeliveryQueue(webex)
  }

  /**
   * Faults and the ledger call an event `telephony_calls.created` and the like.
   * @param subject id of the call or recording, for the ledger and for orders of faults
   */
  tell(org: Org, happening: Happening, subject: string): void {
    const { faults } = this.#webex
    for (const hook of org.webhooks.values()) {
      if (!wants(hook, happening)) continue
      const { person, data } = happening
      // The envelope's event is the one that happened, also where the webhook is for all of them.
      const envelope = { ...webhookView(hook, org, { secret: false }), event: happening.event }
      const body = JSON.stringify({ ...envelope, actorId: person.id, data })
      const name = `${happening.resource}.${happening.event}`
      this.#queue.send({
        key: subject,
        takeFault: () => faults.takeDelivery({ tenant: org.name, event: name, callId: subject }),
        hook: { sender: 'webex', event: name, subject, url: hook.targetUrl },
        attempt: (attempt) => this.#attempt({ org, hook, body }, attempt),
      })
    }
  }

  async #attempt({ org, hook, body }: Letter, attempt: Attempt): Promise<boolean> {
    // What waited while the webhook was deleted or became inactive is lost.
    if (org.webhooks.get(hook.id)?.status !== 'active') return true
    const { ok } = await sendHook(this.#webex, attempt, {
      headers: this.#signatures(hook, body, attempt.fault),
      body,
      timeoutMs: this.#webex.settings.webhookTimeoutMs,
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
    }[this.#webex.settings.webexSignature]()
    return {
      'X-Spark-Signature': digest('sha1'),
      ...(newer === undefined ? {} : { 'X-Webex-Signature': newer }),
    }
  }

  /** Too many failures in a short time, and the webhook is inactive; nobody is told. */
  #countFailure(hook: Webhook): void {
    const { webhookFailureLimit, webhookFailureSeconds } = this.#webex.settings
    const now = this.#webex.clock.now()
    hook.failures = [...hook.failures.filter((at) => at > now - webhookFailureSeconds * 1000), now]
    if (hook.failures.length >= webhookFailureLimit) hook.status = 'inactive'
  }
}
