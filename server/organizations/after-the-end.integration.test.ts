import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import { itWithHub } from '../../testing/it.ts'
import { PlacetelAccount } from '../../testing/placetel-account.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionMade } from '../http/shapes.ts'
import { ada, eraseAda } from '../privacy/erase.fixture.ts'
import { mailAnnouncements } from '../privacy/policy-mail.ts'
import { change, end, lateJobRan, receiptsOf } from './ending.fixture.ts'

const it = itWithHub({})

/** The same administrator installs again; nobody has accepted anything yet. */
async function beginAnew(acme: Company): Promise<void> {
  const { hub, id, admin } = acme
  await change(acme, { state: 'active' })
  const { installUrl = '' } = await hub.operator.ok<ConnectionMade>(
    'POST',
    '/api/v1/connections',
    { side: 'crm', adapter: 'pipedrive' },
    { 'x-organization': id },
  )
  expect(await admin.client.signIn(installUrl, admin.vendorId)).toBe('/agreement')
}

/** Its database has another name since. */
const rowsOf = async ({ hub, id }: Company, sql: string) =>
  (await hub.app.organizations.get(id)).transaction((db) => db.rows(sql), 'owner')

describe('the end of a subscription', () => {
  it('BX-6 is finished when it was cut off after the keys had gone', async ({ hub }) => {
    const acme = await hub.given.organization()
    expect(await tablesWith(hub, [acme.admin.id])).not.toEqual([])
    const before = await hub.app.organizations.get(acme.id)
    // Somebody reads, so that the bytes of the rows cannot go now.
    const [ended] = await hub.app.cluster.control.transaction(async (db) => {
      await db.rows('select 1 from sessions')
      return [await end(acme)]
    })
    expect(ended?.organization.subscription).toEqual({ state: 'ending' })
    // Whoever was on the way there meets nobody, and no defect.
    await expect(before.transaction((db) => db.rows('select 1'), 'owner')).rejects.toMatchObject({
      failure: { code: 'not-found' },
    })
    expect((await end(acme)).organization.subscription).toEqual({ state: 'ended' })
    const receipts = await receiptsOf(acme)
    expect(receipts.map(({ receipt }) => [receipt.ended, receipt.keysDestroyed])).toEqual([
      ['organization', true],
    ])
    expect(await tablesWith(hub, [acme.admin.id])).toEqual([])
  })
})

