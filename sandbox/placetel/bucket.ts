/** A token bucket: so many requests at once, and so many more each second. */
export class Bucket {
  #left = Number.POSITIVE_INFINITY
  #at = 0

  /** Takes one request's token; tells how things stand afterwards. */
  take(limit: BucketLimit): BucketState {
    this.#refill(limit)
    const taken = this.#left >= 1
    if (taken) this.#left -= 1
    return {
      taken,
      remaining: Math.floor(this.#left),
      secondsToNext: Math.max(0, (1 - this.#left) / limit.perSecond),
      secondsToFull: (limit.burst - this.#left) / limit.perSecond,
    }
  }

  /** Leaves nothing, as after a burst. */
  empty(now: number): void {
    this.#left = 0
    this.#at = now
  }

  #refill({ burst, perSecond, now }: BucketLimit): void {
    const more = (Math.max(0, now - this.#at) / 1000) * perSecond
    this.#left = Math.min(burst, this.#left + more)
    this.#at = now
  }
}

type BucketLimit = { burst: number; perSecond: number; now: number }
export type BucketState = {
  taken: boolean
  remaining: number
  secondsToNext: number
  secondsToFull: number
}
