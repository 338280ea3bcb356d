/**
 * Remembers what was worked out, for at most a minute: the events of one call repeat its numbers many times within
 * seconds, and nothing of it may stay in memory for longer than somebody is on the line.
 *
 * @typeParam V is handed out again as it is: nobody may change it
 */
export class MinuteMemo<V> {
  readonly #limit: number
  #known = new Map<string, V>()

  /** @param limit how many are remembered; when there are more, all are forgotten */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string, make: () => V): V {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = make()
    if (this.#known.size === 0) setTimeout(() => this.#known.clear(), 60_000).unref()
    if (this.#known.size >= this.#limit) this.#known.clear()
    this.#known.set(key, made)
    return made
  }
}
