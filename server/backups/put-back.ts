import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { withOwnConnection } from '../database/copy.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { undeclaredInJob } from '../declared-fields.ts'
import { failed } from '../failure.ts'
import { addJob } from '../jobs/jobs.ts'
import type { EndEntry, KeyRing } from '../keys/index.ts'
import { dropDatabase, makeDatabase, rolesOf } from '../organizations/organization-database.ts'
import { newDatabaseName } from '../organizations/organizations.ts'
import { addTables, FrameReader, fillTables, migrateAsThen } from './fill.ts'
import type { JobFrame } from './frames.ts'
import { framesOf, type Part } from './read.ts'
import { readSequences, readTables, rowsOfOrganization, setSequences } from './tables.ts'

export interface PutBack {
  /** ids of organizations that are here now */
  organizations: string[]
  /** how many were queued again */
  jobs: number
}

/**
 * Puts parts of a backup back. Everything is made beside what there is: a database for each organization, and one for the
 * rows of the control database, filled as they were then and brought up to date. One transaction of the control database
 * then puts them in place; until it commits nothing has changed, and what was made for it is dropped.
 */
export async function putBack(
  { cluster, ring }: { cluster: Cluster; ring: KeyRing },
  parts: readonly Part[],
): Promise<PutBack> {
  await clearUnfinished(cluster)
  const beside = besideOf(cluster.control.target.database)
  const made = new Map<string, string>() // id of an organization → its new database
  const jobs: JobFrame[] = []
  try {
    await withOwnConnection(cluster.control.target, (client) =>
      client.query(`create database ${pg.escapeIdentifier(beside)}`),
    )
    for (const part of parts) {
      const frames = new FrameReader(framesOf(part.path, part.keys))
      try {
        await frames.take('head')
        await fillControl(cluster, beside, frames)
        if (part.part.of !== 'organization') continue
        const { id } = part.part
        const database = newDatabaseName()
        made.set(id, database)
        await note(cluster, beside, database)
        await makeDatabase(cluster, database, ring.organization(id))
        await fillOrganization(cluster, { database, takenAt: part.takenAt }, frames)
        while ((await frames.peek())?.kind === 'job') jobs.push(await frames.take('job'))
        await frames.take('end')
      } finally {
        await frames.close()
      }
    }
    const deleted = parts.flatMap((part) => [...endedSince(ring, part, ['organization deleted'])])
    await putInPlace(cluster, beside, { made, jobs, deleted })
    return { organizations: [...made.keys()], jobs: jobs.length }
  } finally {
    await clearUnfinished(cluster)
  }
}

/** @returns ids of organizations that ended in one of these ways after what is put back was saved */
export function endedSince(
  ring: KeyRing,
  { takenAt }: Pick<Part, 'takenAt'>,
  ways: readonly EndEntry['end'][],
): Set<string> {
  const ended = ring.ends().filter(({ end, at }) => ways.includes(end) && new Date(at) >= new Date(takenAt))
  return new Set(ended.map(({ organization }) => organization))
}

/**
 * Drops what a restore has made and not put in place, and what it has put something in the place of, also of one that was
 * killed. Such databases are noted beside the rows of the control database before they are made, or nobody's.
 */
export async function clearUnfinished(cluster: Cluster): Promise<void> {
  const beside = besideOf(cluster.control.target.database)
  const isThere = await cluster.control.transaction((db) =>
    db.row('select 1 from pg_database where datname = $1', [beside]),
  )
  if (!isThere) return
  const noted = await withOwnConnection(cluster.admin(beside), async (client) => {
    await client.query(noteTable)
    return (await client.query<{ name: string }>('select name from made_by_restore order by name')).rows
  })
  const used = await cluster.control.transaction((db) =>
    db.rows<{ database_name: string }>('select database_name from organizations order by id'),
  )
  for (const { name } of noted)
    if (!used.some(({ database_name }) => database_name === name)) await dropDatabase(cluster, name)
  await withOwnConnection(cluster.control.target, (client) =>
    client.query(`drop database ${pg.escapeIdentifier(beside)} with (force)`),
  )
}

/** Named by the control database: one at a time for each installation, so that its name is known to whoever clears it away. */
export const besideOf = (control: string): string =>
  `rf_restore_${createHash('sha256').update(control).digest('hex').slice(0, 20)}`

const noteTable = 'create table if not exists made_by_restore (name text primary key)'

async function note(cluster: Cluster, beside: string, database: string): Promise<void> {
  await withOwnConnection(cluster.admin(beside), async (client) => {
    await client.query(noteTable)
    await client.query('insert into made_by_restore (name) values ($1)', [database])
  })
}

