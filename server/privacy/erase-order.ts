import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../database/cluster.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** How long somebody's transaction is waited for. */
const writersEndSeconds = 30

/** One erasure of an organization at a time, over all nodes: keys that one has replaced are not another's to destroy. */
export async function underErasureLock<T>(
  cluster: Cluster,
  organizationId: string,
  work: () => Promise<T>,
): Promise<T> {
  return cluster.connections.with(cluster.control.target, async (client) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`erasure ${organizationId}`])
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`erasure ${organizationId}`])
    }
  })
}

/**
 * Waits for every transaction that had written something before now: its rows may be sealed by a replaced key, because
 * they were looked at before that was refused. Any later one is refused by itself.
 * @throws RingfenceError `busy` when one takes too long
 */
export async function untilWritersEnd(cluster: Cluster, organization: Organization): Promise<void> {
  const here = await organization.transaction(
    (db) => db.row<{ database: string }>('select current_database() as database'),
    'owner',
  )
  await cluster.connections.with(cluster.admin(here?.database ?? ''), async (client) => {
    const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::text as now')
    const end = Date.now() + writersEndSeconds * 1000
    for (;;) {
      const { rowCount } = await client.query(
        'select 1 where pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8',
        [rows[0]?.now],
      )
      if (rowCount === 0) return
      if (Date.now() > end) failed({ code: 'busy', what: 'table', retryAfterSeconds: 60 })
      await sleep(10)
    }
  })
}

/** Jobs that wait for rows which are gone: their payloads name them. One that runs just now finds nothing. */
export async function forgetJobs(cluster: Cluster, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await cluster.control.transaction(async (db) => {
    const queue = await db.row<{ there: boolean }>(
      `select to_regclass('graphile_worker._private_jobs') is not null as there`,
    )
    if (!queue?.there) return // an installation that has never been started has no queue
    await db.rows(
      `delete from graphile_worker._private_jobs
       where locked_at is null and exists (select from json_each_text(payload) where value = any($1))`,
      [ids],
    )
  })
}
