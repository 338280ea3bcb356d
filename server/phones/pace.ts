/** As a hook may be delivered to, see ingest/route.ts: ten seconds' worth at once. */
const burstMs = 10_000

/**
 * How fast one connection may tell us its events. What comes faster is not lost: the next is read later, and the other
 * side has to wait with what it sends.
 */
export class Pace {
  readonly #eachMs: number
  /** when the last one would have come at an even pace */
  #even = Number.NEGATIVE_INFINITY

  constructor(perSecond: number) {
    this.#eachMs = 1_000 / perSecond
  }

  /**
   * One more has come.
   * @param now milliseconds of a clock that never goes back
   * @returns for how many milliseconds it is to wait
   */
  waitMs(now: number): number {
    const due = Math.max(now, this.#even)
    this.#even = due + this.#eachMs
    return Math.max(0, due - burstMs - now)
  }
}