/** Parts of one backup were made by one program; where they were not, the first one's migrations have run already. */
async function fillControl(cluster: Cluster, database: string, frames: FrameReader): Promise<void> {
  const { migrations } = await frames.take('database')
  const all = await readMigrations('control')
  await withOwnConnection(cluster.admin(database), async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('schema_migrations') is not null as there`,
    )
    if (!rows[0]?.there) await migrateAsThen(client, 'control', { all, ran: migrations })
    const { rows: ran } = await client.query<{ name: string }>(
      'select name from schema_migrations order by name',
    )
    if (ran.length !== migrations.length || ran.some(({ name }) => !migrations.includes(name)))
      failed({
        code: 'setting',
        name: 'restore',
        sentence:
          'These files were made by different releases of Ringfence: restore them one after the other.',
      })
    await client.query('begin')
    await fillTables(client, frames, { of: 'control', into: 'beside' })
    await client.query('commit')
  })
}

async function fillOrganization(
  cluster: Cluster,
  { database, takenAt }: { database: string; takenAt: string },
  frames: FrameReader,
): Promise<void> {
  const { migrations, sequences } = await frames.take('database')
  const all = await readMigrations('organization')
  const shift = await cluster.control.transaction((db) =>
    db.row<{ shift: string }>('select shift::text from ringfence.clock'),
  )
  await withOwnConnection(cluster.admin(database), async (client) => {
    await client.query(`set role ${rolesOf(database).owner}`)
    await migrateAsThen(client, 'organization', { all, ran: migrations })
    await client.query('begin')
    await fillTables(client, frames, { of: 'organization', into: 'empty' })
    await setSequences(client, sequences)
    await client.query('update ringfence.clock set shift = $1::interval', [shift?.shift ?? '0'])
    await client.query('commit')
    await migrate(client, all)
    await client.query('insert into restores (taken_at) values ($1)', [takenAt])
  })
}

/**
 * The one instant in which the restore happens.
 *
 * Where no organization is left, nothing here is anybody's: the records of the backup take the place of what a first start
 * may have made. Elsewhere records that were made since stay, and what the backup has of them is there already.
 */
async function putInPlace(
  cluster: Cluster,
  beside: string,
  {
    made,
    jobs,
    deleted,
  }: { made: ReadonlyMap<string, string>; jobs: readonly JobFrame[]; deleted: readonly string[] },
): Promise<void> {
  await withOwnConnection(cluster.admin(beside), async (from) => {
    await migrate(from, await readMigrations('control'))
    // Of one whose subscription had ended the name alone was kept, until it was deleted.
    await from.query('delete from organizations where id = any($1)', [deleted])
    for (const [id, database] of made)
      await from.query(`update organizations set database_name = $2, state = 'active' where id = $1`, [
        id,
        database,
      ])
    await withOwnConnection(cluster.control.target, async (to) => {
      await to.query('begin')
      const tables = await readTables(to, 'control')
      const { rows } = await to.query<{ id: string; database_name: string }>(
        'select id, database_name from organizations order by id for update',
      )
      if (rows.length === 0) await empty(to, tables)
      await expectSameRecords(from, to)
      for (const { id, database_name: database } of rows.filter((row) => made.has(row.id))) {
        await note(cluster, beside, database)
        await to.query('delete from organizations where id = $1', [id]) // its rows in other tables go with it
      }
      await addTables(from, to, tables)
      await setSequences(to, await readSequences(from))
      for (const job of jobs) await queue(to, job)
      await to.query('commit')
    })
  })
}

/**
 * What waited to be done when the backup was made. Each task looks at what there is before it does anything; whatever may
 * have been sent to a CRM since is asked for first (crms/maybe-sent.ts).
 */
async function queue(client: pg.Client, { task, payload, key, at, queue: name }: JobFrame): Promise<void> {
  if (undeclaredInJob(task, payload).length > 0) return // of a release before: the starts and the nights do without
  const options = { key, at: new Date(at), keep: true, ...(name === null ? {} : { queue: name }) }
  const { sql, values } = addJob(task, payload, options)
  await client.query(sql, values)
}

/** Triggers that refuse every change of a record are for those that are somebody's. */
async function empty(client: pg.Client, tables: Awaited<ReturnType<typeof readTables>>): Promise<void> {
  const whole = rowsOfOrganization(tables, undefined)
  const names = tables.filter(({ name }) => whole.has(name)).map(({ name }) => name)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  for (const name of names.toReversed()) await client.query(`delete from ${name}`)
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
}

/** Organizations name versions of the policy by their numbers: here the same number has to be the same version. */
async function expectSameRecords(from: pg.Client, to: pg.Client): Promise<void> {
  const versions = async (client: pg.Client) => {
    const { rows } = await client.query<{ number: number; version: string }>(
      'select number, version from policy_versions order by number',
    )
    return new Map(rows.map(({ number, version }) => [number, version]))
  }
  const here = await versions(to)
  for (const [number, version] of await versions(from))
    if (here.has(number) && here.get(number) !== version)
      failed({
        code: 'setting',
        name: 'restore',
        sentence:
          'The record of policies here is another one than the backup’s: restore everything into empty databases.',
      })
}
