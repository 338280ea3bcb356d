/** The sandbox's time: the real time plus an offset that a test may move forward. */
export class Clock {
  #offsetMs = 0

  /** Milliseconds since 1970 UTC. */
  now(): number {
    return Date.now() + this.#offsetMs
  }

  /** Moves the clock forward, e.g. past the end of a token's life or past midnight. */
  advance(seconds: number): void {
    this.#offsetMs += seconds * 1000
  }

  reset(): void {
    this.#offsetMs = 0
  }
}

/** `2026-11-23T06:00:00Z`: the resolution both vendors use on the wire. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
