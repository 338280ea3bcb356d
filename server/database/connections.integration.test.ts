import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Databases } from '../../testing/databases.ts'
import { type OwnPostgres, ownPostgres } from '../../testing/postgres.ts'
import { openKeyRing } from '../keys/index.ts'
import { Organizations } from '../organizations/organizations.ts'
import { type Cluster, openCluster } from './cluster.ts'

const organizations = 30
/** ten of them for the control database, so that there are fewer than organizations */
const connectionBudget = 22

let postgres: OwnPostgres
let databases: Databases
let folder: string
let cluster: Cluster

beforeAll(async () => {
  postgres = await ownPostgres()
  databases = await Databases.make(postgres)
  folder = await mkdtemp(join(tmpdir(), 'ringfence-test-'))
  cluster = await openCluster({ databaseUrl: databases.url, dataFolder: folder, connectionBudget })
})
afterAll(async () => {
  await cluster?.close()
  await databases?.close()
  await postgres?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Connections of ours that the server sees. */
async function seen(): Promise<number> {
  const [row] = await databases.in<{ count: number }>(
    'postgres',
    `select count(*)::int as count from pg_stat_activity where application_name = 'ringfence'`,
  )
  return row?.count ?? 0
}

describe('the connections of many organizations', () => {
  it('never exceed the one budget, and everybody is served', async () => {
    const ring = await openKeyRing({
      folder: join(folder, 'keys'),
      dataFolder: join(folder, 'data'),
      create: 'only when empty',
      now: new Date(),
      lock: (fn) => fn(),
    })
    const all = new Organizations(cluster, ring)
    for (let number = 0; number < organizations; number += 1)
      await all.create({ name: `Organization ${number}`, country: 'CZ', timeZone: 'Europe/Prague' })
    const made = await all.list()
    let most = 0
    let over = false
    const watching = (async () => {
      while (!over) most = Math.max(most, await seen())
    })()

    const work = made.flatMap((organization) =>
      Array.from({ length: 4 }, (_, copy) =>
        organization.transaction(async (db) => {
          const [row] = await db.rows<{ name: string; slept: unknown }>(
            'select current_user::text as name, pg_sleep(0.02) as slept',
          )
          // In the middle of one, as when a job is made before a commit.
          await cluster.control.transaction((control) => control.rows('select 1'))
          return `${row?.name} ${copy}`
        }),
      ),
    )
    const served = await Promise.all(work)
    over = true
    await watching

    expect(new Set(served).size).toBe(organizations * 4)
    expect(most).toBeGreaterThan(10)
    expect(most).toBeLessThanOrEqual(connectionBudget)
    await ring.close()
  })

  it('make room: a database nobody has asked for lately is closed for another', async () => {
    expect(await seen()).toBeLessThanOrEqual(connectionBudget)
    expect(cluster.connections.open).toBeLessThanOrEqual(connectionBudget - 10)
  })
})
