/** Starts of calls with the same outer number are at least this far apart, so that the ledger can tell them. */
const apartSeconds = 5

/** When the calls of telephone systems began: whole seconds, far enough apart for the ledger. */
export class Starts {
  #starts = new Map<string, Set<number>>()

  /** A whole second from `wanted` on (milliseconds) that no other call of the tenant began in; it is taken now. */
  free(tenant: string, wanted: number, outer: string): number {
    const all = this.#of(tenant)
    const same = this.#of(`${tenant} ${outer}`)
    let start = Math.floor(wanted / 1000) * 1000
    while (all.has(start) || tooNear(same, start)) start += 1000
    all.add(start)
    same.add(start)
    return start
  }

  clear(): void {
    this.#starts.clear()
  }

  #of(key: string): Set<number> {
    const starts = this.#starts.get(key) ?? new Set<number>()
    this.#starts.set(key, starts)
    return starts
  }
}

/** `starts` are whole seconds in milliseconds. */
function tooNear(starts: ReadonlySet<number>, start: number): boolean {
  for (let apart = 1 - apartSeconds; apart < apartSeconds; apart += 1) {
    if (starts.has(start + apart * 1000)) return true
  }
  return false
}
