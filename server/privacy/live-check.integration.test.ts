import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { declarations } from '../../policy/index.ts'
import { ringfence } from '../../testing/cli.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { clockShiftedBy } from '../clock.ts'
import type { PolicyChecksView } from '../http/shapes.ts'
import type { Installation } from '../installation.ts'
import { filesIn } from '../keys/folders.fixture.ts'
import { hourOf } from '../keys/index.ts'
import { filledCompany } from './filled.fixture.ts'
import { deadKeys } from './key-check.ts'
import { missingInLedger } from './ledger-check.ts'
import { type CheckName, checkLive } from './live-check.ts'
import { noticeProblems } from './notice-check.ts'
import { currentPolicy, policyContent, versionOf } from './policy-content.ts'
import { jana, subject } from './policy-subject.fixture.ts'

const it = itWithHub({ env: { RINGFENCE_OPERATOR_NAME: 'Spojka s.r.o.' } })

async function check(hub: Hub) {
  const { app } = hub
  const here = policyContent.parse(await app.policies.read())
  return checkLive(app as unknown as Installation, here)
}
/** Is exactly this wrong, and right again afterwards? */
async function finds(
  hub: Hub,
  name: CheckName,
  says: RegExp,
  todo: () => Promise<unknown>,
  undo: () => Promise<unknown>,
) {
  await todo()
  const { holds, results } = await check(hub)
  expect(holds).toBe(false)
  const wrong = results.filter(({ outcome }) => outcome === 'wrong')
  expect(wrong.map((one) => one.name)).toContain(name)
  expect(wrong.find((one) => one.name === name)?.wrong.join('; ')).toMatch(says)
  await undo()
  expect((await check(hub)).results.find((one) => one.name === name)?.wrong).toEqual([])
}

