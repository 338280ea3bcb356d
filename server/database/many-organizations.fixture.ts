import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Databases } from '../../testing/databases.ts'
import { ownPostgres, type PostgresServer } from '../../testing/postgres.ts'
import { openKeyRing } from '../keys/index.ts'
import { Organizations } from '../organizations/organizations.ts'
import { openCluster } from './cluster.ts'

/**
 * Makes so many organizations, uses all of them at once, four transactions each, and looks at PostgreSQL meanwhile.
 *
 * @returns who was served, and the most connections of ours that PostgreSQL had open
 */
export async function useAtOnce(options: {
  organizations: number
  connectionBudget: number
  /** connections that somebody else holds meanwhile; the server accepts 120 */
  heldByOthers?: number
}): Promise<{ served: string[]; most: number; openAfterwards: number }> {
  const postgres = await ownPostgres()
  const databases = await Databases.make(postgres)
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-test-'))
  const { connectionBudget } = options
  const cluster = await openCluster({ databaseUrl: databases.url, dataFolder: folder, connectionBudget })
  const ring = await openKeyRing({
    folder: join(folder, 'keys'),
    dataFolder: join(folder, 'data'),
    create: 'only when empty',
    now: new Date(),
    lock: (fn) => fn(),
  })
  const others: pg.Client[] = []
  try {
    const all = new Organizations(cluster, ring)
    for (let number = 0; number < options.organizations; number += 1)
      await all.create({ name: `Organization ${number}`, country: 'CZ', timeZone: 'Europe/Prague' })
    const made = await all.list()
    others.push(...(await holdConnections(postgres, options.heldByOthers ?? 0)))
    let most = 0
    let over = false
    const watching = (async () => {
      while (!over) most = Math.max(most, await seen(databases))
    })()
    const served = await Promise.all(
      made.flatMap((organization) =>
        Array.from({ length: 4 }, (_, copy) =>
          organization.transaction(async (db) => {
            const [row] = await db.rows<{ name: string }>(
              'select session_user::text as name, pg_sleep(0.02) as slept',
            )
            // In the middle of one, as when a job is made before a commit.
            await cluster.control.transaction((control) => control.rows('select 1'))
            return `${row?.name} ${copy}`
          }, 'run the installation'),
        ),
      ),
    )
    over = true
    await watching
    return { served, most, openAfterwards: await seen(databases) }
  } finally {
    await ring.close()
    await cluster.close()
    await Promise.all(others.map((client) => client.end()))
    await databases.close()
    await postgres.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export async function holdConnections(server: PostgresServer, count: number): Promise<pg.Client[]> {
  const { host, port, user, password } = server
  const clients = Array.from(
    { length: count },
    () => new pg.Client({ host, port, user, password, database: 'postgres' }),
  )
  for (const client of clients) await client.connect()
  return clients
}

async function seen(databases: Databases): Promise<number> {
  const [row] = await databases.in<{ count: number }>(
    'postgres',
    `select count(*)::int as count from pg_stat_activity where application_name = 'ringfence'`,
  )
  return row?.count ?? 0
}
