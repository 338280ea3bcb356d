import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Purpose, purposes } from '../../policy/index.ts'
import type { Company } from '../../testing/company.ts'
import { type Hub, openHub } from '../../testing/hub.ts'
import { type OwnPostgres, ownPostgres } from '../../testing/postgres.ts'
import { purposeRoles } from '../privacy/purposes.ts'

/** A server of its own: every database on it is looked at. */
let postgres: OwnPostgres
let hub: Hub
let companies: Company[]

beforeAll(async () => {
  postgres = await ownPostgres()
  hub = await openHub({ postgres })
  companies = [await hub.given.organization(), await hub.given.organization({ set: 'connected' })]
  companies.push(await hub.given.organization({ set: 'created' }))
})
afterAll(async () => {
  await hub?.close()
  await postgres?.close()
})

const logins = ['app', 'officer'] as const
type Login = (typeof logins)[number]

interface Role {
  of: Company
  login: Login
  user: string
  password: string
  database: string
}

async function rolesOf(company: Company): Promise<Role[]> {
  const database = await hub.databases.of(company.id)
  const { keys } = await company.organization()
  return logins.map((login) => ({
    of: company,
    login,
    user: `${database}_${login}`,
    password: keys.derive(`database role ${login}`),
    database,
  }))
}

async function connect(role: Role, database: string, purpose?: Purpose): Promise<pg.Client> {
  const client = new pg.Client({
    ...(purpose ? { options: `-c role=${purposeRoles(hub.databases.control)[purpose]}` } : {}),
    host: postgres.host,
    port: postgres.port,
    user: role.user,
    password: role.password,
    database,
  })
  await client.connect()
  return client
}

