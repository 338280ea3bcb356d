/** Timers and running deliveries of the sandbox, so that closing or resetting it leaves nothing behind. */
export class Timers {
  #timers = new Map<NodeJS.Timeout, () => void>()
  #running = new Set<Promise<unknown>>()
  #closed = false

  get closed(): boolean {
    return this.#closed
  }

  /** Waits; resolves to false when the sandbox was closed or reset in the meantime. */
  sleep(ms: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve(true)
      }, ms)
      this.#timers.set(timer, () => resolve(false))
    })
  }

  /** Remembers a piece of work until it is done; its errors must be dealt with by itself. */
  track(work: Promise<unknown>): void {
    const settled = work.catch(() => undefined).finally(() => this.#running.delete(settled))
    this.#running.add(settled)
  }

  /** Resolves once no tracked work is left, including work started meanwhile. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Wakes every sleeper with `false`. */
  cancel(): void {
    for (const [timer, wake] of this.#timers) {
      clearTimeout(timer)
      wake()
    }
    this.#timers.clear()
  }

  close(): void {
    this.#closed = true
    this.cancel()
  }
}
