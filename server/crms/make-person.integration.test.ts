import { describe, expect } from 'vitest'
import type { NewApiFault } from '../../sandbox/faults.ts'
import type { Colleague, Company, Rung } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CallView } from '../http/shapes.ts'

const it = itWithHub()

interface Place {
  acme: Company
  boris: Colleague
}
let shared: Promise<Place> | undefined
/** One company for all tests: each has a number of its own. */
function place(hub: Hub): Promise<Place> {
  shared ??= (async () => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21', name: 'Boris Král' })
    await acme.admin.client.ok('PUT', `/api/v1/users/${acme.admin.id}/sees`, { sees: 'all' })
    return { acme, boris }
  })()
  return shared
}

let numbers = 500
const newNumber = () => {
  numbers += 1
  return `+442079460${numbers}`
}
const persons = ({ acme }: Place, number: string) =>
  [...acme.hub.sandbox.pipedrive.company(acme.domain).persons.values()].filter(({ phones }) =>
    phones.some(({ value }) => value === number),
  )
const enter = (who: Colleague, { id }: Rung, name: string) =>
  who.client.ok<CallView>('POST', `/api/v1/calls/${id}/person`, { name })
const known = async ({ acme, boris }: Place, { id }: Rung, name: string) =>
  (await acme.deskOf(boris)).shows(id, ({ matches }) => matches.some((match) => match.name === name))
const personOn = ({ acme }: Place, rung: Rung) => acme.hub.crm.heldFor(rung.played)[0]?.personId
const linkedTo = (at: Place, rung: Rung, id: number) =>
  until('the call has its person', () => personOn(at, rung) === id)