describe('what comes late from before the end of a subscription', () => {
  it('an uninstall that waited takes nothing of whoever has begun anew, and has its receipt', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const [installation] = await hub.app.installations.ofOrganization(acme.id)
    if (!installation) throw new Error('unreachable: the administrator has installed')
    // The node died when it was on record, and before its job was done.
    await hub.app.installations.beginEnd(installation, acme.admin.id, 'uninstall')
    await end(acme)
    await beginAnew(acme)
    await hub.app.jobs.add(
      'uninstall',
      {
        organizationId: acme.id,
        connectionId: acme.crmId,
        userId: acme.admin.id,
        installationId: installation.id,
      },
      { key: 'late' },
    )
    await lateJobRan(hub)
    expect(await rowsOf(acme, 'select role from users')).toEqual([{ role: 'administrator' }])
    const receipts = await receiptsOf(acme)
    expect(receipts.map(({ receipt }) => receipt.ended).sort()).toEqual(['company', 'organization'])
  })

  it('whatever was under way stores nothing any more once the end has begun', async ({ hub }) => {
    const acme = await hub.given.organization()
    const { app } = hub
    const of = { organizationId: acme.id, connectionId: acme.crmId }
    await hub.control(`update organizations set state = 'ending' where id = $1`, [acme.id])
    const late = [
      () => app.hooks.make({ ...of, side: 'phone', adapter: 'optimcall', country: 'CZ' }),
      () => app.sessions.begin({ kind: 'user', organizationId: acme.id, userId: acme.admin.id }),
      () => app.oneTimeTokens.make('install', acme.id),
      () => app.accesses.byKey({ ...of, phone: 'placetel' }),
      () => app.leases.want(acme.crmId, acme.id),
      () => app.portals.put({ ...of, crm: 'bitrix24', companyRef: 'acme', applicationToken: 'token' }),
    ]
    const outcomes = await Promise.all(
      late.map((store) =>
        store().then(
          () => 'stored',
          (error) => (error as { failure?: { code: string } }).failure?.code,
        ),
      ),
    )
    await hub.control(`update organizations set state = 'active' where id = $1`, [acme.id])
    expect(outcomes).toEqual(late.map(() => 'not-found'))
  })

  it('a subscription that a phone system makes while the end begins is ended there too', async ({ hub }) => {
    const acme = await hub.given.organization({ phone: 'none' })
    const placetel = await PlacetelAccount.of(acme, [{ ...acme.admin, extension: '21' }])
    hub.sandbox.placetel.faults.order({
      kind: 'slow',
      method: 'PUT',
      path: '/v2/subscriptions*',
      delayMs: 4_000,
    })
    await placetel.sets({ apiKey: placetel.key, delivery: 'subscription' })
    await until(
      'it is being made',
      async () => (await hub.control('select from hook_keys where access_id is not null')).length > 0,
    )
    await end(acme)
    await until(
      'it was made, and whoever asked for it is done',
      async () =>
        (
          await hub.control(
            `select from graphile_worker.jobs where task_identifier = 'tend-phone' and locked_at is not null`,
          )
        ).length === 0,
    )
    expect(placetel.subscriptions).toEqual([])
  })

  it('erasures of the time before are not repeated on whoever has begun anew', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: ada })
    await eraseAda(hub, acme)
    const [{ id: erasureId } = { id: '' }] = await acme.query<{ id: string }>('select id from erasures')
    await end(acme)
    await beginAnew(acme)
    await hub.app.jobs.add('erasure', { organizationId: acme.id, erasureId }, { key: 'late' })
    await lateJobRan(hub)
    await hub.restart()
    expect(await rowsOf(acme, 'select cause from erasures')).toEqual([])
  })

  it('a backup from before it keeps nobody from starting, shows nothing, and can be ended again', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const other = await hub.given.organization()
    const [before] = await hub.control<{ name: string }>(
      'select database_name as name from organizations where id = $1',
      [acme.id],
    )
    const hooks = await hub.control<{ rows: string }>(
      `select jsonb_agg(to_jsonb(h))::text as rows from hook_keys h where organization_id = $1`,
      [acme.id],
    )
    await end(acme)
    await hub.restart(async () => {
      const server = (sql: string) => hub.databases.in('postgres', sql)
      for (const role of ['owner', 'app', 'officer'])
        await server(`create role ${before?.name}_${role} login`)
      await server(`create database ${before?.name} owner ${before?.name}_owner`)
      await hub.control(`update organizations set state = 'active', database_name = $2 where id = $1`, [
        acme.id,
        before?.name,
      ])
      await hub.control('insert into hook_keys select * from jsonb_populate_recordset(null::hook_keys, $1)', [
        hooks[0]?.rows,
      ])
    })
    expect((await other.users()).length).toBe(1)
    expect((await other.phone.calls({ from: ada, to: '21' })).id).toBeDefined()
    expect(await acme.hook({})).toBe(404)
    await hub.signInOperator(hub.operator)
    expect((await end(acme)).organization.subscription).toEqual({ state: 'ended' })
    expect(await hub.control('select 1 from hook_keys where organization_id = $1', [acme.id])).toEqual([])
  })

  it('whoever begins anew is to be told of an announced policy, though they were told before the end', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const [announced] = await hub.control<{ number: number }>(
      `insert into policy_versions (version, content, changes, announced_at, effective_at, verdict)
       select 'announced', content, changes, ringfence.now(), ringfence.now() + interval '30 days', 'neutral'
       from policy_versions order by number limit 1 returning number`,
    )
    await hub.control(
      `insert into policy_notices (organization_id, number, mail, mailed_at, mailed_to) values ($1, $2, 'sent', ringfence.now(), 1)`,
      [acme.id, announced?.number],
    )
    await end(acme)
    await beginAnew(acme)
    await mailAnnouncements(hub.app, acme.id)
    expect(
      await hub.control('select 1 from policy_notices where organization_id = $1 and mail <> $2', [
        acme.id,
        'sent',
      ]),
    ).toHaveLength(1)
  })
})
