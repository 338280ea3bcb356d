import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { PortalCompany, portalApp, portalEnv } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import { endSilentCalls } from '../calls/watchdog.ts'
import type { JournalPage } from '../http/shapes.ts'
import type { Organization } from '../organizations/organization.ts'
import { untold } from '../privacy/told.fixture.ts'
import { lockCall } from './call-log-rows.ts'
import { storeLive } from './live-rows.ts'
import { queueCards } from './lost-cards.ts'

const it = itWithHub({ env: portalEnv, start: { requestedMs: 3_000 } })
const ada = '+442079460123'

/** One for all: each call has a number of its own, by which the portal's records are told apart. */
let shared: ReturnType<typeof found> | undefined
const sharing = (hub: Hub) => {
  shared ??= found(hub)
  return shared
}
async function found(hub: Hub) {
  const acme = await PortalCompany.found(hub, 'acme', { contacts: [{ name: 'Ada Lovelace', phones: [ada] }] })
  const boris = await acme.given.user('22')
  hub.sandbox.bitrix24.setOutgoing({ portal: 'acme', clientId: portalApp.clientId })
  return { acme, anna: acme.admin, boris }
}
let numbers = 200
const somebody = (): string => {
  numbers += 1
  return `+442079460${numbers}`
}
const oneRecord = { records: [{ callIds: [expect.any(String)], open: 0, finished: 1 }] }

