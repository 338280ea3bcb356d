import { failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Organizations } from './organizations.ts'

interface Tally {
  organizationId: string
  connectionId: string
  day: string
  deliveries: Map<string, number>
  spent: Map<string, number>
  lastEventAt: Date | undefined
  allowance: { left: number; limit: number } | undefined
}

/**
 * Deliveries and tokens, added up in memory and written every two seconds: an event must not wait for a counter, and a
 * crash may lose two seconds of counting. Days are UTC, as Pipedrive's allowance most likely is (its zone is not told).
 */
export class Counters {
  readonly #organizations: Organizations
  readonly #log: Log
  readonly #tallies = new Map<string, Tally>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  constructor(organizations: Organizations, log: Log) {
    this.#organizations = organizations
    this.#log = log
    this.#timer = setInterval(() => void this.flush(), 2_000)
    this.#timer.unref()
  }

  delivered(of: { organizationId: string; connectionId: string }, what: string, at: Date): void {
    const tally = this.#tally(of, at)
    tally.deliveries.set(what, (tally.deliveries.get(what) ?? 0) + 1)
    tally.lastEventAt = at
  }

  spent(
    of: { organizationId: string; connectionId: string },
    feature: string,
    tokens: number,
    at: Date,
  ): void {
    const tally = this.#tally(of, at)
    tally.spent.set(feature, (tally.spent.get(feature) ?? 0) + tokens)
  }

  allowance(
    of: { organizationId: string; connectionId: string },
    left: number,
    limit: number,
    at: Date,
  ): void {
    this.#tally(of, at).allowance = { left, limit }
  }

  /** Writes what has been added up. What cannot be written now is kept for the next time. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  #tally(of: { organizationId: string; connectionId: string }, at: Date): Tally {
    const day = at.toISOString().slice(0, 10)
    const key = `${of.connectionId} ${day}`
    let tally = this.#tallies.get(key)
    if (!tally) {
      tally = {
        ...of,
        day,
        deliveries: new Map(),
        spent: new Map(),
        lastEventAt: undefined,
        allowance: undefined,
      }
      this.#tallies.set(key, tally)
    }
    return tally
  }

  async #write(): Promise<void> {
    for (const [key, tally] of [...this.#tallies]) {
      this.#tallies.delete(key)
      try {
        await this.#writeOne(tally)
      } catch (error) {
        // Its organization was deleted meanwhile: there is nothing left to count for.
        if (failureOf(error)?.code === 'not-found') continue
        this.#log.failure('counters-wait', error)
        this.#mergeBack(key, tally)
        return
      }
    }
  }

  async #writeOne(tally: Tally): Promise<void> {
    const organization = await this.#organizations.get(tally.organizationId)
    await organization.transaction(async (db) => {
      // First, as everybody does: of two nodes that count at the same time one waits here.
      db.send(
        `update connections
         set last_event_at = greatest(last_event_at, $2),
             state = case when $2::timestamptz is not null and side = 'phone' then 'working' else state end,
             allowance_left = coalesce($3::bigint, allowance_left), allowance_limit = coalesce($4, allowance_limit),
             allowance_day = case when $3::bigint is null then allowance_day else $5::date end
         where id = $1`,
        [
          tally.connectionId,
          tally.lastEventAt ?? null,
          tally.allowance?.left ?? null,
          tally.allowance?.limit ?? null,
          tally.day,
        ],
      )
      // Joined with the connection, which may have been removed meanwhile: then there is nothing to count for.
      db.send(
        `insert into delivery_counts (connection_id, day, what, count)
         select c.id, $2, what, count from connections c, unnest($3::text[], $4::bigint[]) as new (what, count)
         where c.id = $1 and c.removed_at is null
         on conflict (connection_id, day, what) do update set count = delivery_counts.count + excluded.count`,
        [tally.connectionId, tally.day, [...tally.deliveries.keys()], [...tally.deliveries.values()]],
      )
      db.send(
        `insert into allowance_spent (connection_id, day, feature, tokens)
         select c.id, $2, feature, tokens from connections c, unnest($3::text[], $4::bigint[]) as new (feature, tokens)
         where c.id = $1
         on conflict (connection_id, day, feature) do update set tokens = allowance_spent.tokens + excluded.tokens`,
        [tally.connectionId, tally.day, [...tally.spent.keys()], [...tally.spent.values()]],
      )
      if (!tally.allowance) return
      const { left, limit } = tally.allowance
      db.send(
        `insert into allowance_days (connection_id, day, tokens_limit, others)
         select c.id, $2::date, $4::bigint, greatest(0, $4::bigint - $3::bigint - coalesce(sum(s.tokens), 0))
         from connections c left join allowance_spent s on s.connection_id = c.id and s.day = $2::date
         where c.id = $1 group by c.id
         on conflict (connection_id, day) do update set tokens_limit = excluded.tokens_limit, others = excluded.others`,
        [tally.connectionId, tally.day, left, limit],
      )
    }, 'connect the systems')
  }

  #mergeBack(key: string, old: Tally): void {
    const now = this.#tallies.get(key)
    if (!now) {
      this.#tallies.set(key, old)
      return
    }
    for (const [what, count] of old.deliveries)
      now.deliveries.set(what, (now.deliveries.get(what) ?? 0) + count)
    for (const [feature, tokens] of old.spent) now.spent.set(feature, (now.spent.get(feature) ?? 0) + tokens)
    now.lastEventAt ??= old.lastEventAt
    now.allowance ??= old.allowance
  }
}
