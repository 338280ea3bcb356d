import type { NewDeliveryFault } from './faults.ts'
import type { Timers } from './timers.ts'

const defaultReorderMs = 2000
const defaultSlowMs = 3000

export type Delivery = {
  /** The fault that hits it, asked for when its turn comes. */
  fault(): NewDeliveryFault | undefined
  /** Sends it, and sees to retries itself. */
  attempt(fault: NewDeliveryFault['kind'] | null): Promise<unknown>
  /** It will never be sent. */
  dropped(): void
}

/** Deliveries of one key (a call) go out one after the other, unless an ordered fault makes them come otherwise. */
export class DeliveryQueue {
  readonly #timers: Timers
  #queues = new Map<string, Promise<void>>()
  #heldBack = new Map<string, (() => void)[]>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** Puts a delivery behind those of the same key and returns at once. */
  add(key: string, delivery: Delivery): void {
    const before = this.#queues.get(key) ?? Promise.resolve()
    const queue = before.then(() => this.#turn(key, delivery))
    this.#queues.set(key, queue)
    this.#timers.track(
      queue.finally(() => {
        if (this.#queues.get(key) === queue) this.#queues.delete(key)
      }),
    )
  }

  async #turn(key: string, delivery: Delivery): Promise<void> {
    const fault = delivery.fault()
    switch (fault?.kind) {
      case 'drop':
        delivery.dropped()
        return
      case 'slow':
        this.#timers.track(this.#later(delivery, fault))
        return
      case 'reorder':
        this.#timers.track(this.#afterNext(key, delivery, fault))
        return
      case 'duplicate':
        await delivery.attempt('duplicate')
        await delivery.attempt('duplicate')
        break
      default:
        await delivery.attempt(fault?.kind ?? null)
    }
    for (const release of this.#heldBack.get(key) ?? []) release()
    this.#heldBack.delete(key)
  }

  async #later(delivery: Delivery, fault: NewDeliveryFault): Promise<void> {
    if (await this.#timers.sleep(fault.delayMs ?? defaultSlowMs)) await delivery.attempt(fault.kind)
  }

  async #afterNext(key: string, delivery: Delivery, fault: NewDeliveryFault): Promise<void> {
    const next = new Promise<boolean>((resolve) => {
      this.#heldBack.set(key, [...(this.#heldBack.get(key) ?? []), () => resolve(true)])
    })
    if (await Promise.race([next, this.#timers.sleep(fault.delayMs ?? defaultReorderMs)]))
      await delivery.attempt(fault.kind)
  }
}
