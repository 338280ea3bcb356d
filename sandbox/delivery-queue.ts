import type { Clock } from './clock.ts'
import type { HookSent, Ledger } from './ledger.ts'
import type { Timers } from './timers.ts'

const defaultReorderMs = 2000
const defaultSlowMs = 3000

type Fault = { kind: string; delayMs?: number | undefined }

type Hook = Pick<HookSent, 'sender' | 'event' | 'subject' | 'url'>
/** What the ledger says of an attempt before it is made. */
export type Attempt = Hook & Pick<HookSent, 'attempt' | 'fault'>

/** One event on its way to one address. */
export type Delivery = {
  /** What belongs together, e.g. a call: `reorder` lets a later delivery of the same key pass. */
  key: string
  /** What was ordered for it, if anything; asked once. */
  takeFault(): Fault | undefined
  hook: Hook
  /** Sends it and writes that down; tells whether that is enough. `fault` is the kind of the ordered one. */
  attempt(hook: Attempt): Promise<boolean>
  /** When a failed one is sent again; left out: never. */
  retries?: { most: number; intervalMs: number }
}

/**
 * Delivers events, with whatever fault was ordered for each. A failed one is repeated in the background, so that it may
 * arrive after newer events.
 */
export class DeliveryQueue {
  readonly #clock: Clock
  readonly #ledger: Ledger
  readonly #timers: Timers
  #queues = new Map<string, Promise<void>>()
  #heldBack = new Map<string, (() => void)[]>()

  constructor({ clock, ledger, timers }: { clock: Clock; ledger: Ledger; timers: Timers }) {
    this.#clock = clock
    this.#ledger = ledger
    this.#timers = timers
  }

  /** Puts a delivery behind those of the same key and returns at once. Later ones wait for its first attempt. */
  send(delivery: Delivery): void {
    const { key } = delivery
    const before = this.#queues.get(key) ?? Promise.resolve()
    const queue = before.then(() => this.sendNow(delivery))
    this.#queues.set(key, queue)
    this.#timers.track(
      queue.finally(() => {
        if (this.#queues.get(key) === queue) this.#queues.delete(key)
      }),
    )
  }

  /** Sends without waiting for others; resolves after the first attempt. */
  async sendNow(delivery: Delivery): Promise<void> {
    const fault = delivery.takeFault()
    switch (fault?.kind) {
      case 'drop':
        this.#noteDropped(delivery)
        return
      case 'slow':
        this.#timers.track(this.#later(delivery, fault))
        return
      case 'reorder':
        this.#timers.track(this.#afterNext(delivery, fault))
        return
      case 'duplicate':
        await this.#withRetries(delivery, 'duplicate')
        await this.#withRetries(delivery, 'duplicate')
        break
      case 'retry':
        await this.#attempt(delivery, { attempt: 1, fault: 'retry' })
        this.#timers.track(this.#repeat(delivery, 'retry'))
        break
      default:
        await this.#withRetries(delivery, fault?.kind ?? null)
    }
    for (const release of this.#heldBack.get(delivery.key) ?? []) release()
    this.#heldBack.delete(delivery.key)
  }

  async #later(delivery: Delivery, fault: Fault): Promise<void> {
    if (!(await this.#timers.sleep(fault.delayMs ?? defaultSlowMs))) return
    await this.#withRetries(delivery, fault.kind)
  }

  async #afterNext(delivery: Delivery, fault: Fault): Promise<void> {
    const next = new Promise<boolean>((resolve) => {
      const waiting = this.#heldBack.get(delivery.key) ?? []
      this.#heldBack.set(delivery.key, [...waiting, () => resolve(true)])
    })
    if (!(await Promise.race([next, this.#timers.sleep(fault.delayMs ?? defaultReorderMs)]))) return
    await this.#withRetries(delivery, fault.kind)
  }

  async #withRetries(delivery: Delivery, fault: string | null): Promise<void> {
    const good = await this.#attempt(delivery, { attempt: 1, fault })
    if (!good) this.#timers.track(this.#repeat(delivery, fault))
  }

  async #repeat(delivery: Delivery, fault: string | null): Promise<void> {
    const { most, intervalMs } = delivery.retries ?? { most: 0, intervalMs: 0 }
    for (let retry = 1; retry <= most; retry += 1) {
      if (!(await this.#timers.sleep(intervalMs))) return
      if (await this.#attempt(delivery, { attempt: retry + 1, fault })) return
    }
  }

  async #attempt(delivery: Delivery, how: { attempt: number; fault: string | null }): Promise<boolean> {
    return this.#timers.closed || delivery.attempt({ ...delivery.hook, ...how })
  }

  #noteDropped({ hook }: Delivery): void {
    const at = new Date(this.#clock.now()).toISOString()
    const never = { attempt: 0, status: null, error: 'never sent', fault: 'drop' }
    this.#ledger.hooks.push({ at, ...hook, ...never })
  }
}