describe('the check of the running installation', () => {
  it('GD-9 holds where nothing is wrong, claims nothing it did not look at, and changes nothing', async ({
    hub,
  }) => {
    await filledCompany(hub)
    const before = await hub.control('select count(*) as count from policy_checks')
    const { status, out, complaint } = await ringfence(hub.env, 'policy', 'check', '--json')
    expect(complaint).toBe('')
    const said = JSON.parse(out) as Awaited<ReturnType<typeof check>>
    expect(said.results.filter(({ outcome }) => outcome === 'wrong')).toEqual([])
    expect(said.results.map(({ outcome }) => outcome)).not.toContain('not checked')
    expect([status, said.holds]).toEqual([0, true])
    expect(await hub.control('select count(*) as count from policy_checks')).toEqual(before)
    const people = await ringfence(hub.env, 'policy', 'check', '--language', 'cs')
    expect(people.out).toContain('platí: Nic se neuchovává déle, než smí')
  })

  it('GD-9 ends with 1 and says what, for people and machines', async ({ hub }) => {
    await hub.control('alter table nodes add column mood text')
    const machines = await ringfence(hub.env, 'policy', 'check', '--json')
    const people = await ringfence(hub.env, 'policy', 'check')
    await hub.control('alter table nodes drop column mood')
    expect([machines.status, people.status]).toEqual([1, 1])
    expect(JSON.parse(machines.out)).toMatchObject({ holds: false })
    expect(people.out).toContain('nodes.mood is not declared')
  })

  it('GD-9 finds what is there: on its way in it repairs no right, ends no key and removes nothing', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const placing = `${hub.databases.control}_for_run_the_installation`
    const guard = (by: string) => acme.query(`comment on schema ringfence is 'guarded by ${by}'`)
    const [before] = await acme.query<{ by: string }>(
      `select substring(obj_description('ringfence'::regnamespace) from 12) as by`,
    )
    const keys = await filesIn(hub.app.settings.keysFolder)
    // As after an upgrade, when rights are given anew; and long after the last key was ended.
    await guard('0'.repeat(64))
    await acme.query(`grant select on persons to ${placing}`)
    await hub.control(`update ringfence.clock set shift = '30 days'`)
    const { status, out } = await ringfence(hub.env, 'policy', 'check', '--json')
    await hub.control(`update ringfence.clock set shift = '0'`)
    const found = (JSON.parse(out) as Awaited<ReturnType<typeof check>>).results.flatMap(({ wrong }) => wrong)
    expect(status).toBe(1)
    expect(found).toContain('select on persons for "run the installation" is granted but not declared')
    expect(found.join()).toMatch(/keys of a past arrival hour are still in the key folder/)
    expect(found).toContain(`time goes by another clock, organization ${acme.id}`)
    expect(await filesIn(hub.app.settings.keysFolder)).toEqual(keys)
    await acme.query(`revoke select on persons from ${placing}`)
    await guard(before?.by ?? '')
  })

  it('GD-9 finds keys of whom there is nothing left, and those that an erasure has left behind', async ({
    hub,
  }) => {
    const { app } = hub
    const acme = await hub.given.organization({ set: 'installed' })
    const { keys } = await acme.organization()
    const installation = app as unknown as Installation
    expect(await deadKeys(installation)).toEqual([])
    const gone = randomUUID()
    await app.ring.makeOrganization(gone)
    await keys.makeMirror(gone)
    await keys.renew([{ by: 'arrival hour', hour: hourOf(app.clock.ms()) }])
    const at = 'in the key folder'
    expect(await deadKeys(installation)).toEqual(
      expect.arrayContaining([
        `keys of organization ${gone}, of which there is nothing left, are ${at}`,
        `keys of a mirror that has ended are ${at}, organization ${acme.id}`,
        `keys that were replaced are ${at} still, organization ${acme.id}`,
      ]),
    )
    await app.ring.destroyOrganization(gone)
    await keys.destroyMirror(gone)
    await keys.destroyRetiring()
    expect(await deadKeys(installation)).toEqual([])
  })

  it('GD-9 finds what is not as declared, whatever it is', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const sql = (text: string) => acme.query(text)
    await finds(
      hub,
      'catalogue',
      /calls.* \(row security\)/,
      () => sql('alter table calls disable row level security'),
      () => sql('alter table calls enable row level security'),
    )
    await finds(
      hub,
      'catalogue',
      /select on persons for public is granted but not declared/,
      () => sql('grant select on persons to public'),
      () => sql('revoke select on persons from public'),
    )
    await sql('create schema aside')
    await sql('create table aside.notes as select * from call_notes')
    await finds(
      hub,
      'seals',
      /call_notes\.note_sealed is declared sealed but holds an open value/,
      () => sql(`update call_notes set note_sealed = 'in the open'::bytea`),
      () => sql('update call_notes n set note_sealed = k.note_sealed from aside.notes k where k.id = n.id'),
    )
    await sql('create table aside.calls as select id, expires_at from calls')
    const back = () =>
      sql('update calls c set expires_at = k.expires_at from aside.calls k where k.id = c.id')
    await finds(
      hub,
      'retention',
      /calls holds \d+ rows whose time is over/,
      () => sql(`update calls set expires_at = now() - interval '3 hours'`),
      back,
    )
    await finds(
      hub,
      'retention',
      /calls holds \d+ rows that would stay longer than 168 hours/,
      () => sql(`update calls set expires_at = now() + interval '9 days'`),
      back,
    )
    await sql('drop schema aside cascade')
    await finds(
      hub,
      'uninstalled',
      /persons holds rows of an uninstalled company/,
      async () => {
        await hub.control(
          `insert into receipts (id, organization_id, connection_id, crm, ended, cause, counts, jws, done_at)
           values ('00000000-0000-4000-8000-000000000001', $1, '00000000-0000-4000-8000-000000000002', 'pipedrive', 'company', 'uninstall', '{}', 'x', now())`,
          [acme.id],
        )
        await hub.control('create table gone as select * from installations where organization_id = $1', [
          acme.id,
        ])
        await hub.control('delete from installations where organization_id = $1', [acme.id])
      },
      async () => {
        await hub.control('insert into installations select * from gone')
        await hub.control('drop table gone')
      },
    )
    await finds(
      hub,
      'notice',
      /version [0-9a-f]{12} of the policy was changed/,
      async () => {
        await hub.control('alter table policy_versions disable trigger all')
        await hub.control(
          `update policy_versions set content = jsonb_set(content, '{texts,en,title}', '"Another"')`,
        )
      },
      async () => {
        const [title] = await hub.control<{ title: string }>(
          `select version as title from policy_versions order by number limit 1`,
        )
        expect(title).toBeDefined()
        const { texts } = currentPolicy({
          operator: hub.app.settings.operator,
          phones: [...hub.app.phones.values()],
          crms: [...hub.app.crms.values()],
        })
        await hub.control(`update policy_versions set content = jsonb_set(content, '{texts,en,title}', $1)`, [
          JSON.stringify(texts.en.title),
        ])
        await hub.control('alter table policy_versions enable trigger all')
      },
    )
  })

  it('OC-9 L-P.4 finds a version of the policy that nobody approved, and one whose date was moved', async ({
    hub,
  }) => {
    const { policies } = hub.app
    const declaring = (hours: number) =>
      currentPolicy(
        subject,
        declarations.map((kind) =>
          kind.kind === 'sessions' ? { ...kind, keep: { hours, from: 'creation' } } : kind,
        ),
      )
    const here = policyContent.parse(await policies.read())
    const look = async () => noticeProblems(hub.app as unknown as Installation, policies, here)
    const change = async (sql: string, values: unknown[]) => {
      await hub.control('alter table policy_versions disable trigger all')
      await hub.control(sql, values)
      await hub.control('alter table policy_versions enable trigger all')
    }
    await policies.approve(declaring(24), jana)
    expect(await look()).toEqual([])
    const [announced] = await policies.announced()
    const { version = '', number = 0 } = announced ?? {}
    const move =
      'update policy_versions set effective_at = announced_at + make_interval(days => $2) where number = $1'
    await change(move, [number, 1])
    expect(await look()).toEqual([
      `version ${version} of the policy takes effect sooner than people were promised`,
    ])
    await change(move, [number, 30])
    const put = 'update policy_versions set version = $2, content = $3 where number = $1'
    const other = declaring(25)
    await change(put, [number, versionOf(other), other])
    expect(await look()).toEqual([`version ${versionOf(other)} of the policy is not what was approved`])
    // The program would go by what stands beside the text, which has no part in the version's name.
    await change(put, [number, version, { ...declaring(24), declared: other.declared }])
    expect(await look()).toEqual([`version ${version} of the policy declares something else than it says`])
    await change(put, [number, version, declaring(24)])
    await policies.withdraw()
    expect(await look()).toEqual([])
  })

  it('L-E.3 finds an erasure that the ledger has lost', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const look = async () => missingInLedger(hub.app, [await acme.organization()])
    const erasure = (at: string) =>
      acme.query(
        `insert into erasures (id, cause, asked_at, expires_at) values (gen_random_uuid(), 'page', ${at}, now() + interval '1 day')`,
      )
    await erasure(`now() - interval '1 year'`) // of before it was imported
    expect(await look()).toEqual([])
    await erasure('now()')
    expect(await look()).toEqual([
      `the ledger lacks 1 erasures, which a restore would undo, organization ${acme.id}`,
    ])
    await acme.query('delete from erasures')
  })

  it('GD-9 finds keys of hours whose time is over', async ({ hub }) => {
    const { app } = hub
    // Read thirty days from now, as if nobody had tended them since.
    const later = { ...app, clock: clockShiftedBy(30 * 86_400_000) } as unknown as Installation
    const { results } = await checkLive(later, policyContent.parse(await app.policies.read()))
    expect(results.find(({ name }) => name === 'keys')?.wrong.join()).toMatch(
      /\d+ keys of a past call hour are still in the key folder/,
    )
  })

  it('GD-12 L-32.4 is made every day, and only what it confirmed in the last 24 hours is stated', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const see = (language: string) =>
      acme.admin.client.ok<PolicyChecksView>('GET', `/api/v1/policy/checks?lang=${language}`)
    // One may have been made while something was wrong on purpose: a minute after the start there is one.
    await hub.control('delete from policy_checks')
    await hub.app.jobs.add('check-policy', {}, { key: 'check-policy', at: new Date() })
    await until('a check was made', async () => (await hub.control('select from policy_checks')).length > 0)
    const { confirmed, checks } = await see('cs')
    expect(checks[0]).toMatchObject({ holds: true, wrong: [] })
    expect(confirmed).toContain('Nezbyl žádný klíč, jehož doba uplynula')
    expect(confirmed).toContain('Zálohy nejsou starší, než je deklarováno')
    await until('the next one is planned', async () => {
      const [job] = await hub.control<{ ahead: boolean }>(
        `select run_at > now() + interval '23 hours' as ahead from graphile_worker.jobs where key = 'check-policy'`,
      )
      return job?.ahead === true
    })
    await hub.control(`update policy_checks set checked_at = checked_at - interval '25 hours'`)
    expect((await see('en')).confirmed).toEqual([])
    expect(JSON.stringify(await hub.control('select results from policy_checks'))).not.toContain(acme.id)
    const colleague = await acme.given.user({ extension: '31' })
    expect((await colleague.client.request('GET', '/api/v1/policy/checks')).status).toBe(403)
  })
})
