import type { Lease, Leases } from './leases.ts'
import type { Told } from './line.ts'

/**
 * What became of one held connection, on its way to the control database. What cannot be told while that is away is told
 * later, with the time it happened, so that no gap is hidden by it.
 */
export class Reports {
  readonly #leases: Leases
  readonly #lease: Lease
  readonly #onFailure: (error: unknown) => void
  #waiting: { told: Told; at: number }[] = []
  #sending: Promise<void> | undefined

  constructor(leases: Leases, lease: Lease, onFailure: (error: unknown) => void) {
    this.#leases = leases
    this.#lease = lease
    this.#onFailure = onFailure
  }

  /** Never throws. */
  async add(told: Told): Promise<void> {
    await this.#sending
    const last = this.#waiting.at(-1)
    // Of several failures in a row the first says since when, the last says why.
    if (last && 'silentMs' in last.told && 'silentMs' in told) last.told = { ...last.told, state: told.state }
    else this.#waiting.push({ told, at: performance.now() })
    await this.send()
  }

  /** Tells what has not been told. Never throws. */
  async send(): Promise<void> {
    this.#sending ??= this.#send()
      .catch(this.#onFailure)
      .finally(() => {
        this.#sending = undefined
      })
    await this.#sending
  }

  async #send(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const { told, at } = next
      if ('silentMs' in told)
        await this.#leases.lost(this.#lease, told.state, told.silentMs + performance.now() - at)
      else await this.#leases.opened(this.#lease, told.state)
      this.#waiting.shift()
    }
  }
}
