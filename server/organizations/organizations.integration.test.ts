import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import type { ConnectionMade, OrganizationView } from '../http/shapes.ts'

const it = itWithHub({ expectDefects: true })

async function listed(hub: Hub): Promise<string[]> {
  const { organizations } = await hub.operator.ok<{ organizations: OrganizationView[] }>(
    'GET',
    '/api/v1/organizations',
  )
  return organizations.map(({ name }) => name)
}

async function databaseAndRoles(hub: Hub, database: string): Promise<string[]> {
  const rows = await hub.databases.in<{ name: string }>(
    'postgres',
    `select datname::text as name from pg_database where datname = $1
     union all select rolname::text from pg_roles where rolname like $1 || '\\_%' order by name`,
    [database],
  )
  return rows.map(({ name }) => name)
}

describe('organizations by the command line', () => {
  it('are made, listed, connected and deleted beside a running server', async ({ hub }) => {
    const name = 'Made by a command'
    const made = await ringfence(
      hub.env,
      ...['org', 'create', '--name', name, '--country', 'CZ', '--time-zone', 'Europe/Prague', '--json'],
    )
    expect(made).toMatchObject({ status: 0, complaint: '' })
    const { id } = JSON.parse(made.out) as { id: string }
    const list = await ringfence(hub.env, 'org', 'list', '--json')
    expect(JSON.parse(list.out)).toContainEqual(expect.objectContaining({ id, name, country: 'CZ' }))
    expect(await listed(hub)).toContain(name)

    const connected = await ringfence(hub.env, 'connect', 'optimcall', '--org', id, '--json')
    const { hookUrl = '', secret = '' } = JSON.parse(connected.out) as ConnectionMade
    const headers = { 'x-optimcall-key': secret, 'content-type': 'application/json' }
    expect((await fetch(hookUrl, { method: 'POST', headers, body: '{' })).status).toBe(400)

    const wrong = await ringfence(hub.env, 'org', 'delete', '--org', id, '--name', 'Another')
    expect(wrong.status).toBe(1)
    expect(wrong.complaint).toBe('Nothing was deleted: --name must be the name of the organization.\n')
    const deleted = await ringfence(hub.env, 'org', 'delete', '--org', id, '--name', name, '--json')
    expect(JSON.parse(deleted.out)).toEqual({ deleted: id, left: [] })
    expect(await listed(hub)).not.toContain(name)
  })

  it('says in one sentence what is missing', async ({ hub }) => {
    const { status, complaint } = await ringfence(hub.env, 'org', 'create', '--name', 'Nowhere')
    expect(status).toBe(1)
    expect(complaint).toBe('--country is missing: ringfence --help shows how.\n')
  })

  it('lets the operator in with a link that works once', async ({ hub }) => {
    const { out } = await ringfence(hub.env, 'sign-in', '--json')
    const { link } = JSON.parse(out) as { link: string }
    const token = new URL(link).hash.slice(1)
    const first = hub.client()
    await first.ok('POST', '/api/v1/session/link', { token })
    expect(await first.ok('GET', '/api/v1/session')).toMatchObject({ kind: 'operator' })
    const again = await hub.client().request('POST', '/api/v1/session/link', { body: { token } })
    expect(again.status).toBe(401)
  })
})

describe('organizations by the API', () => {
  it.for<[string, object]>([
    ['name', { name: '   ', country: 'CZ', timeZone: 'Europe/Prague' }],
    ['country', { name: 'Acme', country: 'XX', timeZone: 'Europe/Prague' }],
    ['timeZone', { name: 'Acme', country: 'CZ', timeZone: 'Mars/Olympus' }],
  ])('are refused with a wrong %s, and nothing is left of them', async ([field, body], { hub }) => {
    const before = await hub.databases.organizations()
    const answer = await hub.operator.request('POST', '/api/v1/organizations', { body })
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-input', field } })
    expect(await hub.databases.organizations()).toEqual(before)
  })

  it('are deleted only by their name', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'created', name: 'Hold on' })
    const wrong = await hub.operator.request('DELETE', `/api/v1/organizations/${acme.id}`, {
      body: { name: 'hold on' },
    })
    expect(wrong.status).toBe(400)
    expect(await listed(hub)).toContain('Hold on')
  })

  it('are made one beside the other when asked for at the same moment', async ({ hub }) => {
    const names = ['One', 'Two', 'Three', 'Four'].map((name) => `${name} at once`)
    await Promise.all(
      names.map((name) =>
        hub.operator.ok('POST', '/api/v1/organizations', { name, country: 'CZ', timeZone: 'Europe/Prague' }),
      ),
    )
    expect(await listed(hub)).toEqual(expect.arrayContaining(names))
    const made = await hub.databases.organizations()
    expect(new Set(made.map((row) => row.database_name)).size).toBe(made.length)
  })
})