describe('a call in a CRM that opens cards', () => {
  it('BX-1 BX-2 opens the card of everybody whom it rings, keeps it where it is answered, and is one record', async ({
    hub,
  }) => {
    const { acme, anna, boris } = await sharing(hub)
    const call = await acme.phone.rings({ from: somebody(), to: ['21', '22'] })
    await acme.shows([anna.vendorId, boris.vendorId])
    await acme.phone.answers(call, '22')
    await acme.shows([boris.vendorId])
    await acme.phone.hangsUp(call)
    await acme.shows([])
    await acme.written(call)
    expect(await acme.recordOf(call)).toMatchObject({
      ...oneRecord,
      rows: [{ userId: boris.vendorId, statusCode: '200', type: 2 }],
    })
  })

  it('BX-2 goes with a transfer to whoever has the call now', async ({ hub }) => {
    const { acme, anna, boris } = await sharing(hub)
    const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.phone.answers(call, '21')
    await acme.shows([anna.vendorId])
    hub.sandbox.clock.advance(5) // its events tell whole seconds
    hub.sandbox.optimcall.transfer(call.id, '22')
    await hub.sandbox.idle()
    await acme.shows([boris.vendorId])
    await acme.phone.answers(call, '22')
    await acme.phone.hangsUp(call)
    await acme.written(call)
    expect(await acme.recordOf(call)).toMatchObject({ ...oneRecord, rows: [{ userId: boris.vendorId }] })
  })

  it('BX-2 is one record for a missed and for an outgoing call too, and none for colleagues who talk', async ({
    hub,
  }) => {
    const { acme, anna } = await sharing(hub)
    const missed = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.phone.hangsUp(missed)
    await acme.written(missed)
    expect(await acme.recordOf(missed)).toMatchObject({
      ...oneRecord,
      rows: [{ type: 2, statusCode: '304' }],
    })

    const number = somebody()
    const out = await acme.phone.dials({ from: '21', to: number })
    await acme.shows([anna.vendorId])
    await acme.phone.answers(out, number)
    await acme.phone.hangsUp(out)
    await acme.written(out)
    expect(await acme.recordOf(out)).toMatchObject({ ...oneRecord, rows: [{ type: 1, statusCode: '200' }] })

    const before = acme.records().length
    const inner = await acme.phone.dials({ from: '21', to: '22' })
    await acme.phone.answers(inner, '22')
    await acme.phone.hangsUp(inner)
    await until('it is left out', async () => (await acme.view(inner)).log.state === 'left-out')
    expect([acme.records().length, acme.shownTo()]).toEqual([before, []])
  })

  it.for([
    ['was lost', { kind: 'lost-answer' }],
    ['came too late', { kind: 'late-effect', delayMs: 300, cutAfterMs: 100 }],
  ] as const)(
    'BX-2 is begun again with the same words when the answer %s, and is still one record',
    async ([, fault], { hub }) => {
      const { acme, anna } = await sharing(hub)
      const method = 'telephony.externalCall.register'
      hub.sandbox.bitrix24.faults.order({ ...fault, method, portal: acme.name, times: 1 })
      const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
      await acme.shows([anna.vendorId])
      await acme.phone.hangsUp(call)
      await acme.written(call)
      expect(await acme.recordOf(call)).toMatchObject({ ...oneRecord, rows: [{}] })
    },
  )

  it('BX-2 is one record, with its own times, when the portal was away all along', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    const away = hub.sandbox.bitrix24.faults.order({ kind: '503', portal: acme.name })
    const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.phone.answers(call, '21')
    hub.sandbox.clock.advance(30)
    await acme.phone.hangsUp(call)
    await until('it waits', async () => (await acme.view(call)).log.state === 'waiting')
    hub.sandbox.bitrix24.faults.cancel(away)
    await acme.admin.client.ok('POST', `/api/v1/calls/${await acme.callId(call)}/retry`)
    await acme.written(call)
    expect(await acme.recordOf(call)).toMatchObject({
      ...oneRecord,
      rows: [{ durationSeconds: 30, userId: anna.vendorId }],
    })
    expect(acme.shownTo()).toEqual([])
  })

  it('BX-2 is settled while its card is tended at the same time, without either holding up the other', async ({
    hub,
  }) => {
    const { acme } = await sharing(hub)
    const method = 'telephony.externalCall.finish'
    const slow = hub.sandbox.bitrix24.faults.order({
      kind: 'slow',
      delayMs: 1_500,
      method,
      portal: acme.name,
    })
    const from = somebody()
    const call = await acme.phone.rings({ from, to: ['29'] }) // nobody's telephone: no card was opened
    await acme.phone.hangsUp(call)
    const id = await acme.callId(call)
    await until('it is being sent', async () => {
      const sent = await acme.query(`select 1 from call_logs where call_id = $1 and state = 'sending'`, [id])
      return sent.length > 0
    })
    hub.sandbox.bitrix24.faults.cancel(slow)

    const organization = await acme.organization()
    const connectionId = acme.crmId
    await organization.transaction(async (db) => {
      const record = await lockCall(hub.app.clock, organization, db, id)
      if (!record) throw new Error('there is no call')
      await until('whoever has written it waits for the call', async () => {
        const waiting = await acme.query(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return waiting.length > 0
      })
      const row = { connectionId, state: 'not-shown' as const, cards: {}, begunBy: undefined }
      await storeLive(organization, db, record, row)
    }, 'log the call in the CRM')
    await acme.written(call)
    expect(acme.statistics().filter(({ phone }) => phone === from)).toHaveLength(1)
  })

  it('BX-2 has its card closed and its record made when no hang-up ever came', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.shows([anna.vendorId])
    await acme.query(`update calls set last_event_at = last_event_at - interval '11 minutes' where id = $1`, [
      await acme.callId(call),
    ])
    await endSilentCalls(hub.app.ingest, await acme.organization(), hub.app.clock.ms())
    await acme.shows([])
    await acme.written(call)
    expect(await acme.recordOf(call)).toMatchObject({ ...oneRecord, rows: [{}] })
    await acme.phone.hangsUp(call)
  })

  it('BX-2 is found by the watchdog when the word that its card is due was lost', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.shows([anna.vendorId])
    const id = await acme.callId(call)
    await acme.query('update live_calls set seen_version = 0 where call_id = $1', [id])
    const { app } = hub
    const parts = { ...app, directoryOf: (of: Organization) => app.directories.of(of) }
    expect(await queueCards(parts, await acme.organization())).toBeGreaterThan(0)
    await until('it was looked at', async () => {
      const [row] = await acme.query<{ seen: boolean }>(
        'select l.seen_version = c.version as seen from live_calls l join calls c on c.id = l.call_id where c.id = $1',
        [id],
      )
      return row?.seen
    })
    await acme.phone.hangsUp(call)
  })

  it('BX-5 keeps nothing of a call outside seals that die with it', async ({ hub }) => {
    const { acme } = await sharing(hub)
    const call = await acme.phone.rings({ from: somebody(), to: ['21'] })
    await acme.phone.hangsUp(call)
    await acme.written(call)
    const [row] = await acme.query<{ same: boolean; external_id: string | null }>(
      `select l.expires_at = c.expires_at as same, g.external_id from live_calls l join calls c on c.id = l.call_id
       join call_logs g on g.call_id = c.id where c.id = $1`,
      [await acme.callId(call)],
    )
    expect(row).toEqual({ same: true, external_id: null })
  })
})

