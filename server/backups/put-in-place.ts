import type pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { withOwnConnection } from '../database/copy.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { undeclaredInJob } from '../declared-fields.ts'
import { failed } from '../failure.ts'
import { addJob } from '../jobs/jobs.ts'
import { note } from './beside.ts'
import { addTables } from './fill.ts'
import type { JobFrame } from './frames.ts'
import { readSequences, readTables, rowsOfOrganization, setSequences } from './tables.ts'

/**
 * The one instant in which the restore happens.
 *
 * Where no organization is left, nothing here is anybody's: the records of the backup take the place of what a first start
 * may have made. Elsewhere records that were made since stay, and what the backup has of them is there already.
 */
export async function putInPlace(
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