describe('an organization that a crash left half made', () => {
  it('is removed at the next start, whichever step came last', async ({ hub }) => {
    const begun = { id: randomUUID(), database: `rf_${randomBytes(10).toString('hex')}` }
    const complete = await hub.given.organization({ set: 'created', name: 'Almost made' })
    const leaving = await hub.given.organization({ set: 'created', name: 'Almost gone' })
    const young = await hub.given.organization({ set: 'created', name: 'Being made by another node' })
    const databases = await Promise.all(
      [complete, leaving, young].map((company) => hub.databases.of(company.id)),
    )
    await hub.restart(async () => {
      await hub.control(
        `insert into organizations (id, name, database_name, country, time_zone, state, created_at)
         values ($1, 'Begun', $2, 'CZ', 'Europe/Prague', 'making', now() - interval '1 hour')`,
        [begun.id, begun.database],
      )
      const state = `update organizations set state = $2, created_at = now() - $3::interval where id = $1`
      await hub.control(state, [complete.id, 'making', '1 hour'])
      await hub.control(state, [leaving.id, 'leaving', '1 day'])
      await hub.control(state, [young.id, 'making', '1 minute'])
    })

    const left = await hub.databases.organizations()
    expect(left.map(({ id }) => id)).toContain(young.id)
    for (const id of [begun.id, complete.id, leaving.id]) expect(left.map((row) => row.id)).not.toContain(id)
    const [ofComplete = '', ofLeaving = '', ofYoung = ''] = databases
    for (const database of [begun.database, ofComplete, ofLeaving])
      expect(await databaseAndRoles(hub, database)).toEqual([])
    expect(await databaseAndRoles(hub, ofYoung)).toHaveLength(4)
    expect(() => hub.app.ring.organization(complete.id).derive('database role app')).toThrow()
    await hub.control(`update organizations set state = 'active' where id = $1`, [young.id])
  })
})

describe('a migration that fails', () => {
  it('stops its own organization only, and is tried again', async ({ hub }) => {
    const broken = await hub.given.organization({ name: 'Broken' })
    const whole = await hub.given.organization({ name: 'Whole' })
    await whole.given.user({ extension: '21' })
    await broken.given.user({ extension: '21' })
    const migrations = await broken.query<{ name: string }>(
      'select name from schema_migrations order by name',
    )

    // As if the database came from a backup in which no migration is written down: they cannot run twice.
    await hub.restart(async () => {
      await broken.query('delete from schema_migrations')
    })

    expect(hub.log.of('migration-failed').map((line) => line['organizationId'])).toEqual([broken.id])
    const call = await whole.phone.calls({ from: '+442079460123', to: '21' })
    await whole.written(call)
    await hub.app.counters.flush() // when the last event came is counted in memory first
    const { organizations } = await hub.operator.ok<{ organizations: OrganizationView[] }>(
      'GET',
      '/api/v1/organizations',
    )
    expect(organizations.find(({ id }) => id === broken.id)).toMatchObject({ health: 'trouble' })
    expect(organizations.find(({ id }) => id === whole.id)).toMatchObject({ health: 'healthy' })
    expect(await broken.hook('{}')).toBe(400) // it still is an organization with a hook
    expect((await broken.admin.client.request('GET', '/api/v1/calls')).status).toBeGreaterThanOrEqual(500)

    const names = migrations.map(({ name }) => name)
    await broken.query('insert into schema_migrations (name) select unnest($1::text[])', [names])
    const healed = await broken.admin.client.request('GET', '/api/v1/calls')
    expect(healed.status).toBe(200)
  })
})
