import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RawRequest } from '../../phones/contract.ts'
import { failureFrom } from '../pipedrive/stand-in.ts'
import type { StandIn, TestSession } from './stand-in.ts'
import { app, boris, connectStandIn, installed, opened } from './stand-in.ts'

let on: StandIn
let session: TestSession
beforeEach(async () => {
  on = await connectStandIn()
  session = await installed(on)
})
afterEach(() => on.close())

const eventUrl = () => `${on.url}/event`
const setUp = (lines: { number: string; name: string }[] = []) =>
  on.crm.portal.setUp(session, { eventUrl: eventUrl(), lines })
const told = async (): Promise<RawRequest[]> => {
  await on.sandbox.idle()
  return on.arrived.filter(({ path }) => path === '/event').map(({ request }) => request)
}
const soon = async (work: () => unknown) => work()
const applicationToken = () => on.bitrix24.portal('acme').install(app.clientId).applicationToken
const changes = () =>
  on.sandbox.ledger.requests.filter(({ path }) => /bind|externalLine\.(add|update)/i.test(path)).length

describe('setting up a portal', () => {
  it('BX-1 makes events and lines, and done again it changes nothing', async () => {
    const lines = [
      { number: '+420222333444', name: 'Prague' },
      { number: '+4930123450', name: 'Berlin' },
    ]
    await setUp(lines)
    const { handlers, lines: made } = on.bitrix24.portal('acme')
    expect(handlers.map(({ event, handler }) => [event, handler])).toEqual(
      ['ONAPPUNINSTALL', 'ONAPPUPDATE', 'ONEXTERNALCALLSTART'].map((event) => [event, eventUrl()]),
    )
    expect(made).toMatchObject(lines.map((line) => ({ ...line, crmAutoCreate: false })))
    const before = changes()
    await setUp(lines)
    expect(changes()).toBe(before)
  })

  it('goes on where it was interrupted, and takes a lost answer for what it is', async () => {
    const lines = [{ number: '+420222333444', name: 'Prague' }]
    for (const method of ['event.bind', 'telephony.externalLine.add']) {
      on.bitrix24.faults.order({ kind: 'lost-answer', method, times: 1 })
      expect(await failureFrom(setUp(lines))).toMatchObject({ code: 'provider-unavailable' })
    }
    await setUp(lines)
    expect(on.bitrix24.portal('acme').handlers.length).toBe(3)
    expect(on.bitrix24.portal('acme').lines.length).toBe(1)
  })

  it('names a line anew, and takes our events away from an address that was ours', async () => {
    await on.crm.portal.setUp(session, {
      eventUrl: `${on.url}/before`,
      lines: [{ number: '1', name: 'Old' }],
    })
    await setUp([{ number: '1', name: 'New' }])
    expect(new Set(on.bitrix24.portal('acme').handlers.map(({ handler }) => handler))).toEqual(
      new Set([eventUrl()]),
    )
    expect(on.bitrix24.portal('acme').lines).toMatchObject([{ number: '1', name: 'New' }])
  })
})

describe('what a portal tells', () => {
  async function clicked(): Promise<{ request: RawRequest; callId: string }> {
    await setUp()
    on.bitrix24.setOutgoing({ portal: 'acme', clientId: app.clientId })
    const { callId } = on.bitrix24.clickToCall({ portal: 'acme', userId: 2, number: '0222 333 444' })
    const [request] = await told()
    if (!request) throw new Error('nothing was told')
    return { request, callId }
  }

  it('BX-4 is who wants to call whom, and under which id', async () => {
    const { request, callId } = await clicked()
    expect(on.crm.portal.companyOf(request)).toBe(on.bitrix24.portal('acme').memberId)
    expect(on.crm.portal.receive(request, applicationToken())).toEqual([
      {
        kind: 'call-requested',
        userRef: boris,
        number: '+49222333444',
        ref: callId,
        eventId: expect.stringContaining(callId),
      },
    ])
  })

  it('BX-7 is that the app was removed', async () => {
    await setUp()
    const token = applicationToken()
    on.bitrix24.uninstall({ portal: 'acme', clientId: app.clientId })
    const [request] = await told()
    if (!request) throw new Error('nothing was told')
    expect(on.crm.portal.receive(request, token)).toMatchObject([{ kind: 'app-removed' }])
  })

  it('is believed with the application token alone', async () => {
    const { request } = await clicked()
    for (const kept of ['', 'wrong', applicationToken().slice(1), `${applicationToken()}0`])
      expect(await failureFrom(soon(() => on.crm.portal.receive(request, kept)))).toEqual({
        code: 'unauthorized',
      })
    const form = new URLSearchParams(request.body.toString())
    form.delete('auth[application_token]')
    const without = { ...request, body: Buffer.from(form.toString()) }
    for (const kept of ['', applicationToken()])
      expect(await failureFrom(soon(() => on.crm.portal.receive(without, kept)))).toEqual({
        code: 'unauthorized',
      })
  })

  it('is nothing where we have no use for it, and no error', async () => {
    const { memberId } = on.bitrix24.portal('acme')
    const event = (fields: Record<string, string>): RawRequest => ({
      method: 'POST',
      headers: {},
      body: Buffer.from(
        new URLSearchParams({
          ...fields,
          'auth[member_id]': memberId,
          'auth[application_token]': 'token',
        }).toString(),
      ),
    })
    for (const fields of [{ event: 'ONUSERADD' }, { event: 'ONEXTERNALCALLSTART', 'data[CALL_ID]': 'x' }])
      expect(on.crm.portal.receive(event(fields), 'token')).toEqual([])
  })

  it.each(['', 'x', '{}', 'event=ONAPPUNINSTALL', 'auth[member_id]=1', 'event[x]=1&auth=2'])(
    'cannot be read: %j',
    async (body) => {
      const request = { method: 'POST', headers: {}, body: Buffer.from(body) }
      expect(await failureFrom(soon(() => on.crm.portal.receive(request, 'token')))).toMatchObject({
        code: 'invalid-input',
      })
      if (!body.includes('member_id'))
        expect(await failureFrom(soon(() => on.crm.portal.companyOf(request)))).toMatchObject({
          code: 'invalid-input',
        })
    },
  )

  it('says of which company it is, and so does a page', async () => {
    const { request } = await on.open(boris)
    expect(on.crm.portal.companyOf(request)).toBe(on.bitrix24.portal('acme').memberId)
  })
})