/** Runs one statement as this role in its own database, having said for what where it has to. */
async function as(role: Role, sql: string, purpose?: Purpose): Promise<pg.QueryResult> {
  const client = await connect(role, role.database, purpose)
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

describe('the databases of organizations', () => {
  it('L-32.2 open to their own roles, and to no role of another organization', async () => {
    const databases = await hub.databases.in<{ datname: string }>(
      'postgres',
      'select datname from pg_database order by datname',
    )
    const roles = (await Promise.all(companies.map(rolesOf))).flat()
    expect(databases.length).toBe(companies.length + 4) // control, postgres, template0, template1
    expect(roles).toHaveLength(companies.length * logins.length)

    for (const role of roles) {
      for (const { datname } of databases) {
        const opened = await connect(role, datname).then(
          async (client) => {
            const { rows } = await client.query('select current_database() as name')
            await client.end()
            return rows[0]?.name as string
          },
          (error: { code?: string }) => error.code,
        )
        // 42501: no right to connect; 55000: template0 takes no connection at all
        if (datname === role.database) expect(opened).toBe(datname)
        else expect(['42501', '55000']).toContain(opened)
      }
    }
  })

  it('L-32.2 cannot be entered as their owner, nor with another organization’s password', async () => {
    const [acme, rival] = await Promise.all(companies.slice(0, 2).map(rolesOf))
    const [app] = acme ?? []
    const [other] = rival ?? []
    if (!app || !other) throw new Error('there are no roles')
    const withOwner = connect({ ...app, user: `${app.database}_owner` }, app.database)
    await expect(withOwner).rejects.toMatchObject({ code: expect.stringMatching(/^28/) })
    const withOther = connect({ ...app, password: other.password }, app.database)
    await expect(withOther).rejects.toMatchObject({ code: '28P01' })
  })

  it.for([
    'alter table calls disable row level security',
    'alter table calls no force row level security',
    'drop policy alive on calls',
    'alter policy alive on calls using (true)',
    `update ringfence.clock set shift = '-30 days'`,
    `create or replace function ringfence.now() returns timestamptz language sql as 'select now()'`,
    'alter role current_user bypassrls',
    'alter role current_user superuser',
    'create role helper login',
    'create database another',
    `create function leak() returns text language plpgsql security definer as 'begin return 1; end'`,
    'create table kept (name text)',
    'create temporary table kept (name text)',
    `select lo_from_bytea(0, 'Ada')`,
    'select lo_create(0)',
    `select pg_logical_emit_message(false, 'kept', 'Ada')`,
    'create schema kept',
    `comment on column persons.external_id is 'Ada'`,
    'create policy all_of_them on calls using (true)',
    'create publication elsewhere for all tables',
    'create event trigger seen on ddl_command_end execute function ringfence.now()',
    'create extension postgres_fdw',
    `copy calls to program 'true'`,
    `copy calls to '/tmp/calls'`,
    `select pg_read_file('postgresql.conf')`,
    'select rolpassword from pg_authid',
    'delete from schema_migrations',
  ])('L-32.2 do not let their roles do this: %s', async (statement) => {
    const [company] = companies
    if (!company) throw new Error('there is no company')
    for (const role of await rolesOf(company)) {
      for (const purpose of [undefined, ...(role.login === 'app' ? purposes : [])])
        await expect(as(role, statement, purpose), purpose).rejects.toMatchObject({
          code: expect.stringMatching(/^(42|25|2F)/),
        })
    }
  })

  it('L-32.2 do not let a role become its owner or a role of another organization', async () => {
    const [first, second] = companies
    if (!first || !second) throw new Error('there are no companies')
    const others = await rolesOf(second)
    for (const role of await rolesOf(first)) {
      for (const user of [`${role.database}_owner`, 'postgres', ...others.map((other) => other.user)])
        await expect(as(role, `set role ${user}`)).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('L-32.2 show no row whose time is over, to no role, even where row security is switched off', async () => {
    const [acme] = companies
    if (!acme) throw new Error('there is no company')
    await acme.given.user({ extension: '21' })
    const call = await acme.phone.calls({ from: '+442079460123', to: '21' })
    await acme.written(call)
    await acme.query(`update calls set expires_at = ringfence.now() - interval '1 second'`)
    await acme.query(`update call_logs set expires_at = ringfence.now() - interval '1 second'`)

    for (const role of await rolesOf(acme)) {
      const purpose = role.login === 'app' ? 'show calls to the people they are for' : undefined
      for (const table of ['calls', 'call_logs']) {
        expect((await as(role, `select * from ${table}`, purpose)).rows).toEqual([])
        await expect(
          as(role, `set row_security = off; select * from ${table}`, purpose),
        ).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('row-level security') })
      }
    }
    expect(await acme.query('select id from calls')).toEqual([{ id: call.id }])
  })

  it('L-32.2 are only read by the officer', async () => {
    const [acme] = companies
    if (!acme) throw new Error('there is no company')
    const [, officer] = await rolesOf(acme)
    if (!officer) throw new Error('there is no officer')
    expect((await as(officer, 'select id from connections')).rows).toHaveLength(2)
    for (const statement of ['delete from persons', 'update users set sees = sees', 'truncate calls'])
      await expect(as(officer, statement)).rejects.toMatchObject({ code: '42501' })
  })

  it('go with their organization: database, roles, hooks and keys', async () => {
    const gone = await hub.given.organization({ set: 'connected' })
    const database = await hub.databases.of(gone.id)
    const [role] = await rolesOf(gone)
    await hub.operator.ok('DELETE', `/api/v1/organizations/${gone.id}`, { name: gone.name })

    const left = await hub.databases.in(
      'postgres',
      `select datname::text as name from pg_database where datname = $1
       union all select rolname::text from pg_roles where rolname like $1 || '%'`,
      [database],
    )
    expect(left).toEqual([])
    for (const table of ['hook_keys', 'installations', 'sessions'])
      expect(await hub.control(`select from ${table} where organization_id = $1`, [gone.id])).toEqual([])
    expect(await gone.hook('{}')).toBe(404)
    expect(() => hub.app.ring.organization(gone.id).derive('database role app')).toThrow()
    expect(role).toBeDefined()
  })
})
