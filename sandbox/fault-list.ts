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

type FaultState<T> = {
  id: number
  order: T
  /** How many more it hits; null when there is no limit. */
  left: number | null
  hits: number
}

type Source = { readonly clock: Clock; readonly random: Random; nextId(): number }

/** The faults of one stand-in, a list for each kind of order: one numbering and one source of chance for all of them. */
export class FaultLists<T extends HowOften> implements Source {
  readonly clock: Clock
  readonly random: Random
  readonly #lists: Pick<FaultList<T>, 'active' | 'cancel' | 'clear'>[] = []
  #lastId = 0

  constructor(options: { clock: Clock; random: Random }) {
    this.clock = options.clock
    this.random = options.random
  }

  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  cancel(id: number): void {
    for (const list of this.#lists) list.cancel(id)
  }

  clear(): void {
    for (const list of this.#lists) list.clear()
  }

  /** What is still ordered, with how often it has hit. */
  active(): FaultState<T>[] {
    return this.#lists.flatMap((list) => list.active())
  }

  protected list<One extends T>(schema: z.ZodType<One>): FaultList<One> {
    const list = new FaultList(this, schema)
    this.#lists.push(list)
    return list
  }
}

/** Orders of one kind. The first ordered fault that fits is the one that hits. */
class FaultList<T extends HowOften> {
  readonly #source: Source
  readonly #schema: z.ZodType<T>
  #items: Ordered<T>[] = []

  constructor(source: Source, schema: z.ZodType<T>) {
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

  /** What is not used up yet. */
  active(): FaultState<T>[] {
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

/** Source of a regular expression for a name or path in which `*` stands for any text. */
export function anyText(pattern: string): string {
  return pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
}