describe('a number clicked inside the CRM', () => {
  it('BX-4 rings the telephone of whoever clicked once, and its call takes the place the CRM has opened', async ({
    hub,
  }) => {
    const { acme } = await sharing(hub)
    const { bitrix24, optimcall } = hub.sandbox
    const number = somebody()
    const going = () => optimcall.liveCalls().filter(({ to }) => to === number)
    bitrix24.faults.orderDelivery({ kind: 'duplicate', portal: acme.name, times: 1 })
    const { callId } = bitrix24.clickToCall({ portal: acme.name, userId: 1, number })

    const call = await until('the telephone rings', () => going()[0])
    expect(call).toMatchObject({ from: '21', to: number })
    await hub.sandbox.idle()
    expect(going()).toHaveLength(1) // told twice, rings once
    await acme.phone.answers(call, '21')
    await acme.phone.answers(call, number)
    await acme.phone.hangsUp(call)
    await acme.written(call)

    const { records, rows } = await acme.recordOf(call)
    expect(records).toEqual([]) // it was never begun as a call of ours
    expect(rows).toMatchObject([{ callId, statusCode: '200', userId: 1 }])
    expect(acme.shownTo()).toEqual([])
  })

  it.for(['is refused', 'comes to nothing', 'is not picked up by whoever clicked'] as const)(
    'BX-4 is told as not connected, and its card closes, when dialling %s',
    async (why, { hub }) => {
      const { acme } = await sharing(hub)
      const { bitrix24, optimcall } = hub.sandbox
      const number = why === 'is refused' ? '112' : somebody()
      if (why === 'comes to nothing')
        hub.sandbox.faults.orderCommand({ kind: '500', tenant: acme.name, times: 1 })
      const { callId } = bitrix24.clickToCall({ portal: acme.name, userId: 1, number })
      if (why === 'is not picked up by whoever clicked') {
        const call = await until('the telephone rings', () =>
          optimcall.liveCalls().find(({ to }) => to === number),
        )
        optimcall.reject(call.id, '21')
      }
      const rowOf = () => acme.statistics().filter((row) => row.callId === callId)
      await until('the call is closed', () => rowOf().length > 0)
      expect(rowOf()).toMatchObject([{ statusCode: '480', durationSeconds: 0 }])
      expect(acme.shownTo()).toEqual([])
    },
  )
})

describe('the name of a caller whom the CRM is asked for', () => {
  it('BX-11 comes onto the card a moment later, and is nowhere kept', async ({ hub }) => {
    const { acme, anna } = await sharing(hub)
    const desk = await acme.deskOf(anna)
    const call = await acme.phone.rings({ from: ada, to: ['21'] })
    const card = await desk.shows(await acme.callId(call), ({ matches }) => matches.length > 0)
    expect(card.matches).toMatchObject([{ name: 'Ada Lovelace', hidden: false, why: 'exact' }])
    expect(card.matches[0]?.url).toContain('/crm/contact/details/')

    await acme.phone.hangsUp(call)
    await acme.written(call)
    expect(await tablesWith(hub, ['Lovelace'])).toEqual([])
    expect(hub.log.raw.filter((logged) => /Lovelace|7946/.test(logged))).toEqual([])
    expect(await acme.query('select 1 from persons')).toEqual([])
    await desk.close()
  })

  it('PD-10 BX-11 leaves nothing behind that the notice of this app does not tell of', async ({ hub }) => {
    const { acme } = await sharing(hub)
    const missed = await acme.phone.rings({ from: ada, to: ['21'] })
    await acme.phone.hangsUp(missed)
    await acme.written(missed)
    expect(await untold(hub, acme, 'optimcall-bitrix24')).toEqual([])
  })

  it('BX-11 is not asked for where the call is over, until somebody opens it', async ({ hub }) => {
    const { acme, boris } = await sharing(hub)
    const call = await acme.phone.rings({ from: ada, to: ['22'] })
    await acme.phone.hangsUp(call)
    await acme.written(call)
    const { calls } = await boris.client.ok<JournalPage>('GET', '/api/v1/calls')
    expect(calls.filter(({ remote }) => remote.e164 === ada)).toMatchObject([{ matches: [] }])
    await until('the opened call has its name', async () => (await acme.view(call, boris)).matches.length > 0)
  })
})
