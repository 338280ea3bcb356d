import { inForce } from '../policy/index.ts'
import { type Cluster, openCluster } from '../server/database/cluster.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { expiringTables } from '../server/privacy/row-security.ts'
import type { Settings } from '../server/settings.ts'

/** Looks into the databases beside a running server, without its keys. */
export async function withCluster<T>(settings: Settings, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await openCluster({ dataFolder: settings.dataFolder, databaseUrl: settings.databaseUrl })
  try {
    return await work(cluster)
  } finally {
    await cluster.close({ leaveRunning: cluster.embedded?.adopted ?? false })
  }
}

export const leapDays = 8

/** Tables whose rows have all had their time after the leap. Records of erasures and corrections stay for years. */
export const shortLived = (): string[] =>
  expiringTables(
    'organization',
    inForce().kinds.filter(({ keep }) => 'hours' in keep && keep.hours <= leapDays * 24),
  )

/** Rows of calls, and how many of them have had their time, as the owner sees them. */
export async function rowsOver(
  cluster: Cluster,
  organizations: readonly Pick<Organization, 'id'>[],
): Promise<{ rows: number; over: number }> {
  const sum = { rows: 0, over: 0 }
  for (const { id } of organizations) {
    for (const table of shortLived()) {
      const counted = await inDatabaseOf(cluster, id, (query) =>
        query<{ rows: string; over: string }>(
          `select count(*) as rows, count(*) filter (where expires_at <= ringfence.now()) as over from ${table}`,
        ),
      )
      sum.rows += Number(counted[0]?.rows ?? 0)
      sum.over += Number(counted[0]?.over ?? 0)
    }
  }
  return sum
}

/** Nothing is over any more, and the sweep has ordered its next run. */
export async function sweepEnded(cluster: Cluster): Promise<boolean> {
  const { organizations, ahead } = await cluster.control.transaction(async (db) => ({
    organizations: await db.rows<{ id: string }>(
      `select id from organizations where state = 'active' order by id`,
    ),
    ahead: await db.rows(
      `select 1 from graphile_worker.jobs where key = 'sweep' and run_at > now() and locked_at is null`,
    ),
  }))
  return ahead.length > 0 && (await rowsOver(cluster, organizations)).over === 0
}

/** The queue goes by the real time, so a rehearsal brings the night nearer: rewrites that wait for it are due now. */
export async function bringTheNight(cluster: Cluster): Promise<void> {
  await cluster.control.transaction((db) =>
    db.rows(
      `select graphile_worker.reschedule_jobs(
         array(select id from graphile_worker.jobs where key like 'rewrite:%' and locked_at is null), run_at => now())`,
    ),
  )
}

/** Organizations whose rewrite is ordered and not done. */
export async function rewritesWaiting(cluster: Cluster): Promise<number> {
  const rows = await cluster.control.transaction((db) =>
    db.rows(`select 1 from graphile_worker.jobs where key like 'rewrite:%'`),
  )
  return rows.length
}

async function inDatabaseOf<T>(
  cluster: Cluster,
  organizationId: string,
  work: (query: <R>(sql: string) => Promise<R[]>) => Promise<T>,
): Promise<T> {
  const where = await cluster.control.transaction((db) =>
    db.row<{ database_name: string }>('select database_name from organizations where id = $1', [
      organizationId,
    ]),
  )
  return cluster.connections.with(cluster.admin(where?.database_name ?? ''), (client) =>
    work(async <R>(sql: string) => (await client.query(sql)).rows as R[]),
  )
}
