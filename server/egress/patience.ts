/**
 * How long one side of a stream may keep us waiting.
 *
 * A recording may take an hour, so its length is no measure; that nothing moves is. Only the time in which we really wait
 * for that side counts, and it begins anew when enough has moved: a side that gives a byte a minute is as good as silent.
 */
export class Patience {
  readonly #ms: number
  readonly #leastBytes: number
  readonly #onOver: () => void
  #leftMs: number
  #moved = 0
  #waiting: { since: number; timer: NodeJS.Timeout } | undefined

  /** @param options.leastBytes as many have to move within `ms` of waiting */
  constructor(options: { ms: number; leastBytes: number }, onOver: () => void) {
    this.#ms = options.ms
    this.#leastBytes = options.leastBytes
    this.#leftMs = options.ms
    this.#onOver = onOver
  }

  /** From now on it is the other side's turn. */
  wait(): void {
    this.#waiting ??= { since: performance.now(), timer: setTimeout(this.#onOver, this.#leftMs) }
  }

  /** It did its part. */
  moved(bytes: number): void {
    this.rest()
    this.#moved += bytes
    if (this.#moved < this.#leastBytes) return
    this.#leftMs = this.#ms
    this.#moved = 0
  }

  /** Nobody waits. */
  rest(): void {
    if (!this.#waiting) return
    clearTimeout(this.#waiting.timer)
    this.#leftMs = Math.max(1, this.#leftMs - (performance.now() - this.#waiting.since))
    this.#waiting = undefined
  }
}
