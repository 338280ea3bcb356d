import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { withOwnConnection } from '../database/copy.ts'
import { dropDatabase } from '../organizations/organization-database.ts'

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

/** Before it is made: so that whoever clears away knows of it. */
export async function note(cluster: Cluster, beside: string, database: string): Promise<void> {
  await withOwnConnection(cluster.admin(beside), async (client) => {
    await client.query(noteTable)
    await client.query('insert into made_by_restore (name) values ($1)', [database])
  })
}
