import type pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { copyOut, endOf, ownConnection, withOwnConnection } from '../database/copy.ts'
import { rolesOf } from '../organizations/organization-database.ts'
import { encodeFrame, type Frame, formatVersion, type Head, type JobFrame } from './frames.ts'
import { readSequences, readTables, rowsNamed, rowsOfOrganization } from './tables.ts'

type Shown = Pick<Head, 'ring' | 'takenAt'>

/** What the control database holds of no organization: the record of policies, breaches, grounds and receipts. */
export async function* installationFrames(cluster: Cluster, shown: Shown): AsyncGenerator<Buffer> {
  const control = await snapshot(cluster, cluster.control.target.database)
  try {
    yield encodeFrame({ kind: 'head', format: formatVersion, ...shown, part: { of: 'installation' } })
    yield* controlFrames(control, undefined)
    yield encodeFrame({ kind: 'end' })
  } finally {
    await endOf(control)
  }
}

/**
 * Everything of one organization: its rows of the control database, its database, and its jobs.
 *
 * The snapshots are begun within a moment of each other, the control database's first and its jobs a second time last: a
 * job that ended in between is there as it was before, one that was made in between as it is after.
 */
export async function* organizationFrames(
  cluster: Cluster,
  organization: { id: string; database: string },
  shown: Shown,
): AsyncGenerator<Buffer> {
  const { id, database } = organization
  const control = await snapshot(cluster, cluster.control.target.database)
  try {
    const before = await jobsOf(control, id)
    const own = await snapshot(cluster, database, rolesOf(database).owner)
    try {
      const jobs = new Map(before.map((job) => [job.key, job]))
      const later = await withOwnConnection(cluster.control.target, (client) => jobsOf(client, id))
      for (const job of later) jobs.set(job.key, job)
      yield encodeFrame({ kind: 'head', format: formatVersion, ...shown, part: { of: 'organization', id } })
      yield* controlFrames(control, id)
      yield* organizationTables(own)
      for (const job of jobs.values()) yield encodeFrame({ kind: 'job', ...job })
      yield encodeFrame({ kind: 'end' })
    } finally {
      await endOf(own)
    }
  } finally {
    await endOf(control)
  }
}

async function* controlFrames(client: pg.Client, id: string | undefined): AsyncGenerator<Buffer> {
  const tables = await readTables(client, 'control')
  const own = rowsOfOrganization(tables, id)
  const named = id === undefined ? new Map<string, string>() : rowsNamed(tables, own)
  yield encodeFrame(await databaseFrame(client, 'control'))
  for (const table of tables) {
    if (!own.has(table.name) && !named.has(table.name)) continue
    yield* tableFrames(client, table, own.get(table.name) ?? named.get(table.name))
  }
}

async function* organizationTables(client: pg.Client): AsyncGenerator<Buffer> {
  yield encodeFrame(await databaseFrame(client, 'organization'))
  for (const table of await readTables(client, 'organization')) yield* tableFrames(client, table, undefined)
}

async function databaseFrame(
  client: pg.Client,
  database: 'control' | 'organization',
): Promise<Extract<Frame, { kind: 'database' }>> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name')
  return {
    kind: 'database',
    database,
    migrations: rows.map(({ name }) => name),
    sequences: await readSequences(client),
  }
}

async function* tableFrames(
  client: pg.Client,
  { name, columns }: { name: string; columns: string[] },
  condition: string | undefined,
): AsyncGenerator<Buffer> {
  yield encodeFrame({ kind: 'table', table: name, columns })
  const select = `select ${columns.join(', ')} from ${name}${condition === undefined ? '' : ` where ${condition}`}`
  for await (const bytes of copyOut(client, `copy (${select}) to stdout (format binary)`))
    yield encodeFrame({ kind: 'rows', bytes })
  yield encodeFrame({ kind: 'end of table' })
}

/** A connection that sees a database as it is now, for as long as it is open. */
async function snapshot(cluster: Cluster, database: string, owner?: string): Promise<pg.Client> {
  const client = await ownConnection(cluster.admin(database))
  try {
    await client.query('begin isolation level repeatable read read only')
    // Row security is for those who read on somebody's behalf; the owner sees what is there.
    if (owner !== undefined) await client.query(`set local role ${owner}`)
    await client.query('select 1') // the snapshot is taken by the first statement
    return client
  } catch (error) {
    await endOf(client)
    throw error
  }
}

/** Work of the organization that waits or runs. What has no key is nobody's to queue again. */
async function jobsOf(client: pg.Client, organizationId: string): Promise<JobFrame[]> {
  const { rows: queues } = await client.query<{ there: boolean }>(
    `select to_regclass('graphile_worker._private_jobs') is not null as there`,
  )
  if (!queues[0]?.there) return [] // no server has ever run here
  const { rows } = await client.query<Omit<JobFrame, 'at'> & { at: Date }>(
    `select t.identifier as task, j.payload, j.key, j.run_at as at, q.queue_name as queue
     from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id
       left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
     where j.payload ->> 'organizationId' = $1 and j.key is not null and j.attempts < j.max_attempts
     order by j.id`,
    [organizationId],
  )
  return rows.map((job) => ({ ...job, at: job.at.toISOString() }))
}
