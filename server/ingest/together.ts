/** Transactions of one organization at the same time: while one waits for the disk, the other is put together. */
const mostAtATime = 2
/** Calls that share one: few enough that none waits long for the others. */
const mostShared = 16

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Lets what waits for the same organization share a transaction. Whoever comes alone is applied at once; only while
 * transactions are under way does anything wait, and then it goes with the next one. An item that spoils a shared
 * transaction does so for all, so each is then applied by itself.
 */
export class Together<Item extends { id: string }, Result> {
  readonly #apply: (items: readonly [Item, ...Item[]]) => Promise<readonly Result[]>
  readonly #isAway: (error: unknown) => boolean
  readonly #organizations = new Map<string, { waiting: Waiting<Item, Result>[]; running: number }>()

  /**
   * @param apply all or none; results in the order of the items
   * @param isAway the database cannot be reached: trying one by one would not help
   */
  constructor(
    apply: (items: readonly [Item, ...Item[]]) => Promise<readonly Result[]>,
    isAway: (error: unknown) => boolean,
  ) {
    this.#apply = apply
    this.#isAway = isAway
  }

  apply(organizationId: string, item: Item): Promise<Result> {
    const organization = this.#organizations.get(organizationId) ?? { waiting: [], running: 0 }
    this.#organizations.set(organizationId, organization)
    return new Promise((resolve, reject) => {
      organization.waiting.push({ item, resolve, reject })
      this.#next(organizationId, organization)
    })
  }

  #next(organizationId: string, organization: { waiting: Waiting<Item, Result>[]; running: number }): void {
    if (organization.running >= mostAtATime) return
    const [first, ...others] = takeShared(organization.waiting)
    if (!first) {
      if (organization.running === 0) this.#organizations.delete(organizationId)
      return
    }
    organization.running += 1
    void this.#run(first, others).finally(() => {
      organization.running -= 1
      this.#next(organizationId, organization)
    })
  }

  async #run(first: Waiting<Item, Result>, others: readonly Waiting<Item, Result>[]): Promise<void> {
    const shared = [first, ...others]
    try {
      const results = await this.#apply([first.item, ...others.map(({ item }) => item)])
      for (const [at, { resolve }] of shared.entries()) resolve(results[at] as Result)
    } catch (error) {
      if (others.length === 0 || this.#isAway(error)) for (const { reject } of shared) reject(error)
      else for (const one of shared) await this.#run(one, [])
    }
  }
}

/** The oldest, each call once: a second event of the same call has to see what the first one stored. */
function takeShared<Item extends { id: string }, Result>(
  waiting: Waiting<Item, Result>[],
): Waiting<Item, Result>[] {
  const shared = new Map<string, Waiting<Item, Result>>()
  const left: Waiting<Item, Result>[] = []
  for (const one of waiting) {
    if (shared.size < mostShared && !shared.has(one.item.id)) shared.set(one.item.id, one)
    else left.push(one)
  }
  waiting.splice(0, waiting.length, ...left)
  return [...shared.values()]
}
