import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import type { Company } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { NoticeView } from '../http/shapes.ts'
import type { Affected } from './affected.ts'
import type { BreachFacts } from './facts.ts'

const it = itWithHub({
  env: { RINGFENCE_OPERATOR_NAME: 'Spojka s.r.o.', RINGFENCE_OPERATOR_CONTACT: 'info@operator.example' },
})

const hour = 3_600_000
const from = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

function factsOf(more: Partial<BreachFacts> = {}): BreachFacts {
  return {
    known: from(-2),
    began: from(-5),
    person: 'Hedy Lamarr, hedy@operator.example',
    what: { en: 'A copy of the disk was taken.', cs: 'Někdo si pořídil kopii disku.' },
    reach: {},
    ...more,
  }
}

const recorded = async (hub: Hub, facts: BreachFacts) =>
  (await hub.operator.ok<{ id: string }>('POST', '/api/v1/breaches', facts)).id
const affected = async (hub: Hub, reach: BreachFacts['reach']) =>
  (await hub.operator.ok<{ affected: Affected[] }>('POST', '/api/v1/affected', reach)).affected
const notified = (hub: Hub, id: string) =>
  hub.operator.ok<{ number: number; organizations: number }>('POST', `/api/v1/breaches/${id}/notify`)
const noticesOf = async (company: Company) =>
  (await company.admin.client.ok<{ notices: NoticeView[] }>('GET', '/api/v1/notices')).notices
const wantsNoticesAt = (company: Company, ...addresses: string[]) =>
  company.admin.client.ok('PUT', '/api/v1/notice-contacts', { addresses })

/** Two contacts, two users, three calls of two callers. */
async function busyCompany(hub: Hub, language: 'en' | 'cs' = 'en'): Promise<Company> {
  const company = await hub.given.organization({
    language,
    persons: [
      { name: 'Ada Lovelace', phones: [{ value: '+442079460123' }] },
      { name: 'Mary Somerville', phones: [{ value: '+442079460124' }] },
    ],
  })
  await company.given.user({ extension: '21' })
  for (const caller of ['+442079460123', '+442079460123', '+442079460199'])
    await company.written(await company.phone.calls({ from: caller, to: '21' }))
  return company
}

const one = (list: readonly Affected[], company: Company) =>
  list.find(({ organization }) => organization === company.id)
const records = (list: readonly Affected[], company: Company, kind: string) =>
  one(list, company)?.kinds.find((each) => each.kind === kind)?.records

