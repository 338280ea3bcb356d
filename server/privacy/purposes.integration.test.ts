import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { declarations, type Purpose, purposes } from '../../policy/index.ts'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { isRefusedRow } from '../database/transaction.ts'
import type { DatabaseRole } from '../organizations/organization.ts'
import { purposeRoles } from './purposes.ts'
import { tablesOf } from './row-security.ts'

const it = itWithHub()

const kinds = declarations.filter(({ database }) => database === 'organization')
const columns = [...new Set(kinds.flatMap((kind) => Object.keys(kind.columns)))].sort()
const tableOf = (name: string) => name.slice(0, name.indexOf('.'))
const columnOf = (name: string) => name.slice(name.indexOf('.') + 1)

/** Contacts, calls, users: everything in which a row by itself tells of somebody. */
const ofNobody = ['connections', 'rules', 'notice_contacts']
const ofPeople = tablesOf(kinds).filter((table) => !ofNobody.includes(table))

const servesColumn = (purpose: Purpose, column: string) =>
  kinds.some((kind) => column in kind.columns && kind.purposes.includes(purpose))
const servesTable = (purpose: Purpose, table: string) =>
  columns.some((column) => tableOf(column) === table && servesColumn(purpose, column))

/** What the database answers: "allowed", or the routine of PostgreSQL that refused. */
async function answer(acme: Company, sql: string, as: DatabaseRole): Promise<string> {
  const organization = await acme.organization()
  try {
    await organization.transaction((db) => db.rows(sql), as)
    return 'allowed'
  } catch (error) {
    const { code, routine } = error as { code?: string; routine?: string }
    if (code !== '42501') throw error
    return routine ?? 'refused'
  }
}

async function asLogin(hub: Hub, acme: Company): Promise<pg.Client> {
  const database = await hub.databases.of(acme.id)
  const { keys } = await acme.organization()
  const client = new pg.Client({
    host: hub.databases.server.host,
    port: hub.databases.server.port,
    user: `${database}_app`,
    password: keys.derive('database role app'),
    database,
  })
  await client.connect()
  return client
}

describe('personal data of an organization', () => {
  it('PD-9 is read and changed for the purposes declared for it, and refused by the database for every other', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    for (const purpose of purposes) {
      for (const name of columns) {
        const [table, column] = [tableOf(name), columnOf(name)]
        const expected = servesColumn(purpose, name) ? 'allowed' : 'aclcheck_error'
        for (const sql of [
          `select ${column} from ${table}`,
          `update ${table} set ${column} = ${column} where false`,
        ])
          expect(await answer(acme, sql, purpose), `${sql}, to ${purpose}`).toBe(expected)
      }
    }
  })

  it('PD-9 is not even counted for a purpose it is not declared for: nothing of contacts, calls and users', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    expect(ofPeople).toEqual(expect.arrayContaining(['calls', 'persons', 'person_numbers', 'users']))
    for (const purpose of purposes) {
      for (const table of ofPeople) {
        const expected = servesTable(purpose, table) ? 'allowed' : 'aclcheck_error'
        for (const sql of [
          `select count(*) from ${table}`,
          `select from ${table}`,
          `select from ${table} tablesample system (1)`,
        ])
          expect(await answer(acme, sql, purpose), `${sql}, to ${purpose}`).toBe(expected)
        const whole = columns.every((name) => tableOf(name) !== table || servesColumn(purpose, name))
        const deleting = `delete from ${table} where false`
        expect(await answer(acme, deleting, purpose), `${deleting}, to ${purpose}`).toBe(
          whole ? 'allowed' : 'aclcheck_error',
        )
      }
    }
    // a purpose that none of them serves has none of them: so would one of an analysis
    expect(ofPeople.filter((table) => servesTable('run the installation', table))).toEqual([])
  })

  it('PD-9 opens to nobody who has not said for what', async ({ hub }) => {
    const acme = await hub.given.organization()
    const client = await asLogin(hub, acme)
    try {
      const { rows } = await client.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
      )
      expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(tablesOf(kinds)))
      for (const { name } of rows)
        await expect(client.query(`select from ${name}`), name).rejects.toMatchObject({ code: '42501' })
      // and having said it in one transaction, not in the next
      const role = purposeRoles(hub.databases.control)['identify the caller']
      await client.query(`begin; set local role ${role}; select from persons; commit`)
      await expect(client.query('select from persons')).rejects.toMatchObject({ code: '42501' })
    } finally {
      await client.end()
    }
  })

  it('PD-9 is reached by no role but those of the purposes', async ({ hub }) => {
    const [acme, rival] = [await hub.given.organization(), await hub.given.organization()]
    const [mine, other] = [await hub.databases.of(acme.id), await hub.databases.of(rival.id)]
    const client = await asLogin(hub, acme)
    try {
      const { rows } = await client.query<{ name: string }>(
        'select rolname as name from pg_roles where rolname <> current_user order by 1',
      )
      const names = rows.map((row) => row.name)
      expect(names).toEqual(
        expect.arrayContaining([`${mine}_owner`, `${mine}_officer`, `${other}_app`, 'pg_read_all_data']),
      )
      const own: string[] = Object.values(purposeRoles(hub.databases.control))
      for (const name of names) {
        const set = client.query(`set role ${pg.escapeIdentifier(name)}`)
        if (own.includes(name)) await set
        // 22023: a role of another test, which has gone meanwhile.
        else await expect(set, name).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|22023)$/) })
        await client.query('reset role')
      }
    } finally {
      await client.end()
    }
  })
})

describe('a right that is missing', () => {
  it('is told apart from a row whose time is over', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const organization = await acme.organization()
    const late = () =>
      organization.transaction(
        (db) =>
          db.rows(
            `insert into calls (id, connection_id, state, facts_sealed, last_event_at, expires_at)
             values ($1, $2, 'ended', '', now(), ringfence.now() - interval '1 hour')`,
            [randomUUID(), acme.phoneId],
          ),
        'show calls to the people they are for',
      )
    const closed = () =>
      organization.transaction((db) => db.rows('select id from calls'), 'run the installation')
    const refusal = (run: () => Promise<unknown>) => run().then(undefined, (error: unknown) => error)
    expect(isRefusedRow(await refusal(late))).toBe(true)
    const missing = await refusal(closed)
    expect(missing).toMatchObject({ code: '42501' })
    expect(isRefusedRow(missing)).toBe(false)
  })
})
