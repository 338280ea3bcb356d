import { describe, expect } from 'vitest'
import type { Colleague, Company, Person, Rung } from '../../testing/company.ts'
import { Desk } from '../../testing/desk.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CallView, JournalPage } from '../http/shapes.ts'
import { ReadRights } from './read-rights.ts'

const it = itWithHub({ nodes: 2 })
const itSoon = itWithHub({ start: { rights: { renewMs: 200, lifeMs: 400 } } })

/** What a card says of whose call it is. */
const names = ({ matches }: CallView) => matches.map(({ hidden, name }) => (hidden ? 'hidden' : name))
const isNamed = (call: CallView) => names(call).includes('Ada Lovelace')
const isHidden = (call: CallView) => names(call).includes('hidden')
const card = (user: Colleague, call: Rung) => user.client.ok<CallView>('GET', `/api/v1/calls/${call.id}`)

/** Boris is of the group of those persons' owner, Clara of another, Dora of the first and may see everybody's calls. */
async function found(hub: Hub) {
  const acme = await hub.given.organization({ groups: true })
  return {
    acme,
    owner: await acme.given.user({ extension: '20', group: 'sales' }),
    boris: await acme.given.user({ extension: '21', group: 'sales' }),
    clara: await acme.given.user({ extension: '22', group: 'support' }),
    dora: await acme.given.user({ extension: '23', group: 'sales', sees: 'all' }),
  }
}
const places = new WeakMap<Hub, ReturnType<typeof found>>()
function sharedPlace(hub: Hub): ReturnType<typeof found> {
  const place = places.get(hub) ?? found(hub)
  places.set(hub, place)
  return place
}
let persons = 0

/** A person kept to the group "sales", who belongs to none of those who look. */
async function given(hub: Hub, place = sharedPlace(hub)) {
  const { acme, owner, ...colleagues } = await place
  const number = `+4420794601${10 + persons++}`
  return {
    acme,
    ...colleagues,
    number,
    ada: await acme.given.person({ name: 'Ada Lovelace', number, owner }),
  }
}

/** Requests by which it was asked whether this user may see the person. */
const asked = (hub: Hub, { vendorId }: Colleague, { id }: Person) =>
  hub.crm.requests.filter(
    ({ method, path, userId }) => method === 'GET' && userId === vendorId && path.endsWith(`/persons/${id}`),
  ).length

/** Until the CRM has said, or cannot say, whether the user may see the person. */
async function answered(company: Company, user: Colleague, { id }: Person) {
  const { app } = company.hub
  const viewer = (await app.directories.of(await company.organization())).users.get(user.id)
  const person = { connectionId: company.crmId, externalId: String(id) }
  if (!viewer) throw new Error('no such user')
  await until('it is answered', () => !app.rights.isDue(viewer, person))
  return { viewer, person, reads: () => app.rights.viewer(viewer).reads(person) }
}