describe('people', () => {
  it('BX-1 come with their extensions, to the last, the dismissed among them', async () => {
    for (let n = 3; n <= 60; n += 1)
      on.bitrix24.people.addUser('acme', { name: `User ${n}`, email: `user${n}@acme.example` })
    on.bitrix24.people.dismissUser('acme', 2)
    const users = await on.crm.users(session)
    expect(users.length).toBe(60)
    expect(users.slice(0, 3)).toEqual([
      {
        externalId: '1',
        name: 'Anna Nováková',
        email: 'anna@acme.example',
        active: true,
        administrator: undefined,
        extension: '21',
      },
      {
        externalId: '2',
        name: 'Boris Král',
        email: 'boris@acme.example',
        active: false,
        administrator: undefined,
        extension: '22',
      },
      {
        externalId: '3',
        name: 'User 3',
        email: 'user3@acme.example',
        active: true,
        administrator: undefined,
      },
    ])
  })

  it('BX-11 who call are asked for: persons first, then companies and leads', async () => {
    const number = '+442079460123'
    const { people } = on.bitrix24
    people.add('acme', 'LEAD', { name: 'A lead', phones: [number] })
    people.add('acme', 'COMPANY', { name: 'Analytical Engines', phones: ['+44 20 7946 0123'] })
    people.add('acme', 'CONTACT', { name: 'Ada Lovelace', phones: [number], assignedTo: 2 })
    const base = on.bitrix24.portalUrl('acme')
    expect(await on.crm.identify(session, number)).toEqual([
      {
        externalId: '1',
        kind: 'person',
        name: 'Ada Lovelace',
        ownerExternalId: '2',
        url: `${base}/crm/contact/details/1/`,
      },
      {
        externalId: 'company-1',
        kind: 'company',
        name: 'Analytical Engines',
        ownerExternalId: '1',
        url: `${base}/crm/company/details/1/`,
      },
      {
        externalId: 'lead-1',
        kind: 'lead',
        name: 'A lead',
        ownerExternalId: '1',
        url: `${base}/crm/lead/details/1/`,
      },
    ])
    expect(await on.crm.identify(session, '+12025550143')).toEqual([])
  })

  it('are entered by a user for a colleague, and found by their number', async () => {
    const own = await opened(on, boris)
    expect(await on.crm.persons.find(own, '+442079460123')).toBe(undefined)
    const ada = await on.crm.persons.create(own, {
      name: 'Ada Lovelace',
      number: '+442079460123',
      ownerExternalId: '1',
    })
    expect(await on.crm.persons.find(own, '+442079460123')).toMatchObject({
      externalId: ada.externalId,
      name: 'Ada Lovelace',
      numbers: ['+442079460123'],
      ownerExternalId: '1',
    })
    on.bitrix24.faults.order({ kind: 'lost-answer', method: 'crm.contact.add', times: 1 })
    const grace = { name: 'Grace Hopper', number: '+12025550143', ownerExternalId: boris }
    expect(await failureFrom(on.crm.persons.create(own, grace))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    expect((await on.crm.persons.find(own, grace.number))?.name).toBe('Grace Hopper')
  })
})
