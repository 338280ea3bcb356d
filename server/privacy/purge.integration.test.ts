import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { lockCall } from '../crms/call-log-rows.ts'
import { findSealed } from '../keys/index.ts'
import { untouched } from './check-policy.ts'
import { tablesEnding } from './ends.ts'
import { filledCompany } from './filled.fixture.ts'
import { readKeys } from './key-reading.ts'
import { purge } from './purge.ts'
import { sealedRows } from './sealed-rows.ts'

const parts = (hub: Hub) => ({
  cluster: hub.app.cluster,
  organizations: hub.app.organizations,
  ring: hub.app.ring,
})
const keysNow = (hub: Hub) => readKeys(hub.app.settings.keysFolder, hub.app.settings.masterKey)
const count = async (acme: Company, table: string) => (await acme.query(`select 1 from ${table}`)).length

/** The nonces of all sealed values in the files of some tables of one database, read past PostgreSQL. */
async function noncesInFiles(acme: Company, tables: readonly string[]): Promise<string[]> {
  await acme.query('checkpoint')
  const [where] = await acme.query<{ data_directory: string }>('show data_directory')
  const nonces: string[] = []
  for (const table of tables) {
    const [file] = await acme.query<{ path: string }>('select pg_relation_filepath($1::regclass) as path', [
      table,
    ])
    const bytes = await readFile(join(where?.data_directory ?? '', file?.path ?? ''))
    for (const { header } of findSealed(bytes)) nonces.push(header.nonce.toString('hex'))
  }
  return nonces
}

