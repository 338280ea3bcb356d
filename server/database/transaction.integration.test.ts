import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { Databases } from '../../testing/databases.ts'
import { heads } from '../../testing/lock-order.ts'
import { until } from '../../testing/until.ts'
import { type KeyRing, openKeyRing } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import { Organizations } from '../organizations/organizations.ts'
import { type Cluster, openCluster } from './cluster.ts'
import type { Db } from './transaction.ts'

/** Far longer than these tests need between two statements, also where the machine is busy. */
const silentMs = 2_000
let folder: string
let databases: Databases
let cluster: Cluster
let ring: KeyRing
let acme: Organization

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringfence-test-'))
  databases = await Databases.make(inject('postgres'))
  cluster = await openCluster({ databaseUrl: databases.url, dataFolder: folder, silentMs })
  await databases.in(
    databases.control,
    'create table pairs (id text primary key, changed integer not null default 0)',
  )
  await databases.in(databases.control, `insert into pairs (id) values ('a'), ('b')`)
  ring = await openKeyRing({
    folder: join(folder, 'keys'),
    dataFolder: join(folder, 'data'),
    create: 'only when empty',
    now: new Date(),
    lock: (fn) => fn(),
  })
  const organizations = new Organizations(cluster, ring)
  acme = await organizations.create({ name: 'Acme', country: 'CZ', timeZone: 'Europe/Prague' })
})

afterAll(async () => {
  await ring.close()
  await cluster.close()
  await databases.drop()
  await rm(folder, { recursive: true, force: true })
})

const change = (db: Db, id: string) =>
  db.rows('update pairs set changed = changed + 1 where id = $1 returning id', [id])
const undone = `do $$ begin raise exception 'undone' using errcode = '40P01'; end $$`

describe('a transaction', () => {
  it('that waited for another which waited for it is done again, and both are done', async () => {
    let met = 0
    const bothHold = () => until('both hold what the other wants', () => met >= 2)
    const crossing = (first: string, second: string) =>
      cluster.control.transaction(async (db) => {
        await change(db, first)
        met += 1
        await bothHold()
        return change(db, second)
      })
    await expect(Promise.all([crossing('a', 'b'), crossing('b', 'a')])).resolves.toHaveLength(2)
    expect(await databases.in(databases.control, 'select id, changed from pairs order by id')).toEqual([
      { id: 'a', changed: 2 },
      { id: 'b', changed: 2 },
    ])
  })

  it('is done again for a statement too for which nobody has waited', async () => {
    let attempts = 0
    const answer = await cluster.control.transaction(async (db) => {
      attempts += 1
      if (attempts === 1) db.send(undone)
      return db.row('select 1 as one')
    })
    expect({ attempts, answer }).toEqual({ attempts: 2, answer: { one: 1 } })
  })

  it('that is undone again and again is one that could not be carried out just now', async () => {
    let attempts = 0
    const trying = cluster.control.transaction((db) => {
      attempts += 1
      return db.rows(undone)
    })
    await expect(trying).rejects.toMatchObject({ failure: { code: 'database-away' } })
    expect(attempts).toBe(4)
  })

  it('in which nothing is said for too long is ended: what it held is free, and the next one is served', async () => {
    const silent = cluster.control.transaction(async (db) => {
      await change(db, 'a')
      const free = `select id from pairs where id = 'a' for update skip locked`
      await until('it is free', async () => (await databases.in(databases.control, free)).length === 1)
      return change(db, 'b')
    })
    await expect(silent).rejects.toMatchObject({ failure: { code: 'database-away' } })
    expect(await cluster.control.transaction((db) => change(db, 'b'))).toEqual([{ id: 'b' }])
    const [row] = await databases.in<{ changed: number }>(
      databases.control,
      `select changed from pairs where id = 'a'`,
    )
    expect(row?.changed).toBe(2)
  })

  it('that only reads may pause, because it holds nobody up', async () => {
    const patience = async (as: 'officer' | 'owner' | 'sign in') =>
      acme.transaction(
        (db) =>
          db.row<{ patience: string }>(
            `select current_setting('idle_in_transaction_session_timeout') as patience`,
          ),
        as,
      )
    expect(await patience('officer')).toEqual({ patience: '10min' })
    expect(await patience('owner')).toEqual({ patience: '2s' })
    expect(await patience('sign in')).toEqual({ patience: '2s' })
  })

  it('is watched for every table that hangs on a call', async () => {
    const hanging = await acme.transaction(
      (db) =>
        db.rows<{ name: string }>(
          `select distinct conrelid::regclass::text as name from pg_constraint
           where confrelid = 'calls'::regclass and contype = 'f' order by name`,
        ),
      'owner',
    )
    expect(hanging.map(({ name }) => name)).toEqual([...(heads['calls'] ?? [])].sort())
  })
})
