import type { Clock } from './clock.ts'
import type { Ledger } from './ledger.ts'
import type { Needle } from './needle.ts'
import type { Random } from './random.ts'
import type { Timers } from './timers.ts'

/** What every stand-in works with. */
export type Parts = {
  clock: Clock
  random: Random
  ledger: Ledger
  needle: Needle
  timers: Timers
  /** Base address of the sandbox, once it listens. */
  url: () => string
}

/** The same for one that draws from sources of its own: what others draw does not move its values. */
export type SeededParts = Omit<Parts, 'random'> & { seed: number }

/** What all stand-ins are. Each adds what its vendor has, and whose faults hit it. */
export class StandIn {
  readonly clock: Clock
  readonly random: Random
  readonly ledger: Ledger
  readonly needle: Needle
  readonly timers: Timers
  readonly #url: () => string

  constructor(parts: Parts) {
    this.clock = parts.clock
    this.random = parts.random
    this.ledger = parts.ledger
    this.needle = parts.needle
    this.timers = parts.timers
    this.#url = parts.url
  }

  /** Base address of the sandbox. */
  get url(): string {
    return this.#url()
  }
}
