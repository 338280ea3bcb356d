import type { Cluster } from '../database/cluster.ts'
import { withOwnConnection } from '../database/copy.ts'
import { migrate, readMigrations } from '../database/migrate.ts'
import { failed } from '../failure.ts'
import { rolesOf } from '../organizations/organization-database.ts'
import { type FrameReader, fillTables, migrateAsThen } from './fill.ts'
import { setSequences } from './tables.ts'

/** Parts of one backup were made by one program; where they were not, the first one's migrations have run already. */
export async function fillControl(cluster: Cluster, database: string, frames: FrameReader): Promise<void> {
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

/** As it was then, and brought up to date. */
export async function fillOrganization(
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
