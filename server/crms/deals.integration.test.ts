import { describe, expect } from 'vitest'
import type { NewApiFault } from '../../sandbox/faults.ts'
import type { Colleague, Company, Person, Rung } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import { runNow } from '../../testing/jobs.ts'
import { until } from '../../testing/until.ts'
import type { CallView, ConnectionView, DealTitles } from '../http/shapes.ts'

/** What is unknown is asked for soon, so that an effect can come later than that. */
const it = itWithHub({ start: { writeAfterMs: 100, unknownWaitMs: 200 } })

const adasNumber = '+442079460123'
const charlesNumber = '+442079460124'

const dealsIn = (acme: Company) => acme.hub.sandbox.pipedrive.deals

/** Kind, id and whose, as stored. */
async function stored(acme: Company): Promise<string[]> {
  const rows = await acme.query<{ row: string }>(
    `select kind || ' ' || external_id || ' of ' || person_external_id as row from open_deals
     where person_external_id is not null`,
  )
  return rows.map(({ row }) => row).sort()
}

async function founded(hub: Company['hub']): Promise<{ acme: Company; ada: Person; boris: Colleague }> {
  const acme = await hub.given.organization()
  const ada = await acme.given.person({ name: 'Ada Lovelace', number: adasNumber })
  const boris = await acme.given.user({ extension: '21', name: 'Boris Král' })
  return { acme, ada, boris }
}

async function addDeal(acme: Company, person: Person, title: string, more = {}): Promise<number> {
  const { id } = dealsIn(acme).addDeal(acme.domain, { title, person_id: person.id, ...more })
  await acme.hub.sandbox.idle()
  return id
}

async function addLead(acme: Company, person: Person, title: string): Promise<string> {
  const { id } = dealsIn(acme).addLead(acme.domain, { title, person_id: person.id })
  await acme.hub.sandbox.idle()
  return id
}

const view = (by: Colleague, call: Rung) => by.client.ok<CallView>('GET', `/api/v1/calls/${call.id}`)
const choose = (by: Colleague, call: Rung, kind: 'deal' | 'lead', id: number | string) =>
  by.client.ok<CallView>('PUT', `/api/v1/calls/${call.id}/deal`, { kind, externalId: String(id) })
const held = (acme: Company, call: Rung) => {
  const [one] = acme.hub.crm.heldFor(call.played)
  return one && { personId: one.personId, dealId: one.dealId, leadId: one.leadId }
}
const notesOf = async (acme: Company): Promise<ConnectionView['notes']> => {
  const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
  )
  return connections.find(({ side }) => side === 'crm')?.notes
}

