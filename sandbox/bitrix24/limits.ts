import type { Portal } from './world.ts'

/** A bucket that leaks: each request adds one, so many leak away a second, and what does not fit is refused. */
export class LeakyBucket {
  #level = 0
  #at = 0

  /** False when the request does not fit. `now` in milliseconds. */
  admit(now: number, { size, leakPerSecond }: { size: number; leakPerSecond: number }): boolean {
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#level = Math.max(0, this.#level - seconds * leakPerSecond)
    this.#at = now
    if (this.#level + 1 > size) return false
    this.#level += 1
    return true
  }

  /** As full as can be. */
  fill(now: number, size: number): void {
    this.#level = size
    this.#at = now
  }
}

const minuteMs = 60_000
const minutes = 10

/** Seconds that each app's use of each method took, over ten buckets of a minute. */
export class TimeBudget {
  #spent = new Map<string, Map<number, number>>()

  spend(key: string, seconds: number, now: number): void {
    const minute = Math.floor(now / minuteMs)
    const buckets = this.#spent.get(key) ?? new Map<number, number>()
    buckets.set(minute, (buckets.get(minute) ?? 0) + seconds)
    this.#spent.set(key, buckets)
  }

  /** Seconds used in the last ten minutes, and when (unix seconds) the oldest bucket drops out. */
  used(key: string, now: number): { seconds: number; resetAt: number } {
    const current = Math.floor(now / minuteMs)
    const buckets = this.#spent.get(key) ?? new Map<number, number>()
    for (const minute of buckets.keys()) if (minute <= current - minutes) buckets.delete(minute)
    const oldest = Math.min(current, ...buckets.keys())
    const seconds = [...buckets.values()].reduce((sum, item) => sum + item, 0)
    return { seconds, resetAt: ((oldest + minutes) * minuteMs) / 1000 }
  }
}

/** The rate limit: larger for Enterprise. */
export function rateOf(portal: Portal): { size: number; leakPerSecond: number } {
  return portal.licenseFamily === 'ent' ? { size: 250, leakPerSecond: 5 } : { size: 50, leakPerSecond: 2 }
}

/** The bucket of one source address at one portal: all apps that call from there share it. */
export function bucketOf(portal: Portal, ip: string): LeakyBucket {
  const bucket = portal.buckets.get(ip) ?? new LeakyBucket()
  portal.buckets.set(ip, bucket)
  return bucket
}

/** What the time budget counts by: an app (or incoming webhook) and a method. */
export function budgetKeyOf(clientId: string | undefined, method: string): string {
  return `${clientId ?? 'webhook'} ${method.toLowerCase()}`
}