describe('somebody entered from a call', () => {
  it('PD-4 is in the CRM with name, number and owner, known at once, and linked with all their calls', async ({
    hub,
  }) => {
    const at = await place(hub)
    const number = newNumber()
    const earlier = await at.acme.phone.calls({ from: number, to: '21' })
    await at.acme.written(earlier)
    const rung = await at.acme.phone.rings({ from: number, to: '21' })
    const desk = await at.acme.deskOf(at.boris)

    const asked = await enter(at.boris, rung, 'Ada Lovelace')
    expect(asked.newPerson).toMatchObject({ own: true, as: 'Boris Král' })
    await desk.shows(rung.id, ({ matches }) => matches[0]?.name === 'Ada Lovelace')
    const [ada, ...more] = persons(at, number)
    expect(more).toEqual([])
    expect(ada).toMatchObject({ name: 'Ada Lovelace', owner_id: at.boris.vendorId })

    await linkedTo(at, earlier, ada?.id ?? 0)
    await at.acme.phone.hangsUp(rung)
    expect(await at.acme.written(rung)).toMatchObject({ personId: ada?.id })
    expect(hub.crm.heldFor(earlier.played)).toHaveLength(1)
    expect(await tablesWith(hub, ['Ada Lovelace'])).toEqual([])
    expect(await at.acme.query(`select 1 from new_persons where person_sealed is not null`)).toEqual([])
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-2 is not said to be whose, once they are hidden from whoever looks', async ({ hub }) => {
    const at = await place(hub)
    const number = newNumber()
    const rung = await at.acme.phone.rings({ from: number, to: '21' })
    await enter(at.boris, rung, 'Mary Jackson')
    await known(at, rung, 'Mary Jackson')
    const seen = () => at.acme.admin.client.ok<CallView>('GET', `/api/v1/calls/${rung.id}`)
    expect((await seen()).newPerson).toMatchObject({ state: 'made', as: 'Boris Král' })

    const [mary] = persons(at, number)
    hub.sandbox.pipedrive.editPerson(at.acme.domain, mary?.id ?? 0, { visible_to: 1 })
    const hidden = await until('they are hidden', async () => {
      const view = await seen()
      return view.matches[0]?.hidden && view
    })
    expect(hidden.newPerson?.as).toBeUndefined()
    await at.acme.phone.hangsUp(rung)
  })

  it('PD-4 is one person when two people and two calls ask at the same moment', async ({ hub }) => {
    const at = await place(hub)
    const number = newNumber()
    const rungs = [
      await at.acme.phone.rings({ from: number, to: '21' }),
      await at.acme.phone.rings({ from: number, to: '21' }),
    ] as const
    await Promise.all([
      enter(at.boris, rungs[0], 'Grace Hopper'),
      enter(at.acme.admin, rungs[0], 'Grace Hopper'),
      enter(at.boris, rungs[1], 'Grace Hopper'),
      enter(at.boris, rungs[1], 'Grace Hopper'),
    ])
    await known(at, rungs[1], 'Grace Hopper')
    await enter(at.boris, rungs[0], 'Grace Hopper') // known by now
    await hub.sandbox.idle()
    expect(persons(at, number)).toHaveLength(1)
    for (const rung of rungs) await at.acme.phone.hangsUp(rung)
  })

  // Each as the CRM does it and says it, when the person is sent.
  it.for<[string, NewApiFault, NewApiFault?]>([
    ['does it long after we gave up', { kind: 'late-effect', delayMs: 700, cutAfterMs: 100 }],
    ['takes the request and never does it', { kind: 'timeout', cutAfterMs: 100 }],
    [
      'did it, said nothing, and is over its limit when asked',
      { kind: 'late-effect', delayMs: 300, cutAfterMs: 100 },
      { kind: '429', times: 1, method: 'GET', path: '/api/v2/persons/search' },
    ],
  ])('PD-4 is one person when the CRM %s', async ([, fault, whenAsked], { hub }) => {
    const at = await place(hub)
    const number = newNumber()
    // Nothing may tell us by itself: only asking is left.
    const { webhooks } = hub.sandbox.pipedrive.company(at.acme.domain)
    const told = [...webhooks]
    webhooks.clear()
    const rung = await at.acme.phone.rings({ from: number, to: '21' })
    hub.sandbox.faults.order({ ...fault, times: 1, method: 'POST', path: '/api/v2/persons' })
    if (whenAsked) hub.sandbox.faults.order(whenAsked)
    await enter(at.boris, rung, 'Katherine Johnson')
    await known(at, rung, 'Katherine Johnson')
    await hub.sandbox.idle() // an effect that is still late would show now
    expect(persons(at, number)).toHaveLength(1)
    expect(hub.sandbox.faults.active()).toEqual([])
    for (const [id, webhook] of told) webhooks.set(id, webhook)
    await at.acme.phone.hangsUp(rung)
  })

  it('is refused for a number that is none, and says what stands in the way', async ({ hub }) => {
    const at = await place(hub)
    const withheld = await at.acme.phone.rings({ from: 'anonymous', to: '21' })
    const path = `/api/v1/calls/${withheld.id}/person`
    expect((await at.boris.client.request('POST', path, { body: { name: 'Nobody' } })).status).toBe(400)
    expect((await at.boris.client.request('POST', path, { body: { name: '  ' } })).status).toBe(400)
    await at.acme.phone.hangsUp(withheld)

    const desk = await at.acme.deskOf(at.boris)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    hub.sandbox.faults.order({ kind: 'revoked-token', times: 1, method: 'POST', path: '/api/v2/persons' })
    await enter(at.boris, rung, 'Dorothy Vaughan')
    await desk.shows(
      rung.id,
      ({ newPerson }) => newPerson?.state === 'waiting' && newPerson.why === 'refused',
    )
    await at.acme.phone.hangsUp(rung)
  })
})

describe('a call written without a person', () => {
  it('PD-4 gets the one who is entered in the CRM later, unless people linked somebody there', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21' })
    const at = { acme, boris }
    const number = newNumber()
    const calls = [
      await acme.phone.calls({ from: number, to: '21' }),
      await acme.phone.calls({ from: number, to: '21' }),
    ] as const
    for (const rung of calls) await acme.written(rung)
    const other = await acme.given.person({ name: 'Eva Malá', number: newNumber() })
    const held = hub.crm.heldFor(calls[1].played)[0]
    const activity = hub.sandbox.pipedrive.company(acme.domain).activities.get(held?.activityId ?? 0)
    if (activity) activity.participants = [{ person_id: other.id, primary: true }]

    const ada = await acme.given.person({ name: 'Ada Lovelace', number })
    await linkedTo(at, calls[0], ada.id)
    await until('the other call was looked at', async () => {
      const left = await acme.query('select 1 from call_logs where unlinked_hash is not null')
      return left.length === 0
    })
    expect(personOn(at, calls[1])).toBe(other.id)
  })
})