describe('the end of', () => {
  it('PD-8 one user takes that user and leaves the colleagues and the company’s contacts', async ({
    hub,
  }) => {
    const acme = await filledCompany(hub)
    const boris = await acme.given.user({ extension: '31' })
    const [before] = await hub.control<{ id: string }>(
      'select id from installations where organization_id = $1 and user_ref = $2',
      [acme.id, String(boris.vendorId)],
    )
    expect(before).toBeDefined()
    const persons = await count(acme, 'persons')
    const users = await count(acme, 'users')

    const organization = await acme.organization()
    await purge(parts(hub), organization, { end: 'uninstall by the user', userId: boris.id })

    expect(await acme.query('select 1 from users where id = $1', [boris.id])).toEqual([])
    expect(await acme.query('select 1 from user_extensions where user_id = $1', [boris.id])).toEqual([])
    expect(await hub.control('select 1 from sessions where user_id = $1', [boris.id])).toEqual([])
    expect(
      await hub.control('select 1 from installations where organization_id = $1 and user_ref = $2', [
        acme.id,
        String(boris.vendorId),
      ]),
    ).toEqual([])
    expect((await boris.client.request('GET', '/api/v1/users')).status).toBe(401)
    expect(await count(acme, 'users')).toBe(users - 1)
    expect(await count(acme, 'persons')).toBe(persons)
    expect(await count(acme, 'agreements')).toBe(1)
    hub.app.changed(acme.id)
    expect((await acme.users()).map((user) => user.id)).not.toContain(boris.id)
  })

  it('PD-8 L-E.3 one user is ended again when somebody puts the databases back in a way of their own', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const [gone, back] = [
      await acme.given.user({ extension: '41' }),
      await acme.given.user({ extension: '42' }),
    ]
    const rows = async (id: string) =>
      acme.query<{ row: object }>('select to_jsonb(u) as row from users u where id = $1', [id])
    const [before, again] = [await rows(gone.id), await rows(back.id)]
    const organization = await acme.organization()
    for (const { id } of [gone, back])
      await purge(parts(hub), organization, { end: 'uninstall by the user', userId: id })
    const put = (row: object | undefined) =>
      acme.query('insert into users select * from jsonb_populate_record(null::users, $1)', [row])
    await hub.restart(async () => {
      await put(before[0]?.row)
      // Whoever has come back since has the same id, and is as new as the row.
      await put({ ...again[0]?.row, created_at: new Date().toISOString() })
    })
    expect(await acme.query('select id from users where id = any($1)', [[gone.id, back.id]])).toEqual([
      { id: back.id },
    ])
  })

  it('waits for whoever works on a call, and holds nothing that they need meanwhile', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const organization = await acme.organization()
    const [call] = await acme.query<{ id: string }>('select call_id as id from call_logs limit 1')
    let purging: Promise<unknown> | undefined
    await organization.transaction(async (db) => {
      await lockCall(hub.app.clock, organization, db, call?.id ?? '')
      const end = { end: 'uninstall by the last user', connectionId: acme.crmId } as const
      purging = purge(parts(hub), organization, end)
      await until('the purge waits', async () => {
        const waiting = await acme.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return waiting.length > 0
      })
      const rows = await db.rows('update call_logs set tries = tries + 1 where call_id = $1 returning 1', [
        call?.id,
      ])
      expect(rows).toHaveLength(1)
    }, 'log the call in the CRM')
    await purging
    expect(await count(acme, 'calls')).toBe(0)
  })

  it('PD-8 the last user takes rows, bytes and keys of everything that ends with it', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const organization = await acme.organization()
    const tables = tablesEnding('uninstall by the last user', 'organization')
    const sealed = (await sealedRows(parts(hub), hub.app.settings.dataFolder)).filter(
      (row) =>
        row.organizationId === acme.id &&
        ['persons', 'companies', 'person_numbers'].includes(row.place.table),
    )
    const keys = await keysNow(hub)
    expect(sealed.map((row) => keys.open(acme.id, row.place, row.sealed))).toContain('Ada Lovelace')
    expect(await noncesInFiles(acme, tables)).toEqual(expect.arrayContaining(sealed.map((row) => row.nonce)))

    // Somebody reads while it goes: until they are done PostgreSQL would keep for them what is deleted.
    const reader = organization.transaction(
      (db) => db.rows(`select pg_sleep(1) from persons limit 1`),
      'log the call in the CRM',
    )
    const gone = await purge(parts(hub), organization, {
      end: 'uninstall by the last user',
      connectionId: acme.crmId,
    })
    await reader

    expect(gone.get('persons')).toBeGreaterThan(0)
    expect(gone.get('calls')).toBeGreaterThan(0)
    expect(await untouched({ ...parts(hub) }, organization)).toEqual([])
    const after = await keysNow(hub)
    expect(sealed.filter((row) => after.open(acme.id, row.place, row.sealed) !== undefined)).toEqual([])
    expect(await noncesInFiles(acme, tables)).toEqual([])
    // What belongs to the organization itself is still there, and may end only with it.
    expect(await count(acme, 'connections')).toBe(2)
    expect((await acme.query(`select mirror_state from connections where id = $1`, [acme.crmId]))[0]).toEqual(
      { mirror_state: 'not-started' },
    )
    // Interrupted or not, it may be asked for again.
    await purge(parts(hub), organization, { end: 'uninstall by the last user', connectionId: acme.crmId })
  })

  it('an organization takes its database, its rows and every key', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const other = await hub.given.organization()
    const organization = await acme.organization()
    const sealed = (await sealedRows(parts(hub), hub.app.settings.dataFolder)).filter(
      (row) => row.organizationId === acme.id,
    )
    expect(sealed.length).toBeGreaterThan(5)

    await purge(parts(hub), organization, { end: 'organization deleted' })

    const after = await keysNow(hub)
    expect(sealed.filter((row) => after.open(acme.id, row.place, row.sealed) !== undefined)).toEqual([])
    for (const table of tablesEnding('organization deleted', 'control'))
      expect(
        await hub.control(
          `select 1 from ${table} where ${table === 'organizations' ? 'id' : 'organization_id'} = $1`,
          [acme.id],
        ),
      ).toEqual([])
    expect((await other.users()).length).toBe(1)
  })
})
