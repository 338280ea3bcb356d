import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/** How often an ordered fault hits, the same for every kind of fault of every stand-in. */
export const howOften = {
  /** How many requests or deliveries it hits; without it there is no such limit. */
  times: z.number().int().positive().optional(),
  /** Chance of hitting each fitting request, decided by the seeded random source. Default 1. */
  probability: z.number().min(0).max(1).optional(),
  /** Ends so many milliseconds from now. */
  forMs: z.number().positive().optional(),
  /** Ends at this time (ISO 8601). */
  until: z.string().optional(),
  /** For `slow`, `late-effect` (default 3000) and `reorder` (default 2000). */
  delayMs: z.number().nonnegative().optional(),
}

type HowOften = {
  times?: number | undefined
  probability?: number | undefined
  forMs?: number | undefined
  until?: string | undefined
}

type Ordered<T> = { id: number; order: T; left: number; endsAt: number; hits: number }

/** One numbering and one source of chance for all lists of a stand-in. */
export class FaultSource {
  readonly clock: Clock
  readonly random: Random
  #lastId = 0

  constructor(options: { clock: Clock; random: Random }) {
    this.clock = options.clock
    this.random = options.random
  }

  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

/** Orders of one kind. */
export class FaultList<T extends HowOften> {
  readonly #source: FaultSource
  readonly #schema: z.ZodType<T>
  #items: Ordered<T>[] = []

  constructor(source: FaultSource, schema: z.ZodType<T>) {
    this.#source = source
    this.#schema = schema
  }

  /** Puts an order in force; gives its id. Throws when it is none. */
  order(input: unknown): number {
    const order = this.#schema.parse(input)
    const id = this.#source.nextId()
    const until = order.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(order.until)
    const forMs = order.forMs ?? Number.POSITIVE_INFINITY
    const endsAt = Math.min(until, this.#source.clock.now() + forMs)
    this.#items.push({ id, order, left: order.times ?? Number.POSITIVE_INFINITY, endsAt, hits: 0 })
    return id
  }

  /** The first order that fits and hits; it counts as used. */
  take(fits: (order: T) => boolean): T | undefined {
    const { clock, random } = this.#source
    const now = clock.now()
    for (const item of this.#items) {
      if (item.left <= 0 || item.endsAt <= now || !fits(item.order)) continue
      if (item.order.probability !== undefined && !random.chance(item.order.probability)) continue
      item.left -= 1
      item.hits += 1
      return item.order
    }
    return undefined
  }

  /** What is not used up yet, with how often it has hit; `left` is null without a limit. */
  active(): { id: number; order: T; left: number | null; hits: number }[] {
    const now = this.#source.clock.now()
    return this.#items
      .filter((item) => item.left > 0 && item.endsAt > now)
      .map(({ id, order, left, hits }) => ({ id, order, left: Number.isFinite(left) ? left : null, hits }))
  }

  cancel(id: number): void {
    this.#items = this.#items.filter((item) => item.id !== id)
  }

  clear(): void {
    this.#items = []
  }
}
