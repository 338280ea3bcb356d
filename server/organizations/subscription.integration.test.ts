import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { childEnv } from '../../testing/child-env.ts'
import { ringfence } from '../../testing/cli.ts'
import type { Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PlacetelAccount } from '../../testing/placetel-account.ts'
import { PortalCompany, portalApp, portalEnv, saidOn } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import { WebexOrg } from '../../testing/webex-org.ts'
import type { ConnectionMade, OrganizationView, SessionView } from '../http/shapes.ts'
import { WordFinder } from '../privacy/find-words.ts'
import { readKeys } from '../privacy/key-reading.ts'
import { sealedRows } from '../privacy/sealed-rows.ts'
import { searchFiles } from '../privacy/search-files.ts'
import { change, end, lateJobRan, receiptsOf } from './ending.fixture.ts'

const it = itWithHub({ nodes: 2, env: portalEnv })
const ada = '+442079460123'

async function stateOf(hub: Hub, { id }: { id: string }): Promise<OrganizationView | undefined> {
  const { organizations } = await hub.operator.ok<{ organizations: OrganizationView[] }>(
    'GET',
    '/api/v1/organizations',
  )
  return organizations.find((one) => one.id === id)
}

const databaseOf = async (hub: Hub, { id }: { id: string }) =>
  (
    await hub.control<{ name: string; there: boolean }>(
      `select database_name as name, exists(select from pg_database where datname = database_name) as there
       from organizations where id = $1`,
      [id],
    )
  )[0]

/** What somebody could still open who has every value that was ever sealed, and the keys as they lie there now. */
async function openable(hub: Hub, sealed: Awaited<ReturnType<typeof sealedRows>>): Promise<number> {
  const keys = await readKeys(hub.app.settings.keysFolder, hub.app.settings.masterKey)
  return sealed.filter((row) => keys.open(row.organizationId, row.place, row.sealed) !== undefined).length
}

const sealedOf = async (hub: Hub, { id }: { id: string }) =>
  (await sealedRows(hub.app, hub.app.settings.dataFolder)).filter((row) => row.organizationId === id)

/** Where the files of the control database lie. */
async function controlFiles(hub: Hub): Promise<string> {
  const [row] = await hub.control<{ path: string }>(
    `select current_setting('data_directory') || '/base/' || oid as path from pg_database where datname = current_database()`,
  )
  return row?.path ?? ''
}

/** How many of these sealed values, or words of this company, stand in the files under a folder, past PostgreSQL. */
async function noncesIn(
  hub: Hub,
  dataFolder: string,
  sealed: Awaited<ReturnType<typeof sealedRows>>,
): Promise<number> {
  await hub.control('checkpoint')
  const searched = await searchFiles({
    dataFolder,
    keysFolder: hub.app.settings.keysFolder,
    lengthOf: () => undefined,
    words: new WordFinder(['anna@acme.example', 'Anna Nováková']),
  })
  const nonces = new Set(sealed.map(({ nonce }) => nonce))
  return searched.words.length + searched.sealed.filter(({ nonce }) => nonces.has(nonce)).length
}

const roundNow = (hub: Hub) => hub.app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date() })

