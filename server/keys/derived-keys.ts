import { hourIn } from './hour-parts.ts'
import type { HourClass } from './hours.ts'

interface Derived {
  organization: string
  purpose: string
  number: number
  key: Buffer
}

/**
 * The keys that really seal, derived from the ring's keys and kept because deriving costs more than sealing.
 *
 * Bounded, oldest out first. A key that leaves, for whatever reason, is overwritten with zeros. Whoever asks has first
 * found the ring's own key, so that a derived key can never stand in for a destroyed one.
 *
 * Out of reach: what OpenSSL copied for a single sealing goes when the garbage collector takes that cipher. It is the
 * derived key, never one of the ring's.
 */
export class DerivedKeys {
  readonly #limit: number
  readonly #kept = new Map<string, Derived>()

  constructor(limit: number) {
    this.#limit = limit
  }

  take(organization: string, purpose: string, number: number, derive: () => Buffer): Buffer {
    const name = `${purpose}:${number}:${organization}`
    const kept = this.#kept.get(name)
    if (kept) return kept.key
    const key = derive()
    this.#kept.set(name, { organization, purpose, number, key })
    if (this.#kept.size > this.#limit) this.#dropOldest()
    return key
  }

  dropOrganization(organization: string): void {
    this.#drop((derived) => derived.organization === organization)
  }

  /** of all organizations, in every generation */
  dropHour(purpose: HourClass, hour: number): void {
    this.#drop((derived) => derived.purpose === purpose && hourIn(derived.number) === hour)
  }

  dropAll(): void {
    this.#drop(() => true)
  }

  #dropOldest(): void {
    for (const [name, derived] of this.#kept) {
      derived.key.fill(0)
      this.#kept.delete(name)
      return
    }
  }

  #drop(over: (derived: Derived) => boolean): void {
    for (const [name, derived] of this.#kept) {
      if (!over(derived)) continue
      derived.key.fill(0)
      this.#kept.delete(name)
    }
  }
}
