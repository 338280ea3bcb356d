import type { Cluster } from '../database/cluster.ts'
import type { Behalf } from '../egress/on-behalf.ts'
import type { Log } from '../log.ts'

/** Requests of one day to one host that were not sent. */
export interface Refusal {
  day: string
  host: string
  why: string
  count: number
  connectionId: string | undefined
}

const keptDays = 90
/** So many hosts a day and organization are named; whoever makes up further ones fills no table. */
const mostHosts = 100
const otherHosts = '…'

/**
 * Counts what the network layer refused, for each organization, connection and day (BX-8). The host is named, because it
 * is nobody's; nothing of the address below it is. Added up in memory and written every two seconds.
 */
export class Refusals {
  readonly #control: Cluster['control']
  readonly #log: Log
  readonly #counts = new Map<string, { of: Behalf; day: string; host: string; why: string; count: number }>()
  readonly #hosts = new Map<string, Set<string>>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  constructor({ control }: Pick<Cluster, 'control'>, log: Log) {
    this.#control = control
    this.#log = log
    this.#timer = setInterval(() => void this.flush(), 2_000)
    this.#timer.unref()
  }

  add({ host, why }: { host: string; why: string }, of: Behalf, at: Date): void {
    const day = at.toISOString().slice(0, 10)
    const named = this.#isNamed(`${of.organizationId} ${day}`, host) ? host : otherHosts
    const key = JSON.stringify([of.organizationId, of.connectionId, day, named, why])
    const known = this.#counts.get(key)
    if (known) known.count += 1
    else this.#counts.set(key, { of: { ...of }, day, host: named, why, count: 1 })
  }

  /** Of one organization, the newest first. */
  async of(organizationId: string): Promise<Refusal[]> {
    await this.flush()
    const rows = await this.#control.transaction((db) =>
      db.rows<{ day: string; host: string; why: string; count: string; connection_id: string | null }>(
        `select day::text, host, why, count, connection_id from refused_requests where organization_id = $1
         order by day desc, count desc, host, why limit 200`,
        [organizationId],
      ),
    )
    return rows.map(({ connection_id, count, ...row }) => ({
      ...row,
      count: Number(count),
      connectionId: connection_id ?? undefined,
    }))
  }

  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  #isNamed(place: string, host: string): boolean {
    const hosts = this.#hosts.get(place) ?? new Set()
    if (hosts.has(host)) return true
    if (hosts.size >= mostHosts) return false
    this.#hosts.set(place, hosts.add(host))
    if (this.#hosts.size > 10_000) this.#hosts.clear()
    return true
  }

  async #write(): Promise<void> {
    if (this.#counts.size === 0) return
    // In one order on all nodes: two that write at the same time would wait for each other.
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
    this.#counts.clear()
    try {
      await this.#control.transaction(async (db) => {
        for (const { of, day, host, why, count } of counts)
          db.send(
            // An organization that was deleted meanwhile has nothing left to count for.
            `insert into refused_requests (organization_id, connection_id, day, host, why, count)
             select $1, $2, $3, $4, $5, $6 where $1::uuid is null or exists(select from organizations where id = $1)
             on conflict on constraint one_count_each do update set count = refused_requests.count + excluded.count`,
            [of.organizationId ?? null, of.connectionId ?? null, day, host, why, count],
          )
        db.send('delete from refused_requests where day < ringfence.now()::date - $1::int', [keptDays])
      })
    } catch (error) {
      this.#log.failure('refusals-not-kept', error) // the log has each of them, too
    }
  }
}
