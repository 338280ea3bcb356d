import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import type { Target } from '../database/connections.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

/** How long a rewrite waits for transactions that began before it. */
const lookBackSeconds = 30

/** A rewrite waits no longer than this for a table, because everybody else would wait behind it. */
const waitsSeconds = 5

/**
 * The bytes go with a rewrite (E3): PostgreSQL keeps deleted values in the file, a plain vacuum too. The write-ahead log
 * has copies of its own. Ours (the embedded server's) is begun anew and the old segments are removed, not reused, with
 * the checkpoint; on a server of somebody else's they go when that server recycles them.
 *
 * @throws RingfenceError `busy` when somebody works on a table just now: run it again later
 */
export async function rewriteOrganization(
  cluster: Cluster,
  organization: Organization,
  tables: readonly string[],
): Promise<void> {
  const here = await organization.transaction(
    (db) => db.row<{ database: string }>('select current_database() as database'),
    'owner',
  )
  await rewrite(cluster, cluster.admin(here?.database ?? ''), tables)
}

export async function rewriteControl(cluster: Cluster, tables: readonly string[]): Promise<void> {
  await rewrite(cluster, cluster.control.target, tables)
}

async function rewrite(cluster: Cluster, target: Target, tables: readonly string[]): Promise<void> {
  await cluster.connections.with(target, async (client) => {
    await client.query(`set lock_timeout = '${waitsSeconds}s'`)
    try {
      await untilNobodyLooksBack(client)
      for (const table of tables) await client.query(`vacuum (full) ${table}`)
      await forgetSamples(client, tables)
      for (const table of tables) await client.query(`analyze ${table}`)
    } catch (error) {
      if ((error as { code?: unknown }).code !== '55P03') throw error // lock_not_available
      failed({ code: 'busy', what: 'table', retryAfterSeconds: 600 }, error)
    } finally {
      await client.query('reset lock_timeout')
    }
    if (!cluster.embedded) return // the files of another server are written and removed by its own checkpoints
    await client.query('select pg_switch_wal()')
    await client.query('checkpoint')
  })
}

/**
 * PostgreSQL carries a deleted row over into the new file while anybody might still look at it: whoever took a snapshot of
 * this database before the delete, and also the rewrite itself, whose own snapshot begins with the oldest transaction that
 * runs anywhere on the server, whatever its database. Both are waited for; what begins later sees the row no more.
 *
 * @throws RingfenceError `busy` when one takes too long
 */
async function untilNobodyLooksBack(client: pg.Client): Promise<void> {
  // A transaction of its own, over when it answers: everything deleted so far is older.
  const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::text as now')
  const end = Date.now() + lookBackSeconds * 1000
  for (;;) {
    const { rowCount } = await client.query(
      `select 1 where pg_snapshot_xmin(pg_current_snapshot()) < $1::xid8 or exists (
         select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and age(backend_xmin) > age($1::xid8::xid))`,
      [rows[0]?.now],
    )
    if (rowCount === 0) return
    if (Date.now() > end) failed({ code: 'busy', what: 'table', retryAfterSeconds: 600 })
    await sleep(50)
  }
}

/**
 * The planner's statistics are samples of what stood in a table, and an emptied table keeps its last ones. Sealed columns
 * are never sampled; ids, times and hashes are. Only a superuser may take them out.
 */
async function forgetSamples(client: pg.Client, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'select rolsuper from pg_roles where rolname = current_user',
  )
  if (!rows[0]?.rolsuper) return
  await client.query('delete from pg_statistic where starelid = any($1::text[]::regclass[])', [tables])
  await client.query('vacuum (full) pg_statistic')
}

/** From when and over how many minutes work of the night is spread. */
interface Night {
  from: number
  minutes: number
}

/** The next hour from three to four in the morning (or another night) where the organization is, at a minute of its own. */
export function nextNight(
  organization: Pick<Organization, 'id' | 'timeZone'>,
  now: Date,
  night: Night = { from: 3, minutes: 60 },
): Date {
  const hour = new Intl.DateTimeFormat('en', {
    timeZone: organization.timeZone,
    hour: 'numeric',
    hourCycle: 'h23',
  })
  const minute = createHash('sha256').update(organization.id).digest().readUInt16BE(0) % night.minutes
  const fullHour = Math.floor(now.getTime() / 3_600_000) * 3_600_000
  for (let ahead = 1; ahead <= 26; ahead++) {
    const at = new Date(fullHour + ahead * 3_600_000)
    if (Number(hour.format(at)) === night.from) return new Date(at.getTime() + minute * 60_000)
  }
  return new Date(fullHour + 24 * 3_600_000) // a day of 25 hours can lack no hour twice
}