describe('a person whom the CRM shows to some only', () => {
  it('PD-2 is named a moment later to whoever’s own access reads them, for one token, and to nobody else', async ({
    hub,
  }) => {
    const { acme, ada, boris, clara, number } = await given(hub)
    const [ofBoris, ofClara] = [await acme.deskOf(boris), await acme.deskOf(clara)]

    const call = await acme.phone.rings({ from: number, to: ['21', '22'] })
    const named = await ofBoris.shows(call.id, isNamed)
    expect(named.matches).toMatchObject([{ typed: number, hidden: false }])
    expect(isHidden(ofBoris.shown.find(({ id }) => id === call.id) as CallView)).toBe(true) // at once, by what was known
    await answered(acme, clara, ada)
    await acme.phone.answers(call, '22')
    const theirs = await ofClara.shows(call.id, ({ state }) => state === 'answered')
    expect(theirs.matches).toMatchObject([{ name: '', typed: '', url: '', hidden: true }])

    expect(names(await card(boris, call))).toEqual(['Ada Lovelace'])
    expect(names(await card(clara, call))).toEqual(['hidden'])
    expect(JSON.stringify(ofClara.shown)).not.toContain('Lovelace')
    expect([asked(hub, boris, ada), asked(hub, clara, ada)]).toEqual([1, 1])
    await hub.app.counters.flush()
    const spent = `select tokens::int from allowance_spent where feature = 'rights'`
    expect(await acme.query(spent)).toEqual([{ tokens: 2 }])
  })

  it('PD-2 is hidden again as soon as the CRM tells that they changed, on every node’s screens', async ({
    hub,
  }) => {
    const { acme, ada, boris, number } = await given(hub)
    const desks = [
      await acme.deskOf(boris),
      await new Desk(boris.client.through(hub.node(1).url)).open(), // a second window
    ]
    const call = await acme.phone.rings({ from: number, to: '21' })
    for (const desk of desks) await desk.shows(call.id, isNamed)

    hub.sandbox.pipedrive.editPerson(acme.domain, ada.id, { visible_to: 1 })
    for (const desk of desks) await desk.shows(call.id, isHidden)
    expect(names(await card(boris, call))).toEqual(['hidden'])
    hub.sandbox.pipedrive.editPerson(acme.domain, ada.id, { visible_to: 3 })
    for (const desk of desks) await desk.shows(call.id, isNamed)
    await desks[1]?.close()
  })

  it('PD-2 is named on a screen that comes back, whichever node lets it in', async ({ hub }) => {
    const { acme, boris, number } = await given(hub)
    const call = await acme.phone.rings({ from: number, to: '21' })
    for (const node of [1, 0] as const) {
      const desk = await new Desk(boris.client.through(hub.node(node).url)).open()
      await desk.shows(call.id, isNamed)
      await desk.close()
    }
  })

  it('PD-2 is asked for of other people’s calls only when their card is opened', async ({ hub }) => {
    const { acme, ada, dora, number } = await given(hub)
    const desk = await acme.deskOf(dora)
    const call = await acme.phone.rings({ from: number, to: '22' })
    await acme.phone.answers(call, '22')
    await desk.shows(call.id, ({ state }) => state === 'answered')
    const { calls } = await dora.client.ok<JournalPage>('GET', '/api/v1/calls')
    expect(calls.filter(({ id }) => id === call.id).map(names)).toEqual([['hidden']])
    expect(asked(hub, dora, ada)).toBe(0)

    await card({ ...dora, client: dora.client.through(hub.node(1).url) }, call)
    await desk.shows(call.id, isNamed)
    await acme.phone.hangsUp(call)
    await desk.shows(call.id, ({ state, matches }) => state === 'ended' && matches[0]?.hidden === false)
  })

  it('PD-2 has calls on their page in the CRM for whoever may open it there', async ({ hub }) => {
    const { acme, ada, boris, clara, number } = await given(hub)
    const call = await acme.phone.calls({ from: number, to: '21' })
    const page = `/api/v1/calls?person=${ada.id}`
    const { calls } = await boris.client.ok<JournalPage>('GET', page)
    expect(calls.map(({ id }) => id)).toEqual([call.id])
    expect(await clara.client.request('GET', page)).toMatchObject({
      status: 404,
      json: { code: 'not-found', what: 'person' },
    })
  })

  it('PD-2 is never named to another organization, and never asked for by one', async ({ hub }) => {
    const { acme, ada, number } = await given(hub)
    const other = await hub.given.organization()
    const stranger = await other.given.user({ extension: '21', sees: 'all', admin: true })
    const desk = await other.deskOf(stranger)
    const call = await acme.phone.rings({ from: number, to: '21' })
    const person = { connectionId: acme.crmId, externalId: String(ada.id) }
    const theirs = await other.phone.rings({ from: number, to: '21' })
    expect((await desk.shows(theirs.id)).matches).toEqual([])
    expect((await stranger.client.request('GET', `/api/v1/calls/${call.id}`)).status).toBe(404)
    expect((await stranger.client.request('GET', `/api/v1/calls?person=${ada.id}`)).status).toBe(404)

    // Even asked outright.
    const organization = await other.organization()
    const viewer = (await hub.app.directories.of(organization)).users.get(stranger.id)
    if (!viewer) throw new Error('no such viewer')
    await hub.app.rights.ask(organization, viewer, person)
    expect(hub.app.rights.viewer(viewer).reads(person)).toBe(false)
    expect(asked(hub, stranger, ada)).toBe(0)
  })

  it('PD-2 is hidden where the CRM accepts no grant of the viewer’s, and forgotten with the viewer', async ({
    hub,
  }) => {
    const { acme, ada, boris, clara, number } = await given(hub, found(hub))
    hub.sandbox.pipedrive.moveUser(acme.domain, clara.vendorId, 'sales')
    await hub.control(`update installations set state = 'refused' where user_ref = $1`, [
      String(clara.vendorId),
    ])
    const [ofBoris, ofClara] = [await acme.deskOf(boris), await acme.deskOf(clara)]
    const call = await acme.phone.rings({ from: number, to: ['21', '22'] })
    await ofBoris.shows(call.id, isNamed)
    expect((await answered(acme, clara, ada)).reads()).toBe(false)
    expect(names(await ofClara.shows(call.id))).toEqual(['hidden'])

    const { reads } = await answered(acme, boris, ada)
    expect(reads()).toBe(true)
    await hub.sandbox.pipedrive.uninstall(boris.vendorId)
    await until('nothing is known of them', () => !reads())
  })

  it('PD-2/PD-7 is not asked for with what the day’s allowance holds for calls', async ({ hub }) => {
    const { acme, ada, boris, number } = await given(hub)
    const desk = await acme.deskOf(boris)
    await Promise.all(hub.nodes.map(({ app }) => app.counters.flush()))
    await acme.query(
      `update connections set allowance_left = 0, allowance_limit = 90000,
              allowance_day = (ringfence.now() at time zone 'UTC')::date where side = 'crm'`,
    )
    const call = await acme.phone.rings({ from: number, to: '21' })
    await answered(acme, boris, ada)
    expect(names(await desk.shows(call.id))).toEqual(['hidden'])
    expect(asked(hub, boris, ada)).toBe(0)
    await acme.query('update connections set allowance_day = null')
  })
})

