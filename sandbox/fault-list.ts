import { z } from 'zod'

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

export type HowOften = {
  times?: number | undefined
  probability?: number | undefined
  forMs?: number | undefined
  until?: string | undefined
}

export type Ordered<T> = { id: number; order: T; left: number; endsAt: number; hits: number }

/** Puts an order in force from `now` (milliseconds) on. */
export function orderedFault<T extends HowOften>(
  order: T,
  { id, now }: { id: number; now: number },
): Ordered<T> {
  const until = order.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(order.until)
  const endsAt = order.forMs === undefined ? until : Math.min(until, now + order.forMs)
  return { id, order, left: order.times ?? Number.POSITIVE_INFINITY, endsAt, hits: 0 }
}

/** The first order in the list that fits and hits; it counts as used. */
export function takeFault<T extends HowOften>(
  list: Ordered<T>[],
  fits: (order: T) => boolean,
  { now, chance }: { now: number; chance: (probability: number) => boolean },
): T | undefined {
  for (const item of list) {
    if (item.left <= 0 || item.endsAt <= now || !fits(item.order)) continue
    if (item.order.probability !== undefined && !chance(item.order.probability)) continue
    item.left -= 1
    item.hits += 1
    return item.order
  }
  return undefined
}

/** Orders not yet used up, as shown to whoever asks. */
export function activeFaults<T>(list: readonly Ordered<T>[], now: number) {
  return list
    .filter((item) => item.left > 0 && item.endsAt > now)
    .map(({ id, order, left, hits }) => ({ id, order, left: Number.isFinite(left) ? left : null, hits }))
}