describe('a breach', () => {
  it('BX-10/OP-3 is told to each affected organization, with all that the law asks of a processor', async ({
    hub,
  }) => {
    const acme = await busyCompany(hub, 'cs')
    const other = await hub.given.organization({ set: 'installed' })
    await wantsNoticesAt(acme, 'dpo@acme.example', 'jednatel@acme.example')
    const { mail } = hub.sandbox
    const id = await recorded(hub, factsOf({ reach: { organizations: [acme.id] } }))

    expect(await notified(hub, id)).toEqual({ number: 1, organizations: 1 })
    await until('it has arrived', async () => mail.to('dpo@acme.example').length === 1)
    expect(mail.to('jednatel@acme.example')).toHaveLength(1)
    const [message] = mail.to('dpo@acme.example')
    expect(message?.subject).toBe('Oznámení o porušení zabezpečení osobních údajů (čl. 33 odst. 2 GDPR)')
    // Art. 33(3): nature, categories, numbers; contact; consequences and measures, which are not known yet
    for (const part of [
      'Někdo si pořídil kopii disku.',
      'Hovory: 3',
      'Kopie kontaktů z CRM: 2',
      'kontakty v CRM: 2',
      'lidé, kteří volají nebo kterým se volá: 2',
      'uživatelé aplikace: 2',
      'Hedy Lamarr, hedy@operator.example',
      'Spojka s.r.o., info@operator.example',
      'Pravděpodobné důsledky\nZatím to nevíme.',
      'Co jsme udělali a co ještě uděláme\nZatím to nevíme.',
      'do 72 hodin',
    ])
      expect(message?.text).toContain(part)

    await until('that is known', async () => (await noticesOf(acme))[0]?.mail === 'sent')
    const [notice] = await noticesOf(acme)
    expect(notice).toMatchObject({ number: 1, subject: message?.subject, text: message?.text.trimEnd() })
    expect(notice?.shownAt).toBeUndefined()
    await acme.admin.client.ok('POST', `/api/v1/notices/${notice?.id}/shown`)
    expect((await noticesOf(acme))[0]?.shownAt).toBeDefined()
    expect(await noticesOf(other)).toEqual([])
    const theirs = await other.admin.client.request('POST', `/api/v1/notices/${notice?.id}/shown`)
    expect(theirs.status).toBe(404)
    expect(hub.log.raw.join('\n')).not.toMatch(/dpo@acme|Hedy|kopii disku/)
  })

  it('BX-10 is followed up when more is known, and told again to who was told before', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const beta = await hub.given.organization({ set: 'connected' })
    await wantsNoticesAt(acme, 'privacy@acme.example')
    const id = await recorded(hub, factsOf({ reach: { organizations: [acme.id, beta.id] } }))
    expect(await notified(hub, id)).toEqual({ number: 1, organizations: 2 })

    await hub.operator.ok('POST', `/api/v1/breaches/${id}/facts`, {
      ended: from(-1),
      consequences: { en: 'Names may be read by others.' },
      measures: { en: 'The access was closed.' },
      reach: { organizations: [beta.id] },
    })
    expect(await notified(hub, id)).toEqual({ number: 2, organizations: 2 })
    const { mail } = hub.sandbox
    await until('both have arrived', async () => mail.to('privacy@acme.example').length === 2)
    const [newest, first] = await noticesOf(acme)
    expect(newest).toMatchObject({ number: 2 })
    expect(newest?.subject).toContain('Follow-up 1')
    expect(newest?.text).toContain('Names may be read by others.')
    expect(first?.text).toContain('This is not known yet.')

    await hub.operator.ok('POST', `/api/v1/breaches/${id}/close`, { reason: 'Everybody was told.' })
    const after = await hub.operator.request('POST', `/api/v1/breaches/${id}/notify`)
    expect(after.status).toBe(409)
  })

  it('is mailed when the mail server is back, and when the organization has said where', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { mail } = hub.sandbox
    const state = async () => (await noticesOf(acme))[0]?.mail
    await notified(hub, await recorded(hub, factsOf({ reach: { organizations: [acme.id] } })))
    await until('nobody can be written to', async () => (await state()) === 'no-address')

    mail.mood = 'away'
    await wantsNoticesAt(acme, 'late@acme.example')
    await until('it was tried', async () => (await tries(hub, acme)) > 1)
    expect(mail.to('late@acme.example')).toEqual([])
    mail.mood = 'well'
    await hub.restart() // or a while later: waiting is longer each time
    await until('it has arrived', async () => (await state()) === 'sent')
    expect(mail.to('late@acme.example')).toHaveLength(1)

    const refused = await acme.admin.client.request('PUT', '/api/v1/notice-contacts', {
      body: { addresses: ['a@b.example, c@d.example'] },
    })
    expect(refused.status).toBe(400)
  })
})

const tries = async (hub: Hub, company: Company) =>
  (
    await hub.control<{ tries: number }>(
      'select max(tries)::int as tries from breach_notices where organization_id = $1',
      [company.id],
    )
  )[0]?.tries ?? 0

