import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PortalCompany, portalEnv } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import { endSilentCalls } from '../calls/watchdog.ts'
import type { JournalPage } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { queueCards } from './lost-cards.ts'

const it = itWithHub({ env: portalEnv, start: { requestedMs: 3_000 } })
const ada = '+442079460123'

let companies = 0
const found = (hub: Hub, wish: Parameters<typeof PortalCompany.found>[2] = {}) => {
  companies += 1
  return PortalCompany.found(hub, `portal-${companies}`, wish)
}

describe('a call in a CRM that opens cards', () => {
  it('BX-1 BX-2 opens the card of everybody whom it rings, keeps it where it is answered, and is one record', async ({
    hub,
  }) => {
    const acme = await found(hub)
    const boris = await acme.given.user('22')

    const call = await acme.phone.rings({ from: ada, to: ['21', '22'] })
    await acme.shows([acme.admin.vendorId, boris.vendorId])
    await acme.phone.answers(call, '22')
    await acme.shows([boris.vendorId])
    await acme.phone.hangsUp(call)
    await acme.shows([])
    await acme.written(call)

    expect(acme.records()).toMatchObject([{ callIds: [expect.any(String)], open: 0, finished: 1 }])
    expect(acme.statistics()).toMatchObject([
      { phone: ada, userId: boris.vendorId, statusCode: '200', type: 2 },
    ])
  })

  it('BX-2 goes with a transfer to whoever has the call now', async ({ hub }) => {
    const acme = await found(hub)
    const boris = await acme.given.user('22')
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.phone.answers(call, '21')
    await acme.shows([acme.admin.vendorId])

    hub.sandbox.clock.advance(5) // its events tell whole seconds
    hub.sandbox.optimcall.transfer(call.id, '22')
    await hub.sandbox.idle()
    await acme.shows([boris.vendorId])
    await acme.phone.answers(call, '22')
    await acme.phone.hangsUp(call)
    await acme.written(call)

    expect(acme.records()).toMatchObject([{ open: 0, finished: 1 }])
    expect(acme.statistics()).toMatchObject([{ userId: boris.vendorId }])
  })

  it('BX-2 is one record for a missed and for an outgoing call too, and none for colleagues who talk', async ({
    hub,
  }) => {
    const acme = await found(hub)
    await acme.given.user('22')
    const missed = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.phone.hangsUp(missed)
    await acme.written(missed)
    const out = await acme.phone.dials({ from: '21', to: '+442079460124' })
    await acme.shows([acme.admin.vendorId])
    await acme.phone.answers(out, '+442079460124')
    await acme.phone.hangsUp(out)
    await acme.written(out)
    const inner = await acme.phone.dials({ from: '21', to: '22' })
    await acme.phone.answers(inner, '22')
    await acme.phone.hangsUp(inner)
    await hub.sandbox.idle()

    expect(acme.statistics()).toMatchObject([
      { phone: ada, type: 2, statusCode: '304' },
      { phone: '+442079460124', type: 1, statusCode: '200' },
    ])
    expect(acme.records().every(({ open, finished }) => open === 0 && finished === 1)).toBe(true)
    expect(acme.shownTo()).toEqual([])
  })

  it.for([
    ['was lost', { kind: 'lost-answer' }],
    ['came too late', { kind: 'late-effect', delayMs: 300, cutAfterMs: 100 }],
  ] as const)(
    'BX-2 is begun again with the same words when the answer %s, and is still one record',
    async ([, fault], { hub }) => {
      const acme = await found(hub)
      hub.sandbox.bitrix24.faults.order({
        ...fault,
        method: 'telephony.externalCall.register',
        portal: acme.name,
        times: 1,
      })
      const call = await acme.phone.rings({ from: ada, to: ['21'] })
      await acme.shows([acme.admin.vendorId])
      await acme.phone.hangsUp(call)
      await acme.written(call)
      expect(acme.records()).toMatchObject([{ callIds: [expect.any(String)], open: 0, finished: 1 }])
    },
  )

  it('BX-2 is one record, with its own times, when the portal was away all along', async ({ hub }) => {
    const acme = await found(hub)
    const away = hub.sandbox.bitrix24.faults.order({ kind: '503', portal: acme.name })
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.phone.answers(call, '21')
    hub.sandbox.clock.advance(30)
    await acme.phone.hangsUp(call)
    await until('it waits', async () => {
      const [row] = await acme.query<{ state: string }>('select state from call_logs')
      return row?.state === 'waiting'
    })
    hub.sandbox.bitrix24.faults.cancel(away)
    await acme.admin.client.ok('POST', `/api/v1/calls/${await acme.callId(call)}/retry`)
    await acme.written(call)
    expect(acme.records()).toMatchObject([{ open: 0, finished: 1 }])
    expect(acme.statistics()).toMatchObject([{ durationSeconds: 30, userId: acme.admin.vendorId }])
    expect(acme.shownTo()).toEqual([])
  })

  it('BX-2 has its card closed and its record made when no hang-up ever came', async ({ hub }) => {
    const acme = await found(hub)
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.shows([acme.admin.vendorId])
    await acme.query(`update calls set last_event_at = last_event_at - interval '11 minutes'`)
    await endSilentCalls(hub.app.ingest, await acme.organization(), hub.app.clock.ms())
    await acme.shows([])
    await acme.written(call)
    expect(acme.records()).toMatchObject([{ open: 0, finished: 1 }])
  })

  it('BX-2 is found by the watchdog when the word that its card is due was lost', async ({ hub }) => {
    const acme = await found(hub)
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.shows([acme.admin.vendorId])
    await acme.query('update live_calls set seen_version = 0')
    const { app } = hub
    const parts = { ...app, directoryOf: (of: Organization) => app.directories.of(of) }
    expect(await queueCards(parts, await acme.organization())).toBe(1)
    await until('it was looked at', async () => {
      const [row] = await acme.query<{ seen: boolean }>(
        'select l.seen_version = c.version as seen from live_calls l join calls c on c.id = l.call_id',
      )
      return row?.seen
    })
    await acme.phone.hangsUp(call)
    await acme.written(call)
  })

  it('BX-5 keeps nothing of a call outside seals that die with it', async ({ hub }) => {
    const acme = await found(hub)
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.shows([acme.admin.vendorId])
    await acme.phone.hangsUp(call)
    await acme.written(call)
    const [row] = await acme.query<{ same: boolean; external_id: string | null }>(
      `select l.expires_at = c.expires_at as same, g.external_id from live_calls l join calls c on c.id = l.call_id
       join call_logs g on g.call_id = c.id`,
    )
    expect(row).toEqual({ same: true, external_id: null })
  })
})

