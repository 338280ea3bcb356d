import { z } from 'zod'
import type { Cluster } from '../database/cluster.ts'
import { type CheckName, checkNames, type LiveCheck } from './live-check.ts'

const storedResults = z.array(
  z.object({
    name: z.enum(checkNames),
    outcome: z.enum(['holds', 'wrong', 'not checked']),
    wrong: z.array(z.string()),
  }),
)

export interface KeptCheck extends LiveCheck {
  checkedAt: Date
}

/** What was confirmed so long ago is confirmed no more (GD-12, L-28.1). */
const confirmedForHours = 24
const keptDays = 400

/** Checks of the running installation, in its control database: nothing in them is personal. */
export class CheckRecord {
  readonly #cluster: Pick<Cluster, 'control'>

  constructor(cluster: Pick<Cluster, 'control'>) {
    this.#cluster = cluster
  }

  async keep(check: LiveCheck): Promise<void> {
    await this.#cluster.control.transaction(async (db) => {
      db.send('insert into policy_checks (holds, took_ms, version, results) values ($1, $2, $3, $4)', [
        check.holds,
        check.tookMs,
        check.version,
        JSON.stringify(check.results),
      ])
      db.send('delete from policy_checks where checked_at < ringfence.now() - make_interval(days => $1)', [
        keptDays,
      ])
    })
  }

  /** The latest first. */
  async list(limit: number): Promise<KeptCheck[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ holds: boolean; took_ms: number; version: string; results: unknown; checked_at: Date }>(
        `select holds, took_ms, version, results, checked_at from policy_checks
         order by checked_at desc, number desc limit $1`,
        [limit],
      ),
    )
    return rows.map(({ holds, took_ms, version, results, checked_at }) => ({
      holds,
      tookMs: took_ms,
      version,
      results: storedResults.parse(results),
      checkedAt: checked_at,
    }))
  }

  /** What the latest check found to hold, where it is not too long ago; nothing else may be stated. */
  async confirmed(): Promise<CheckName[]> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ results: unknown }>(
        `select results from (select * from policy_checks order by checked_at desc, number desc limit 1) latest
         where checked_at > ringfence.now() - make_interval(hours => $1)`,
        [confirmedForHours],
      ),
    )
    const results = row ? storedResults.parse(row.results) : []
    return results.filter(({ outcome }) => outcome === 'holds').map(({ name }) => name)
  }
}
