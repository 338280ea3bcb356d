import { type Attempt, DeliveryQueue } from '../delivery-queue.ts'
import { basicHeader } from '../http.ts'
import { sendHook } from '../send-hook.ts'
import type { Account, Subscription } from './account.ts'
import type { EventName, NotifyEvent } from './event.ts'
import type { Placetel } from './index.ts'
import { signature } from './signature.ts'

/** Which switch of a subscription an event needs. */
const switches = {
  IncomingCall: 'incoming',
  OutgoingCall: 'outgoing',
  CallAccepted: 'accepted',
  HungUp: 'hungup',
} as const satisfies Record<EventName, keyof Subscription>

type Target = { url: string; secret: string | undefined; json: boolean }

/**
 * Delivers events to the endpoint set in the portal and to every subscription that asked for them. Where both lead to
 * the same receiver it hears everything twice, as with the real service.
 */
export class Sender {
  readonly #placetel: Placetel
  readonly #queue: DeliveryQueue

  constructor(placetel: Placetel) {
    this.#placetel = placetel
    this.#queue = new DeliveryQueue(placetel)
  }

  /**
   * Puts an event into the queue of its call, once for each address, and returns at once.
   * @param number the account's own number in the call, E.164; without one nobody is told
   */
  send(account: Account, event: NotifyEvent, number: string | undefined): void {
    if (number === undefined) return
    const { faults, settings } = this.#placetel
    const { deliveryRetries, deliveryRetryMs } = settings
    for (const target of this.#targets(account, event, number)) {
      this.#queue.send({
        key: `${event.call_id} ${target.url}`,
        takeFault: () =>
          faults.takeDelivery({
            tenant: account.name,
            event: event.event,
            callId: event.call_id,
          }),
        hook: { sender: 'placetel', event: event.event, subject: event.call_id, url: target.url },
        attempt: (hook) => this.#attempt(target, event, hook),
        retries: { most: deliveryRetries, intervalMs: deliveryRetryMs },
      })
    }
  }

  #targets(account: Account, event: NotifyEvent, number: string): Target[] {
    const { subscriptionsSigned, subscriptionEncoding, subscriptionWithoutNumbers } = this.#placetel.settings
    const { endpointUrl, secret } = account.facts
    const ticked = account.numbers.some((item) => item.number === number && item.notify)
    const subscribed = [...account.subscriptions.values()].filter(
      ({ numbers, ...wants }) =>
        wants[switches[event.event]] &&
        (numbers.includes(number) || (numbers.length === 0 && subscriptionWithoutNumbers === 'all')),
    )
    return [
      ...(endpointUrl === undefined || !ticked ? [] : [{ url: endpointUrl, secret, json: false }]),
      ...subscribed.map(({ url }) => ({
        url,
        secret: subscriptionsSigned ? secret : undefined,
        json: subscriptionEncoding === 'json',
      })),
    ]
  }

  async #attempt(target: Target, event: NotifyEvent, hook: Attempt): Promise<boolean> {
    const body = target.json ? JSON.stringify(event) : String(new URLSearchParams(event))
    const url = new URL(target.url)
    const { username, password } = url
    // fetch takes no address with credentials in it; they belong into a header anyway.
    url.username = ''
    url.password = ''
    const { ok } = await sendHook(
      this.#placetel,
      { ...hook, url: url.href },
      {
        headers: {
          'content-type': target.json ? 'application/json' : 'application/x-www-form-urlencoded',
          ...(username === ''
            ? {}
            : { authorization: basicHeader(decodeURIComponent(username), decodeURIComponent(password)) }),
          ...signatureHeader(body, target.secret, hook.fault),
        },
        body,
        timeoutMs: this.#placetel.settings.deliveryTimeoutMs,
      },
    )
    return ok
  }
}

function signatureHeader(
  body: string,
  secret: string | undefined,
  fault: string | null,
): Record<string, string> {
  const name = 'X-PLACETEL-SIGNATURE'
  if (fault === 'wrong-signature') return { [name]: signature(body, `not ${secret ?? 'a secret'}`) }
  return secret === undefined || fault === 'no-signature' ? {} : { [name]: signature(body, secret) }
}