describe('who is affected', () => {
  it('BX-10 is answered by time, connection, account and table, each organization by itself', async ({
    hub,
  }) => {
    const acme = await busyCompany(hub)
    const agent = await acme.given.user({ extension: '22' })
    await acme.written(await acme.phone.calls({ from: '+442079460198', to: '22' }))
    const beta = await busyCompany(hub)

    const all = await affected(hub, {})
    expect(records(all, acme, 'call journal')).toBe(4)
    expect(one(all, acme)?.subjects).toEqual({ caller: 3, contact: 2, user: 3 })
    expect(records(all, acme, 'installations')).toBe(3)
    expect(one(all, beta)?.subjects).toMatchObject({ caller: 2 })

    const before = await affected(hub, { to: from(-24 * 400) })
    expect(one(before, acme)).toBeUndefined()
    const earlier = await affected(hub, { from: from(-24), to: from(1) })
    expect(records(earlier, acme, 'call journal')).toBe(4)
    expect(one(earlier, acme)?.reports).toBeGreaterThan(0)

    const ofPhone = await affected(hub, { connection: acme.phoneId })
    expect(ofPhone.map(({ organization }) => organization)).toEqual([acme.id])
    expect(records(ofPhone, acme, 'call journal')).toBe(4)
    expect(records(ofPhone, acme, 'contact mirror')).toBeUndefined()

    const ofAgent = await affected(hub, { account: agent.id })
    expect(ofAgent.map(({ organization }) => organization)).toEqual([acme.id])
    expect(records(ofAgent, acme, 'call journal')).toBe(1)
    const ofAdmin = await affected(hub, { account: acme.admin.id })
    expect(records(ofAdmin, acme, 'call journal')).toBe(4)

    const ofTable = await affected(hub, { tables: ['persons'] })
    expect(one(ofTable, acme)).toMatchObject({
      kinds: [{ kind: 'contact mirror', records: 2 }],
      subjects: { contact: 2 },
    })
  })

  it('is told without numbers where a database cannot be read', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const database = await hub.databases.of(acme.id)
    await hub.control(`alter database ${database} with allow_connections false`)
    await hub.app.cluster.connections.closeDatabase(database)
    const all = await affected(hub, { organizations: [acme.id] })
    await hub.control(`alter database ${database} with allow_connections true`)
    expect(one(all, acme)).toMatchObject({ counted: false, subjects: { caller: null } })
  })
})

describe('the record of breaches', () => {
  it('BX-10 only grows, is sealed, and tells when it is not whole', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const id = await recorded(
      hub,
      factsOf({ what: { en: 'Stolen from the drawer.' }, reach: { organizations: [acme.id] } }),
    )
    await notified(hub, id)
    expect(await tablesWith(hub, ['Stolen from the drawer', 'Hedy Lamarr'])).toEqual([])
    for (const change of [
      `update breach_entries set at = now()`,
      'delete from breach_entries',
      'truncate breach_entries',
    ])
      await expect(hub.control(change)).rejects.toThrow('never changed')

    const genuine = async () =>
      (await hub.operator.ok<{ breach: { genuine: boolean } }>('GET', `/api/v1/breaches/${id}`)).breach
        .genuine
    expect(await genuine()).toBe(true)
    // Whoever owns the database can take the guard away, and an entry with it: that shows.
    await hub.operator.ok('POST', `/api/v1/breaches/${id}/facts`, { ended: from(0) })
    await hub.control('alter table breach_entries disable trigger all')
    await hub.control('delete from breach_entries where breach_id = $1 and number = 2', [id])
    expect(await genuine()).toBe(false)
    await hub.control('alter table breach_entries enable trigger all')
  })

  it('BX-10/OP-3 is kept by command, too, while the server runs', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    await wantsNoticesAt(acme, 'by-command@acme.example')
    const folder = await mkdtemp(join(tmpdir(), 'ringfence-test-'))
    const file = join(folder, 'breach.json')
    const run = async (...args: string[]) => {
      const { status, out, complaint } = await ringfence(hub.env, 'breach', ...args, '--json')
      if (status !== 0) throw new Error(complaint)
      return JSON.parse(out)
    }
    await writeFile(file, JSON.stringify(factsOf({ reach: { organizations: [acme.id] } })))
    const { id, authorityBy } = await run('record', file)
    expect(Date.parse(authorityBy) - Date.now()).toBeGreaterThan(69 * hour)
    await run('notify', '--breach', id)
    await until('it has arrived', async () => hub.sandbox.mail.to('by-command@acme.example').length === 1)
    await writeFile(file, '{"what": {}}')
    const wrong = await ringfence(hub.env, 'breach', 'record', file)
    expect(wrong).toMatchObject({ status: 1 })
    expect(wrong.complaint).toContain('docs/guide/breach.md')
    await rm(folder, { recursive: true })
  })
})