describe('the mirror of deals and leads', () => {
  it('PD-2 holds of open ones the id and whose they are, read once and whole, also when it was interrupted', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed', persons: [{ name: 'Ada Lovelace' }] })
    const [ada] = [...hub.sandbox.pipedrive.company(acme.domain).persons.values()]
    if (!ada) throw new Error('nobody is there')
    const deals = dealsIn(acme)
    const ids = Array.from(
      { length: 501 },
      (_, at) => deals.addDeal(acme.domain, { title: `Secret plan ${at}`, person_id: ada.id }).id,
    )
    deals.addDeal(acme.domain, { title: 'Won', person_id: ada.id, status: 'won' })
    deals.addDeal(acme.domain, { title: 'Nobody’s', person_id: null })
    const lead = deals.addLead(acme.domain, { title: 'Secret hint', person_id: ada.id })
    deals.addLead(acme.domain, { title: 'Archived', person_id: ada.id, is_archived: true })
    // Between the pages of deals and those of leads Pipedrive has enough for a moment.
    hub.sandbox.faults.order({ kind: '429', method: 'GET', path: '/api/v1/leads', times: 1 })
    const before = hub.crm.requests.length

    await acme.accept()

    expect(await stored(acme)).toEqual(
      [...ids.map((id) => `deal ${id} of ${ada.id}`), `lead ${lead.id} of ${ada.id}`].sort(),
    )
    const [all] = await acme.query<{ text: string }>(
      `select string_agg(d::text, '') as text from open_deals d`,
    )
    expect(all?.text).not.toMatch(/Secret/)
    const asked = hub.crm.requests.slice(before).filter(({ company }) => company === acme.domain)
    expect(asked.filter(({ template }) => template === '/api/v2/deals')).toHaveLength(2)
    expect(asked.filter(({ template }) => template === '/api/v1/leads')).toHaveLength(2)
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-2 follows what the CRM tells, in whatever order it arrives, and merged persons', async ({ hub }) => {
    const { acme, ada } = await founded(hub)
    const charles = await acme.given.person({ name: 'Charles Babbage', number: charlesNumber })
    const won = await addDeal(acme, ada, 'Difference engine')
    const gone = await addDeal(acme, ada, 'Analytical engine')
    const kept = await addDeal(acme, charles, 'Mill')
    const lead = await addLead(acme, ada, 'Asked about cards')
    const archived = await addLead(acme, ada, 'Asked about cogs')
    expect(await stored(acme)).toHaveLength(5)

    const deals = dealsIn(acme)
    deals.editDeal(acme.domain, won, { status: 'won' })
    deals.deleteDeal(acme.domain, gone)
    deals.editLead(acme.domain, archived, { is_archived: true })
    await hub.sandbox.idle()
    expect(await stored(acme)).toEqual([`deal ${kept} of ${charles.id}`, `lead ${lead} of ${ada.id}`].sort())

    // A word of when it was open, which was delayed on its way.
    const [hook] = [...hub.sandbox.pipedrive.company(acme.domain).webhooks.values()]
    const late = await fetch(hook?.subscription_url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${hook?.http_auth_user}:${hook?.http_auth_password}`).toString('base64')}`,
      },
      body: JSON.stringify({
        meta: { action: 'change', entity: 'deal', id: 'late', entity_id: String(won) },
        data: { id: won, person_id: ada.id, status: 'open', update_time: '2020-01-01T00:00:00Z' },
        previous: {},
      }),
    })
    expect(late.status).toBe(200)
    expect(await stored(acme)).not.toContain(`deal ${won} of ${ada.id}`)

    hub.sandbox.pipedrive.mergePersons(acme.domain, { fromId: ada.id, intoId: charles.id })
    await hub.sandbox.idle()
    expect(await stored(acme)).toEqual(
      [`deal ${kept} of ${charles.id}`, `lead ${lead} of ${charles.id}`].sort(),
    )
  })

  it('PD-2 is put right at night where nothing was told', async ({ hub }) => {
    const { acme, ada } = await founded(hub)
    const closed = await addDeal(acme, ada, 'Difference engine')
    const account = hub.sandbox.pipedrive.company(acme.domain)
    for (const hook of account.webhooks.values()) hook.event_action = 'delete'
    dealsIn(acme).editDeal(acme.domain, closed, { status: 'lost' })
    const untold = await addDeal(acme, ada, 'Analytical engine')
    await acme.query(`update open_deals set walk = walk - 60`) // seen a minute ago
    await runNow(hub, 'night', acme)
    await until(
      'the night has passed',
      async () =>
        (await stored(acme)).includes(`deal ${untold} of ${ada.id}`) && (await stored(acme)).length === 1,
    )
  })

  it('PD-2/PD-4 is left out, and that is said, where the app was installed without the permission; calls are written all the same', async ({
    hub,
  }) => {
    const { pipedrive } = hub.sandbox
    const app = pipedrive.apps.get('test-client')
    if (!app) throw new Error('no app')
    const withScopes = (keep: (scope: string) => boolean) =>
      pipedrive.registerApp({ ...app, scopes: app.scopes.filter(keep) })
    withScopes((scope) => !/^(deals|leads):/.test(scope))
    try {
      const acme = await hub.given.organization()
      const ada = await acme.given.person({ number: adasNumber })
      const boris = await acme.given.user({ extension: '21' })
      const deal = await addDeal(acme, ada, 'Difference engine')
      expect(await notesOf(acme)).toContain('deals-refused')
      expect(await acme.query('select 1 from open_deals')).toEqual([])
      const call = await acme.phone.calls({ from: adasNumber, to: '21' })
      await acme.written(call)
      expect(held(acme, call)).toEqual({ personId: ada.id, dealId: null, leadId: null })
      expect((await view(boris, call)).deal).toMatchObject({ state: 'nothing' })

      withScopes(() => true)
      await acme.admin.client.signIn('/apps/pipedrive/install', acme.admin.vendorId)
      await until('they are read after all', async () => (await stored(acme)).length === 1)
      await until('it is not said any more', async () => !(await notesOf(acme))?.includes('deals-refused'))
      expect(await stored(acme)).toEqual([`deal ${deal} of ${ada.id}`])
    } finally {
      pipedrive.registerApp(app)
    }
  })
})

