import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { Needle } from './needle.ts'
import type { Random } from './random.ts'
import type { Timers } from './timers.ts'

/** What every stand-in works with. */
export type Parts = {
  clock: Clock
  random: Random
  ledger: Ledger
  faults: Faults
  needle: Needle
  timers: Timers
  /** Base address of the sandbox, once it listens. */
  url: () => string
}

/** The same for one that draws from sources of its own: what others draw does not move its values. */
export type SeededParts = Omit<Parts, 'random' | 'faults'> & { seed: number }
