import { afterEach, describe, expect } from 'vitest'
import { type Declaration, declarations, inForce } from '../../policy/index.ts'
import { ringfence } from '../../testing/cli.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { Sends } from '../egress/index.ts'
import { failureOf } from '../failure.ts'
import type { PolicyView } from '../http/shapes.ts'
import { callHourLivesHours } from '../keys/contract.ts'
import { readSettings } from '../settings.ts'
import { type RunningServer, startServer } from '../start.ts'
import { currentPolicy } from './policy-content.ts'
import { contentOf } from './policy-here.ts'
import { mailAnnouncements } from './policy-mail.ts'
import { jana, subject } from './policy-subject.fixture.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

const it = itWithHub()

const changed = (name: string, change: Partial<Declaration>) =>
  declarations.map((kind) => (kind.kind === name ? { ...kind, ...change } : kind))
const one = (name: string) => declarations.find(({ kind }) => kind === name) as Declaration

/** A program of tomorrow: it keeps calls for two weeks, uses the own numbers for one thing more, and has one host more. */
const tomorrow = changed('own numbers', {
  purposes: ['identify the caller', 'place a call'],
  recipients: [{ name: 'Pipedrive', hosts: ['crm.example'] }],
}).map((kind) =>
  'hours' in kind.keep && kind.keep.from === 'end of the call'
    ? { ...kind, keep: { ...kind.keep, hours: 14 * 24 } }
    : kind,
)

let server: RunningServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Another program on the same databases, keys and port. */
async function start(hub: Hub, files: readonly Declaration[], followMs = 100): Promise<RunningServer> {
  await hub.node(0).stop()
  await server?.close()
  server = await startServer(readSettings(hub.env), { declarations: files, followMs })
  return server
}
/** A named person answers for what this program says. */
const approve = async ({ app }: RunningServer) => app.policies.approve(await app.policyHere(), jana)
const moveClock = async (hub: Hub, by: string) => {
  await hub.control('update ringfence.clock set shift = shift + $1::interval', [by])
}
const keptHours = () => {
  const { keep } = inForce().kinds.find(({ kind }) => kind === 'call journal') as Declaration
  return 'hours' in keep ? keep.hours : undefined
}

