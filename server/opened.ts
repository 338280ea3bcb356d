import type { Log } from './log.ts'

/** What was opened, to be closed in the reverse order. */
export class Opened {
  readonly #log: Log
  readonly #closers: (() => Promise<unknown>)[] = []

  constructor(log: Log) {
    this.#log = log
  }

  /** Closed before all that was kept before it. */
  keep<T extends { close(): Promise<unknown> }>(what: T): T {
    this.onClose(() => what.close())
    return what
  }

  onClose(close: () => Promise<unknown>): void {
    this.#closers.push(close)
  }

  /** What cannot be closed keeps nothing else open. */
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse())
      await close().catch((error) => this.#log.failure('stop', error))
  }
}