describe('what the CRM said of who may see a person', () => {
  it('PD-2 counts for nothing when they changed while the answer was on its way', async ({ hub }) => {
    const { acme, ada, boris } = await given(hub)
    const organization = await acme.organization()
    const viewer = (await hub.app.directories.of(organization)).users.get(boris.id)
    const crm = hub.app.crms.get('pipedrive')
    if (!viewer || !crm?.mirror) throw new Error('no such viewer')
    const [said, arrives] = [Promise.withResolvers<boolean>(), Promise.withResolvers<void>()]
    const { mirror } = crm
    const canSee: typeof mirror.canSee = async (session, externalId) => {
      const answer = await mirror.canSee(session, externalId)
      said.resolve(answer)
      await arrives.promise
      return answer
    }
    const rights = new ReadRights({
      ...hub.app,
      crms: new Map([['pipedrive', { ...crm, mirror: { ...mirror, canSee } }]]),
    })
    const person = { connectionId: acme.crmId, externalId: String(ada.id) }
    const asking = rights.ask(organization, viewer, person)
    expect(await said.promise).toBe(true)
    hub.sandbox.pipedrive.editPerson(acme.domain, ada.id, { visible_to: 1 })
    rights.forgetPerson(person)
    arrives.resolve()
    await asking
    expect(rights.viewer(viewer).reads(person)).toBe(false)
    expect(asked(hub, boris, ada)).toBe(2)
  })

  itSoon('PD-2 is over after some minutes, though nobody told that the right was lost', async ({ hub }) => {
    const { acme, boris, number } = await given(hub)
    const call = await acme.phone.rings({ from: number, to: '21' })
    await until('the name is shown', async () => isNamed(await card(boris, call)))
    hub.sandbox.pipedrive.moveUser(acme.domain, boris.vendorId, 'support')
    await until('the name is hidden', async () => isHidden(await card(boris, call)))
    hub.sandbox.pipedrive.moveUser(acme.domain, boris.vendorId, 'sales')
    await until('the name is shown again', async () => isNamed(await card(boris, call)))
  })

  itSoon(
    'PD-2 holds no longer where the CRM is away: hidden, without an error, until it is back',
    async ({ hub }) => {
      const { acme, boris, number } = await given(hub)
      const call = await acme.phone.rings({ from: number, to: '21' })
      await until('the name is shown', async () => isNamed(await card(boris, call)))
      const away = hub.sandbox.faults.order({ kind: '503', path: '/api/v2/persons/*', times: 10_000 })
      await until('the name is hidden', async () => isHidden(await card(boris, call)))
      const desk = await acme.deskOf(boris)
      expect(names(await desk.shows(call.id))).toEqual(['hidden'])
      hub.sandbox.faults.cancel(away)
      await until('the name is shown again', async () => isNamed(await card(boris, call)))
    },
  )
})
