import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { DeliveryQueue } from '../delivery-queue.ts'
import type { Faults } from '../faults.ts'
import { deliver } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import type { Timers } from '../timers.ts'
import type { Org } from './org.ts'
import type { WebexSettings } from './settings.ts'
import { type Happening, type Webhook, wants, webhookView } from './webhook.ts'

type Letter = { org: Org; hook: Webhook; happening: Happening; subject: string; body: string }

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
    this.#queue = new DeliveryQueue(options.timers)
  }

  /** @param subject id of the call or recording, for the ledger and for orders of faults */
  tell(org: Org, happening: Happening, subject: string): void {
    for (const hook of org.webhooks.values()) {
      if (!wants(hook, happening)) continue
      const { person, data } = happening
      // The envelope's event is the one that happened, also where the webhook is for all of them.
      const envelope = { ...webhookView(hook, org, { secret: false }), event: happening.event }
      const body = JSON.stringify({ ...envelope, actorId: person.id, data })
      const letter: Letter = { org, hook, happening, subject, body }
      this.#queue.send({
        key: subject,
        takeFault: () => this.#faultOf(letter),
        attempt: ({ fault }) => this.#attempt(letter, fault),
        dropped: () => this.#note(letter, { status: null, error: 'never sent', fault: 'drop' }),
      })
    }
  }

  #faultOf({ org, happening, subject }: Letter) {
    return this.#faults.takeDelivery({ tenant: org.name, event: nameOf(happening), callId: subject })
  }

  async #attempt(letter: Letter, fault: string | null): Promise<boolean> {
    const { org, hook, body } = letter
    // What waited while the webhook was deleted or became inactive is lost.
    if (org.webhooks.get(hook.id)?.status !== 'active') return true
    const at = this.#clock.now()
    const { status, error } = await deliver({
      method: 'POST',
      url: hook.targetUrl,
      headers: this.#signatures(hook, body, fault),
      body,
      timeoutMs: this.#settings().webhookTimeoutMs,
    })
    this.#note(letter, { status, error, fault, at })
    const good = status !== null && status >= 200 && status < 300
    if (!good) this.#countFailure(hook)
    return good
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

  #note(
    { hook, happening, subject }: Letter,
    result: { status: number | null; error: string | null; fault: string | null; at?: number },
  ): void {
    const { at = this.#clock.now(), ...rest } = result
    this.#ledger.hooks.push({
      at: new Date(at).toISOString(),
      sender: 'webex',
      event: nameOf(happening),
      subject,
      url: hook.targetUrl,
      attempt: 1,
      ...rest,
    })
  }
}

/** `telephony_calls.created`: what faults and the ledger call an event. */
function nameOf({ resource, event }: Happening): string {
  return `${resource}.${event}`
}