describe('a call of a known person', () => {
  it('PD-4/PD-7 is linked with the only open deal or lead, with none or several with the person alone, and nothing is asked for it', async ({
    hub,
  }) => {
    const { acme, ada, boris } = await founded(hub)
    const before = hub.crm.requests.length
    const deal = await addDeal(acme, ada, 'Difference engine')
    const first = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(first)
    expect(held(acme, first)).toEqual({ personId: ada.id, dealId: deal, leadId: null })
    expect((await view(boris, first)).deal).toMatchObject({
      state: 'linked',
      deal: { kind: 'deal', externalId: String(deal) },
    })

    const lead = await addLead(acme, ada, 'Asked about cards')
    const second = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(second)
    expect(held(acme, second)).toEqual({ personId: ada.id, dealId: null, leadId: null })
    expect((await view(boris, second)).deal).toMatchObject({ state: 'ask' })

    dealsIn(acme).editDeal(acme.domain, deal, { status: 'won' })
    await hub.sandbox.idle()
    const third = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(third)
    expect(held(acme, third)).toEqual({ personId: ada.id, dealId: null, leadId: lead })
    // At a call Pipedrive is asked for nothing: what is open was told before.
    const asked = hub.crm.requests.slice(before).map(({ method, template }) => `${method} ${template}`)
    expect(asked.filter((one) => /deals|leads|activities/.test(one))).toEqual([])
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-4 is written without its deal when that has gone, and the person is kept', async ({ hub }) => {
    const { acme, ada, boris } = await founded(hub)
    const deal = await addDeal(acme, ada, 'Difference engine')
    for (const hook of hub.sandbox.pipedrive.company(acme.domain).webhooks.values())
      hook.event_action = 'create'
    dealsIn(acme).deleteDeal(acme.domain, deal)
    const call = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(call)
    expect(held(acme, call)).toEqual({ personId: ada.id, dealId: null, leadId: null })
    expect((await view(boris, call)).deal).toMatchObject({ state: 'gone' })
  })
})