describe('a number clicked inside the CRM', () => {
  it('BX-4 rings the telephone of whoever clicked, and its call takes the place the CRM has opened', async ({
    hub,
  }) => {
    const acme = await found(hub)
    const { bitrix24, optimcall } = hub.sandbox
    bitrix24.setOutgoing({ portal: acme.name, clientId: 'local.5f2ce5b0a1b2c3.12345678' })
    bitrix24.faults.orderDelivery({ kind: 'duplicate', portal: acme.name, times: 1 })
    const { callId } = bitrix24.clickToCall({ portal: acme.name, userId: 1, number: ada })

    const call = await until('the telephone rings', () =>
      optimcall.liveCalls().find(({ tenant }) => tenant === acme.name),
    )
    expect(call).toMatchObject({ from: '21', to: ada })
    await hub.sandbox.idle()
    expect(optimcall.liveCalls().filter(({ tenant }) => tenant === acme.name)).toHaveLength(1) // told twice, rings once
    await acme.phone.answers(call, '21')
    await acme.phone.answers(call, ada)
    await acme.phone.hangsUp(call)
    await acme.written(call)

    expect(acme.records()).toEqual([
      expect.objectContaining({ externalCallId: callId, open: 0, finished: 1 }),
    ])
    expect(acme.statistics()).toMatchObject([{ callId, phone: ada, statusCode: '200', userId: 1 }])
    expect(acme.shownTo()).toEqual([])
  })

  it.for([
    ['is refused', '112'],
    ['comes to nothing', ada],
  ] as const)(
    'BX-4 is told as not connected, and its card closes, when dialling %s',
    async ([, number], { hub }) => {
      const acme = await found(hub)
      hub.sandbox.bitrix24.setOutgoing({ portal: acme.name, clientId: 'local.5f2ce5b0a1b2c3.12345678' })
      if (number === ada) hub.sandbox.faults.orderCommand({ kind: '500', tenant: acme.name, times: 1 })
      const { callId } = hub.sandbox.bitrix24.clickToCall({ portal: acme.name, userId: 1, number })
      await until('the call is closed', () => acme.statistics().length > 0)
      expect(acme.statistics()).toMatchObject([{ callId, statusCode: '480', durationSeconds: 0 }])
      expect(acme.shownTo()).toEqual([])
    },
  )
})

describe('the name of a caller whom the CRM is asked for', () => {
  it('BX-11 comes onto the card a moment later, and is nowhere kept', async ({ hub }) => {
    const acme = await found(hub, { contacts: [{ name: 'Ada Lovelace', phones: [ada] }] })
    const desk = await acme.deskOf(acme.admin)
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    const id = await acme.callId(call)

    const card = await desk.shows(id, ({ matches }) => matches.length > 0)
    expect(card.matches).toMatchObject([{ name: 'Ada Lovelace', hidden: false, why: 'exact' }])
    expect(card.matches[0]?.url).toContain('/crm/contact/details/')

    await acme.phone.hangsUp(call)
    await acme.written(call)
    expect(await tablesWith(hub, ['Lovelace'])).toEqual([])
    expect(hub.log.raw.filter((logged) => /Lovelace|7946/.test(logged))).toEqual([])
    const [mirror] = await acme.query('select 1 from persons')
    expect(mirror).toBeUndefined()
  })

  it('BX-11 is not asked for where the call is over, until somebody opens it', async ({ hub }) => {
    const acme = await found(hub, { contacts: [{ name: 'Ada Lovelace', phones: [ada] }] })
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.phone.hangsUp(call)
    await acme.written(call)
    const journal = await acme.admin.client.ok<JournalPage>('GET', '/api/v1/calls')
    expect(journal.calls).toMatchObject([{ matches: [] }])
    await until('the opened call has its name', async () => (await acme.view(call)).matches.length > 0)
  })
})