describe('a version that allows more than the one in force', () => {
  it('OC-9 L-P.1 L-P.2 is announced 30 days ahead, does nothing until then, and takes effect on a running node', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const before = (await hub.app.policies.read())?.version
    const columns = async () =>
      acme.query<{ may: boolean }>(
        `select has_column_privilege($1 || '_for_place_a_call', 'connections', 'own_numbers_sealed', 'select') as may`,
        [hub.databases.control],
      )
    const program = await start(hub, tomorrow)
    const { app } = program
    expect((await app.policies.versions()).map(({ state }) => state)).toEqual(['in force']) // nobody approved it yet
    await approve(program)
    const versions = await app.policies.versions()
    const announced = versions.find(({ state }) => state === 'announced')
    const days = (Number(announced?.effectiveAt) - Number(announced?.announcedAt)) / 86_400_000
    expect(announced).toMatchObject({ verdict: 'less restrictive' })
    expect(days).toBe(30)
    expect(announced?.reasons.en).toContain('Calls: kept longer, for 14 days after the end of the call.')
    expect(announced?.reasons.cs).toContain(
      'Vlastní čísla organizace: nový účel: spojení hovoru, o který uživatel požádá.',
    )

    // Everything still goes by the version in force: how long, for what, to whom, and by which text.
    expect((await app.policies.read())?.version).toBe(before)
    expect([keptHours(), callHourLivesHours]).toEqual([168, 168])
    expect(await columns()).toEqual([{ may: false }])
    const out = () =>
      app.egress.request({ url: 'https://crm.example', method: 'GET', provider: 'x', sends, timeoutMs: 1 })
    const uses = () => app.policies.usesOf(acme.id)
    expect((await uses()).map(({ version }) => version)).toEqual([before])

    await expect(out()).rejects.toMatchObject({ failure: { code: 'undeclared', what: 'host' } })

    // A day before the date nothing has changed; at the date the running node follows.
    await moveClock(hub, '29 days')
    await app.policies.follow()
    expect(keptHours()).toBe(168)
    await moveClock(hub, '1 day 1 minute')
    await until('the announced version is in force', async () => keptHours() === 14 * 24)
    expect(callHourLivesHours).toBe(14 * 24)
    await until('its purposes are', async () => (await columns())[0]?.may === true)
    expect((await app.policies.read())?.version).toBe(announced?.version)
    expect(await uses()).toEqual([
      { version: announced?.version, since: announced?.effectiveAt },
      { version: before, since: expect.any(Date) },
    ])
    // Nobody is there, but now it may be asked.
    await expect(out()).rejects.toMatchObject({ failure: { code: 'provider-unavailable' } })
  })

  it('OC-9 is told on top of the public page and in the app, with its date and what changes', async ({
    hub,
  }) => {
    await start(hub, declarations)
    await hub.signInOperator(hub.operator) // whose session has had its time
    const acme = await hub.given.organization({ set: 'installed' })
    await approve(
      await start(hub, [
        ...changed('users', {
          ends: ['uninstall by the user', 'end of subscription', 'organization deleted'],
        }),
      ]),
    )
    // the program is kept from forgetting an end: it still ends everything that is in force
    expect(
      inForce()
        .kinds.find(({ kind }) => kind === 'users')
        ?.ends.toSorted(),
    ).toEqual(one('users').ends.toSorted())
    for (const [language, says] of [
      [
        'en',
        'Users of the app: no longer deleted when the last user of the organization uninstalls the app.',
      ],
      [
        'cs',
        'Uživatelé aplikace: údaje se už nesmažou tehdy, když aplikaci odinstaluje poslední uživatel organizace.',
      ],
    ] as const) {
      const page = (
        await hub
          .client()
          .request('GET', `/privacy/policy?lang=${language}`, { headers: { accept: 'text/html' } })
      ).text
      expect(page.indexOf(says)).toBeGreaterThan(0)
      expect(page.indexOf(says)).toBeLessThan(page.indexOf('<h1>'))
      const seen = await acme.admin.client.ok<PolicyView>('GET', '/api/v1/policy')
      const told = seen.versions.find(({ state }) => state === 'announced')
      expect(told?.reasons[language]).toContain(says)
      expect(seen.version).not.toBe(told?.version)
      const ahead = (
        await hub
          .client()
          .request('GET', `${told?.url}&lang=${language}`, { headers: { accept: 'text/html' } })
      ).text
      expect(ahead).toContain({ en: 'not in force yet', cs: 'Zatím neplatí' }[language])
    }
  })

  it('OC-9 L-P.2 stores nothing in what is new, whoever writes it, until its date', async ({ hub }) => {
    const { app: before } = await start(hub, declarations)
    await hub.signInOperator(hub.operator)
    const acme = await hub.given.organization({ set: 'installed' })
    const yesterday = declarations
      .filter(({ kind }) => kind !== 'dial counts')
      .map((kind) => {
        const { 'user_extensions.sees_after': _, ...columns } = kind.columns
        return { ...kind, columns }
      })
    // As if the program of yesterday had run last; what it allowed less takes effect at once.
    await before.policies.approve(currentPolicy(subject, yesterday), jana)
    const program = await start(hub, declarations)
    const { app } = program
    await approve(program)
    const count = () =>
      acme.query(
        `insert into dial_counts (window_seconds, begun_at, count) values (60, now(), 1) returning count`,
      )
    const extension = (name: string) =>
      acme.query(
        `insert into user_extensions (extension, user_id, sees_after) select $1, id, 5 from users limit 1
         returning sees_after = 5 as kept`,
        [name],
      )
    expect(await count()).toEqual([])
    expect(await extension('71')).toEqual([{ kept: false }])
    await moveClock(hub, '31 days')
    await until('it is in force', async () => (await app.policies.read())?.verdict === 'less restrictive')
    await until('and its table is open', async () => (await count()).length === 1)
    expect(await extension('72')).toEqual([{ kept: true }])
  })

  it('OC-9 is told by mail, once, to every address known, in the organization’s language', async ({
    hub,
  }) => {
    await start(hub, declarations)
    await hub.signInOperator(hub.operator)
    const acme = await hub.given.organization({ set: 'installed', language: 'cs' })
    const beta = await hub.given.organization({ set: 'installed' })
    const wantsItAt = (company: typeof acme, address: string) =>
      company.admin.client.ok('PUT', '/api/v1/notice-contacts', { addresses: [address] })
    await wantsItAt(acme, 'soukromi@acme.example')
    const files = changed('sessions', { keep: { hours: 48, from: 'creation' } })
    const program = await start(hub, files)
    const { app } = program
    await approve(program)
    await mailAnnouncements(app)
    const { mail } = hub.sandbox
    await until('acme is told', async () => mail.to('soukromi@acme.example').length === 1)
    const [told] = mail.to('soukromi@acme.example')
    const announced = (await app.policies.announced())[0]
    expect(told?.subject).toMatch(/^Zásady ochrany osobních údajů se od .+ změní$/)
    for (const part of [...(announced?.reasons.cs ?? ['?']), announced?.version ?? '?', '?lang=cs'])
      expect(told?.text).toContain(part)

    // An address that is entered later is told too; nobody twice, whatever is asked again.
    await wantsItAt(beta, 'privacy@beta.example')
    await until('beta is told', async () => mail.to('privacy@beta.example').length === 1)
    await wantsItAt(acme, 'soukromi@acme.example')
    await app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
    await until('all that was asked for is done', async () => {
      const waiting = await hub.control(
        `select 1 from graphile_worker.jobs
         where task_identifier = 'send-policy' or (task_identifier = 'installations' and run_at < now() + interval '1 minute')`,
      )
      return waiting.length === 0
    })
    expect([mail.to('soukromi@acme.example').length, mail.to('privacy@beta.example').length]).toEqual([1, 1])

    // What was taken back is told to nobody any more.
    await app.policies.withdraw()
    const gamma = await hub.given.organization({ set: 'installed' })
    await wantsItAt(gamma, 'privacy@gamma.example')
    expect(await hub.control('select 1 from policy_notices where organization_id = $1', [gamma.id])).toEqual(
      [],
    )
  })

  it('OC-9 can be taken back before its date, and is compared by a command', async ({ hub }) => {
    const files = changed('sessions', { keep: { hours: 24, from: 'creation' } })
    const program = await start(hub, files)
    const { app } = program
    await approve(program)
    const announced = (await app.policies.versions())[0]
    const inForceNow = (await app.policies.read())?.version
    const { status, out } = await ringfence(
      hub.env,
      'policy',
      'diff',
      '--to',
      announced?.version ?? '',
      '--json',
    )
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      from: inForceNow,
      to: announced?.version,
      verdict: 'less restrictive',
      differences: expect.arrayContaining([
        expect.objectContaining({ reason: 'kept longer', kind: 'sessions', way: 'less restrictive' }),
      ]),
    })
    const back = await ringfence(
      hub.env,
      'policy',
      'diff',
      '--from',
      announced?.version ?? '',
      '--to',
      inForceNow ?? '',
      '--language',
      'cs',
    )
    expect(back.out).toContain('Přihlášení: údaje se uchovávají kratší dobu: 12 hodin od vytvoření.')
    expect(back.out).toContain('přísnější')
    const here = JSON.parse((await ringfence(hub.env, 'policy', 'diff', '--json')).out)
    expect(here).toMatchObject({ from: inForceNow, verdict: expect.any(String) })

    await ringfence(hub.env, 'policy', 'withdraw')
    expect((await app.policies.versions()).map(({ state }) => state).slice(0, 2)).toEqual([
      'in force',
      'withdrawn',
    ])
    expect((await app.policies.read())?.version).toBe(inForceNow)
    await moveClock(hub, '31 days')
    await app.policies.follow()
    expect((await app.policies.read())?.version).toBe(inForceNow)
  })

  it('L-P.5 GD-1 a stricter version takes effect as soon as a named person has approved it, and not before', async ({
    hub,
  }) => {
    const before = (await hub.control('select from policy_versions')).length
    const program = await start(hub, changed('sessions', { keep: { hours: 6, from: 'creation' } }))
    const { app } = program
    const sessions = () => inForce().kinds.find(({ kind }) => kind === 'sessions')?.keep
    expect(await app.policies.adopt(await app.policyHere())).toMatchObject({ state: 'waits for approval' })
    expect(await hub.control('select from policy_versions')).toHaveLength(before)
    // The published text promises twelve hours; the program does less already, and not more.
    expect(sessions()).toMatchObject({ hours: 6 })

    expect(await approve(program)).toMatchObject({ state: 'in force', isNew: true, waitsUntil: undefined })
    const [newest] = await app.policies.versions()
    expect(newest).toMatchObject({ state: 'in force', verdict: 'stricter', announcedAt: undefined })
    expect(await app.policies.approvers(newest ? [newest] : [])).toEqual(
      new Map([[newest?.approval?.id, { by: jana, jws: expect.any(String) }]]),
    )
  })

  it('OC-9 GD-1 does not start a program that could not be kept from it, neither before it is approved nor before its date', async ({
    hub,
  }) => {
    const { app } = await start(hub, declarations)
    const files = changed('users', { subjects: ['user', 'caller'] })
    const started = () =>
      startServer(readSettings(hub.env), { declarations: files }).catch((error) => failureOf(error))
    expect(await started()).toMatchObject({
      code: 'setting',
      sentence: expect.stringContaining('Nobody has approved it yet'),
    })
    await app.policies.approve(
      contentOf(app.settings, app, { declarations: files, adapters: [], own: [] }),
      jana,
    )
    expect(await started()).toMatchObject({
      code: 'setting',
      sentence: expect.stringContaining('may start from'),
    })
    const [row] = await hub.control<{ verdict: string; ahead: boolean }>(
      'select verdict, effective_at > ringfence.now() as ahead from policy_versions order by number desc limit 1',
    )
    expect(row).toEqual({ verdict: 'less restrictive', ahead: true })
  })
})