describe('somebody who chooses', () => {
  it('PD-4 before the call is written has the choice in its entry, with no request of its own, also that it is none', async ({
    hub,
  }) => {
    const { acme, ada, boris } = await founded(hub)
    await addDeal(acme, ada, 'Difference engine')
    const meant = await addDeal(acme, ada, 'Analytical engine')
    const call = await acme.phone.rings({ from: adasNumber, to: '21' })
    await acme.phone.answers(call, '21')
    expect((await view(boris, call)).deal).toMatchObject({ state: 'ask' })
    expect(await choose(boris, call, 'deal', meant)).toMatchObject({
      deal: { state: 'chosen', deal: { externalId: String(meant) } },
    })
    await acme.phone.hangsUp(call)
    const other = await acme.phone.rings({ from: adasNumber, to: '21' })
    await boris.client.ok('PUT', `/api/v1/calls/${other.id}/deal`, { externalId: null })
    await acme.phone.answers(other, '21')
    await acme.phone.hangsUp(other)
    await acme.written(call)
    await acme.written(other)
    expect(held(acme, call)).toMatchObject({ dealId: meant })
    expect(held(acme, other)).toEqual({ personId: ada.id, dealId: null, leadId: null })
    expect((await view(boris, other)).deal).toMatchObject({ state: 'unlinked' })
    const patched = hub.crm.requests.filter(
      ({ method, company }) => method === 'PATCH' && company === acme.domain,
    )
    expect(patched).toEqual([])
  })

  const patch = { method: 'PATCH', path: '/api/v2/activities/:id' }
  it.for<[string, NewApiFault]>([
    [
      'does it long after we gave up',
      { kind: 'late-effect', times: 1, delayMs: 400, cutAfterMs: 50, ...patch },
    ],
    ['is over its limit for a moment (429)', { kind: '429', times: 1, ...patch }],
  ])('PD-4 after the call was written has the entry changed when the CRM %s', async ([, fault], { hub }) => {
    const { acme, ada, boris } = await founded(hub)
    const sole = await addDeal(acme, ada, 'Difference engine')
    const call = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(call)
    expect(held(acme, call)).toMatchObject({ dealId: sole })
    const lead = await addLead(acme, ada, 'Asked about cards')
    hub.sandbox.faults.order(fault)

    await choose(boris, call, 'lead', lead)
    await until('it is linked', async () => (await view(boris, call)).deal?.state === 'linked')
    await hub.sandbox.idle()
    expect(held(acme, call)).toEqual({ personId: ada.id, dealId: null, leadId: lead })

    // And once more: what we linked ourselves may be changed by us.
    await choose(boris, call, 'deal', sole)
    await until('it is linked', async () => (await view(boris, call)).deal?.state === 'linked')
    expect(held(acme, call)).toEqual({ personId: ada.id, dealId: sole, leadId: null })
    await hub.app.counters.flush()
    const [spent] = await acme.query<{ tokens: string }>(
      `select tokens from allowance_spent where feature = 'deals'`,
    )
    expect(Number(spent?.tokens)).toBeGreaterThan(0)
  })

  it('PD-4 never takes the place of what a person linked in the CRM', async ({ hub }) => {
    const { acme, ada, boris } = await founded(hub)
    await addDeal(acme, ada, 'Difference engine')
    const mine = await addDeal(acme, ada, 'Analytical engine')
    const theirs = await addDeal(acme, ada, 'Mill')
    const call = await acme.phone.calls({ from: adasNumber, to: '21' })
    const { activityId } = await acme.written(call)
    const activity = hub.sandbox.pipedrive.company(acme.domain).activities.get(activityId)
    if (!activity) throw new Error('not held')
    activity.deal_id = theirs

    await choose(boris, call, 'deal', mine)
    await until('it is left', async () => (await view(boris, call)).deal?.state === 'another')
    expect(held(acme, call)).toMatchObject({ dealId: theirs })
  })

  it('PD-2/PD-4 sees titles by their own rights, and what is not theirs to see cannot be chosen', async ({
    hub,
  }) => {
    const { acme, ada, boris } = await founded(hub)
    const shared = await addDeal(acme, ada, 'Difference engine')
    await addDeal(acme, ada, 'Hidden engine', { visible_to: 1 })
    const call = await acme.phone.rings({ from: adasNumber, to: '21' })
    const titlesFor = (by: Colleague) => by.client.ok<DealTitles>('GET', `/api/v1/calls/${call.id}/deals`)
    expect(await titlesFor(boris)).toEqual({
      deals: [{ kind: 'deal', externalId: String(shared), title: 'Difference engine' }],
      read: 'own',
    })
    await acme.admin.client.ok('PUT', `/api/v1/users/${acme.admin.id}/sees`, { sees: 'all' })
    expect((await titlesFor(acme.admin)).deals.map(({ title }) => title).sort()).toEqual([
      'Difference engine',
      'Hidden engine',
    ])
    hub.sandbox.faults.order({ kind: 'down', method: 'GET', path: '/api/v2/deals/:id', times: 20 })
    expect(await titlesFor(boris)).toMatchObject({ read: 'away' })
    hub.sandbox.faults.clear()

    const refused = await boris.client.request('PUT', `/api/v1/calls/${call.id}/deal`, {
      body: { kind: 'deal', externalId: '999999' },
    })
    expect(refused.status).toBe(404)
    const charles = await acme.given.person({ number: charlesNumber, shared: false })
    await addDeal(acme, charles, 'Mill')
    const hidden = await acme.phone.rings({ from: charlesNumber, to: '21' })
    expect((await view(boris, hidden)).deal).toBeUndefined()
    expect((await boris.client.request('GET', `/api/v1/calls/${hidden.id}/deals`)).status).toBe(404)
  })

  it('PD-8 leaves nothing behind when the last user of the company has gone', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ number: adasNumber })
    await addDeal(acme, ada, 'Difference engine')
    const call = await acme.phone.calls({ from: adasNumber, to: '21' })
    await acme.written(call)
    expect(await acme.query('select 1 from call_deals')).toHaveLength(1)
    await hub.sandbox.pipedrive.uninstall(acme.admin.vendorId)
    await until('everything is gone', async () => {
      const left = await acme.query('select 1 from open_deals union all select 1 from call_deals')
      return left.length === 0
    })
    const [row] = await acme.query<{ deals_state: string }>(
      `select deals_state from connections where side = 'crm'`,
    )
    expect(row?.deals_state ?? 'not-read').toBe('not-read')
  })
})