describe('the end of a subscription', () => {
  it('BX-6 takes name, e-mail, number and mapping at once, here and at the phone system, and signs a receipt', async ({
    hub,
  }) => {
    const acme = await PortalCompany.found(hub, 'acme', { phone: 'none' })
    const org = await WebexOrg.of(acme, [{ ...acme.admin, extension: '21' }])
    expect(await org.connect({ ...acme.admin, extension: '21' })).toBe('/phone-connected')
    const [webhook] = org.webhooks
    const desk = await acme.deskOf(acme.admin)
    const call = hub.sandbox.webex.ring({ org: acme.domain, from: ada, ring: ['21'] })
    await hub.sandbox.idle()
    await until('the call is known', () => desk.shown.length > 0)
    const other = await hub.given.organization()
    const othersBefore = (await sealedOf(hub, other)).length
    const [person] = hub.sandbox.webex.org(acme.domain).people
    const [user] = await acme.query<{ id: string }>('select id from users')
    const sealed = await sealedOf(hub, acme)
    const database = await databaseOf(hub, acme)
    const heldOnTo = await hub.node(1).app.organizations.get(acme.id)
    await heldOnTo.transaction((db) => db.rows('select 1'), 'sign in')
    const files = await controlFiles(hub)
    expect(await noncesIn(hub, files, sealed)).toBeGreaterThan(0)
    expect(await openable(hub, sealed)).toBe(sealed.length)

    const wrong = await hub.operator.request('PUT', `/api/v1/organizations/${acme.id}/subscription`, {
      body: { state: 'ended', name: 'acme inc' },
    })
    expect([wrong.status, (await stateOf(hub, acme))?.subscription]).toEqual([400, { state: 'active' }])
    // Bitrix24 takes no grant back: there the app stays until somebody of the portal removes it.
    expect(await end(acme)).toMatchObject({
      organization: { subscription: { state: 'ended' }, connections: 0 },
      left: [{ system: 'Bitrix24', users: 1, hooks: 0 }],
    })

    // E1: no table, no node and no page has anything of them, and Webex tells us nothing any more.
    const words = [acme.admin.name, acme.admin.email, person?.id ?? '', user?.id ?? '', ada, '+420222333500']
    expect(await tablesWith(hub, words)).toEqual([])
    const [gone] = await hub.control('select 1 from pg_database where datname = $1', [database?.name])
    const { handlers } = hub.sandbox.bitrix24.portal(acme.name)
    expect([gone, (await databaseOf(hub, acme))?.there, org.webhooks, handlers]).toEqual([
      undefined,
      false,
      [],
      [],
    ])
    expect(desk.events).toContain('ended')
    hub.sandbox.webex.hangUp(call.id)
    await hub.sandbox.idle()
    for (const { url } of hub.nodes) {
      const late = await fetch((webhook?.targetUrl ?? '').replace(hub.url, url), {
        method: 'POST',
        body: '{}',
      })
      const asked = await fetch(`${url}/api/v1/session`, {
        headers: { authorization: `Bearer ${acme.admin.client.token}` },
      })
      expect([late.status, asked.status]).toEqual([404, 204])
    }
    // A node that had not heard of it keeps nothing until the database comes back, because it does not.
    await expect(heldOnTo.transaction((db) => db.rows('select 1'), 'sign in')).rejects.toMatchObject({
      failure: { code: 'not-found' },
    })
    expect(await noncesIn(hub, files, sealed)).toBe(0)
    // E2: whoever kept every sealed value, in the log or a backup, has no key for any of them.
    expect(await openable(hub, sealed)).toBe(0)

    const page = await hub.sandbox.bitrix24.openApp({
      portal: acme.name,
      userId: 1,
      clientId: portalApp.clientId,
    })
    expect(saidOn(page)).toMatchObject({ state: 'problem', problem: 'ended' })
    const [receipt, ...more] = await receiptsOf(acme)
    expect(more).toEqual([])
    expect(receipt?.receipt).toMatchObject({
      ended: 'organization',
      cause: 'end of subscription',
      connection: null,
      removed: { users: 1, phone_people: 1, phone_accesses: 1, installations: 1, calls: 1 },
      left: 0,
      leftThere: [{ system: 'Bitrix24', users: 1, hooks: 0 }],
      keysDestroyed: true,
      agreement: expect.any(String),
    })
    expect(JSON.stringify(receipt)).not.toContain('Anna')
    expect([(await other.users()).length, (await sealedOf(hub, other)).length]).toEqual([1, othersBefore])
  })

  it('BX-6 is finished when it was killed in the middle, asked for twice, and while a CRM is away', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21' })
    await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const { webhooks } = hub.sandbox.pipedrive.company(acme.domain)
    const known = async () =>
      (
        await acme.query<{ hooks: number }>(
          'select coalesce(max(cardinality(hook_ids)), 0)::int as hooks from connections',
        )
      )[0]?.hooks
    await until(
      'its hooks are made and known',
      async () => webhooks.size > 0 && (await known()) === webhooks.size,
    )
    const hooks = webhooks.size
    const sealed = await sealedOf(hub, acme)
    for (const path of ['/oauth/revoke', '/api/v1/webhooks/*'])
      hub.sandbox.faults.order({ kind: 'timeout', path, times: 9 })
    await killedWhileEnding(acme)

    // In the middle: nobody gets in, nothing is taken in, and nobody thinks that it is over.
    expect((await stateOf(hub, acme))?.subscription).toEqual({ state: 'ending' })
    const { client } = acme.admin
    expect((await client.request('GET', '/api/v1/desk')).status).toBe(401)
    expect(await acme.hook({})).toBe(404)
    expect(await boris.client.signIn('/apps/pipedrive/install', boris.vendorId)).toContain('problem=ended')
    const trial = await hub.operator.request('PUT', `/api/v1/organizations/${acme.id}/subscription`, {
      body: { state: 'active' },
    })
    expect(trial.status).toBe(409)
    hub.sandbox.faults.clear()
    for (const path of ['/oauth/revoke', '/api/v1/webhooks/*'])
      hub.sandbox.faults.order({ kind: '503', path, times: 50 })

    await Promise.all([end(acme), end(acme), roundNow(hub)])
    await until('it is over', async () => (await stateOf(hub, acme))?.subscription.state === 'ended')
    hub.sandbox.faults.clear()
    const [receipt, ...more] = await receiptsOf(acme)
    expect(more).toEqual([])
    // What was tried before it was killed, and of which nobody knows what came of it, counts as left.
    expect(receipt?.receipt).toMatchObject({
      removed: { users: 2, installations: 2, persons: 1, hook_keys: 2 },
      leftThere: [{ system: 'Pipedrive', users: 2, hooks }],
      keysDestroyed: true,
    })
    expect([await openable(hub, sealed), await tablesWith(hub, [boris.name, 'Ada Lovelace', ada])]).toEqual([
      0,
      [],
    ])
    expect(await boris.client.signIn('/apps/pipedrive/install', boris.vendorId)).toContain('problem=ended')
    // Whatever was queued ends quietly.
    await hub.app.jobs.add('night', { organizationId: acme.id, connectionId: acme.crmId }, { key: 'late' })
    await lateJobRan(hub)
  })

  it('of a trial comes by itself after its last day; an administrator reads it before, and it may begin anew', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21' })
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const session = ({ client }: { client: Company['admin']['client'] }) =>
      client.ok<SessionView>('GET', '/api/v1/session')
    const set = (...wish: string[]) => ringfence(hub.env, 'org', ...wish, '--org', acme.id, '--json')

    const [refused, done] = await Promise.all([
      set('trial', '--trial-until', '2020-02-31'),
      set('trial', '--trial-until', day(20)),
    ])
    expect([refused.status, refused.complaint]).toEqual([
      1,
      '--trial-until must be a day from today on, such as 2027-01-31.\n',
    ])
    const before = await hub.operator.request('PUT', `/api/v1/organizations/${acme.id}/subscription`, {
      body: { state: 'trial', until: '0000-12-31' },
    })
    expect(before.status).toBe(400)
    expect(JSON.parse(done.out)).toEqual({
      id: acme.id,
      subscription: { state: 'trial', until: day(20) },
      left: [],
    })
    expect((await session(acme.admin)).trialUntil).toBeUndefined()
    await change(acme, { state: 'trial', until: day(5) })
    expect((await session(acme.admin)).trialUntil).toBe(day(5))
    expect((await session(boris)).trialUntil).toBeUndefined()

    const placetel = await PlacetelAccount.of(acme, [boris])
    await placetel.connect()
    hub.sandbox.placetel.faults.order({ kind: 'down', path: '/v2/*' })
    await hub.moveClock('7 days')
    await hub.signInOperator(hub.operator)
    await roundNow(hub)
    await until('it has ended', async () => (await stateOf(hub, acme))?.subscription.state === 'ended')
    hub.sandbox.placetel.faults.clear()
    expect((await receiptsOf(acme)).map(({ receipt }) => receipt)).toMatchObject([
      { cause: 'end of subscription', leftThere: [{ system: 'Placetel', users: 0, hooks: 1 }] },
    ])
    expect(hub.sandbox.pipedrive.company(acme.domain).webhooks.size).toBe(0)

    expect((await change(acme, { state: 'active' })).organization).toMatchObject({
      subscription: { state: 'active' },
      connections: 0,
    })
    const to = { 'x-organization': acme.id }
    const wish = { side: 'crm', adapter: 'pipedrive' }
    const { installUrl = '' } = await hub.operator.ok<ConnectionMade>('POST', '/api/v1/connections', wish, to)
    const { client, vendorId } = acme.admin
    expect(await client.signIn('/apps/pipedrive/install', vendorId)).toContain('problem=unknown-company')
    expect(await client.signIn(installUrl, vendorId)).toBe('/agreement')
    const elsewhere = client.through(hub.node(1).url)
    expect(await elsewhere.ok<{ users: unknown[] }>('GET', '/api/v1/users')).toMatchObject({
      users: [{ id: expect.not.stringMatching(acme.admin.id) }],
    })
  })
})

/** By the command line, which is killed while the CRM does not answer. */
async function killedWhileEnding(acme: Company): Promise<void> {
  const { hub } = acme
  const command = ['server/cli.ts', 'org', 'end', '--org', acme.id, '--name', acme.name]
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const running = spawn(process.execPath, command, {
    cwd: root,
    env: { ...childEnv, ...hub.env },
    stdio: 'ignore',
  })
  const over = new Promise((resolve) => running.once('exit', resolve))
  await until('a grant is on its way back', async () => {
    const left = await hub.control('select 1 from installations where organization_id = $1', [acme.id])
    return left.length < 2
  })
  running.kill('SIGKILL')
  await over
}
