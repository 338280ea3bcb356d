import { describe, expect } from 'vitest'
import type { NewDownloadFault } from '../../sandbox/faults.ts'
import type { Company, Rung } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { hourMs } from '../calls/call-record.ts'
import { readCall } from '../calls/journal.ts'
import type { CallView, ConnectionView } from '../http/shapes.ts'
import { hourOf } from '../keys/contract.ts'
import { headerOf } from '../privacy/seals.ts'
import { followEnd } from './ready.ts'

const it = itWithHub()
const recordingPath = '/api/v1/callLogs/:id/recordings'

/** A company whose calls are recorded, with what its administrator has chosen. */
async function recorded(
  hub: Hub,
  choice: Record<string, unknown> = { recordings: 'attach' },
): Promise<Company> {
  const acme = await hub.given.organization()
  await acme.given.user({ extension: '21' })
  await acme.admin.client.ok('PUT', `/api/v1/users/${acme.admin.id}/sees`, { sees: 'all' })
  hub.sandbox.optimcall.configure(acme.domain, { recording: { afterSeconds: 0 } })
  await set(acme, { baseUrl: hub.sandbox.url, ...choice })
  return acme
}

/** One for all tests that change nothing but their own call. */
let shared: Promise<Company> | undefined
function sharing(hub: Hub): Promise<Company> {
  shared ??= recorded(hub)
  return shared
}

const set = (acme: Company, settings: Record<string, unknown>) =>
  acme.admin.client.ok('PUT', `/api/v1/connections/${acme.phoneId}/settings`, settings)
/** Each call has a number of its own, by which the CRM's entries are told apart. */
let calls = 100
const call = (acme: Company): Promise<Rung> => {
  calls += 1
  return acme.phone.calls({ from: `+442079460${calls}`, to: '21' })
}
const view = (acme: Company, { id }: { id: string }) =>
  acme.admin.client.ok<CallView>('GET', `/api/v1/calls/${id}`)
const retry = (acme: Company, { id }: { id: string }) =>
  acme.admin.client.ok('POST', `/api/v1/calls/${id}/recording/retry`)

/** Asked of the database, because the API lets nobody ask that often; shown as the API shows it. */
async function shows(acme: Company, rung: { id: string }, wished: { state: string; why?: string }) {
  await until(`the recording is ${JSON.stringify(wished)}`, async () => {
    const [row] = await acme.query<{ state: string; reason: string | null }>(
      'select state, reason from recordings where id = $1',
      [rung.id],
    )
    return row?.state === wished.state && (wished.why === undefined || row.reason === wished.why)
  })
  const { recording } = await view(acme, rung)
  expect(recording).toMatchObject(wished)
  if (!recording) throw new Error('unreachable: it was just shown')
  return recording
}

/** What the CRM holds of it: at most one, and how often one was taken. */
function held(acme: Company, rung: Rung) {
  const logs = [...acme.hub.sandbox.pipedrive.company(acme.domain).callLogs.values()]
  const [log] = acme.hub.crm.heldFor(rung.played)
  const posts = acme.hub.crm.requests.filter(({ path }) =>
    path.endsWith(`/callLogs/${log?.callLogId}/recordings`),
  )
  return {
    recording: logs.find(({ id }) => id === log?.callLogId)?.recording,
    taken: posts.filter(({ status }) => status === 200).length,
    tries: posts.length,
  }
}

const theRecording = (acme: Company, rung: Rung) => {
  const [recording, ...more] = acme.hub.sandbox.optimcall.recordings(rung.vendorId)
  if (!recording || more.length > 0) throw new Error('a call has one recording')
  return recording
}

async function attachedOnce(acme: Company, rung: Rung): Promise<void> {
  await shows(acme, rung, { state: 'attached' })
  const { mp3 } = theRecording(acme, rung)
  const { recording, taken } = held(acme, rung)
  expect(recording).toEqual({ ...mp3, contentType: 'audio/mpeg', fileName: 'recording.mp3' })
  expect(taken).toBe(1)
  expect(await acme.query('select address_sealed from recordings where id = $1', [rung.id])).toEqual([
    { address_sealed: null },
  ])
}

const countOf = async (acme: Company, side: 'phone' | 'crm') => {
  await acme.hub.app.counters.flush()
  const { connections } = await acme.admin.client.ok<{ connections: ConnectionView[] }>(
    'GET',
    '/api/v1/connections',
  )
  return connections.find((connection) => connection.side === side)
}

describe('the recording of a call', () => {
  it('PD-5 is in its call log once, byte for byte, and nothing of it is left here', async ({ hub }) => {
    const acme = await sharing(hub)
    const desk = await acme.deskOf(acme.admin)
    const rung = await call(acme)

    await attachedOnce(acme, rung)

    await desk.shows(rung.id, ({ recording }) => recording?.state === 'attached')
    const { id } = theRecording(acme, rung)
    expect(await tablesWith(hub, [id, 'recording/download'])).toEqual([])
    expect(hub.log.raw.filter((line) => line.includes(id) || line.includes('recording/download'))).toEqual([])
    expect((await countOf(acme, 'crm'))?.allowance?.byFeature['recording']).toBe(10)
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-5 waits sealed while its call cannot be written, and follows it at once', async ({ hub }) => {
    const acme = await sharing(hub)
    const away = hub.sandbox.faults.order({ kind: '429', path: '/api/v1/callLogs' })
    const rung = await call(acme)

    await shows(acme, rung, { state: 'waiting', why: 'log' })
    const { id } = theRecording(acme, rung)
    expect(await tablesWith(hub, [id, 'recording/download'])).toEqual([])
    const jobs = await hub.control<{ payload: object }>(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'attach-recording'`,
    )
    expect(jobs).toContainEqual({ payload: { organizationId: acme.id, callId: rung.id } })
    const [row] = await acme.query<{ same: boolean }>(
      `select r.expires_at = c.expires_at as same from recordings r join calls c on c.id = r.id
       where r.id = $1 and r.address_sealed is not null`,
      [rung.id],
    )
    expect(row).toEqual({ same: true })
    expect(theRecording(acme, rung).asked).toBe(0)

    hub.sandbox.faults.cancel(away)
    await attachedOnce(acme, rung)
  })

  // Each is told to people as waiting; here somebody asks for another try, which would come by itself.
  it.for<[string, NewDownloadFault, string]>([
    ['is not ready yet', { kind: 'not-ready', times: 1 }, 'phone-not-ready'],
    ['breaks off in the middle', { kind: 'cut', times: 1 }, 'phone-away'],
    ['refuses the access', { kind: 'refused', times: 1 }, 'phone-refused'],
  ])('PD-5 is attached once when the phone system %s', async ([, fault, why], { hub }) => {
    const acme = await sharing(hub)
    hub.sandbox.faults.orderDownload({ ...fault, tenant: acme.domain })
    const rung = await call(acme)

    const waiting = await shows(acme, rung, { state: 'waiting', why })
    expect(Date.parse(waiting.nextAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(held(acme, rung).recording).toBeUndefined()
    await retry(acme, rung)

    await attachedOnce(acme, rung)
    expect(theRecording(acme, rung).asked).toBe(2)
  })

  it('PD-5 is attached once when the CRM takes it long after we gave up', async ({ hub }) => {
    const acme = await sharing(hub)
    const late = { kind: 'late-effect', times: 1, delayMs: 500, cutAfterMs: 100 } as const
    hub.sandbox.faults.order({ ...late, method: 'POST', path: recordingPath })
    const rung = await call(acme)

    await shows(acme, rung, { state: 'attached' })
    await hub.sandbox.idle() // an effect that is still late would show now
    const { mp3 } = theRecording(acme, rung)
    expect(held(acme, rung).recording).toMatchObject(mp3)
    expect(held(acme, rung).tries).toBe(2)
  })

  it('PD-5 is begun anew with a new token when the CRM has just let the old one expire', async ({ hub }) => {
    const acme = await sharing(hub)
    hub.sandbox.faults.order({ kind: 'expired-token', times: 1, method: 'POST', path: recordingPath })
    const rung = await call(acme)
    await shows(acme, rung, { state: 'waiting', why: 'away' })
    await retry(acme, rung)
    await attachedOnce(acme, rung)
  })

  it('PD-5 PD-11 is asked for where and with what was set, as soon as both are right', async ({ hub }) => {
    const acme = await recorded(hub, { recordings: 'attach', baseUrl: 'https://10.1.2.3' })
    hub.sandbox.optimcall.configure(acme.domain, { recordingAuth: { kind: 'bearer', token: 'opens' } })
    const rung = await call(acme)
    await shows(acme, rung, { state: 'failed', why: 'phone-undeclared' })
    expect(hub.log.of('egress-refused')).toMatchObject([{ why: 'private' }])
    expect(theRecording(acme, rung).asked).toBe(0)

    await set(acme, { baseUrl: hub.sandbox.url })
    await shows(acme, rung, { state: 'waiting', why: 'phone-refused' })

    await set(acme, { recordingAccess: { kind: 'bearer', token: 'opens' } })
    await attachedOnce(acme, rung)
  })

  it('PD-5 is neither kept nor asked for while nobody has chosen, nor where it is to stay', async ({
    hub,
  }) => {
    const acme = await recorded(hub, {})
    for (const choice of [undefined, 'leave'] as const) {
      if (choice) await set(acme, { recordings: choice })
      const rung = await call(acme)
      await acme.written(rung)
      await hub.sandbox.idle()

      expect(theRecording(acme, rung).asked).toBe(0)
      expect(await acme.query('select id from recordings')).toEqual([])
      expect(await view(acme, rung)).not.toHaveProperty('recording')
    }
  })

  it('PD-5 PD-12 that waits ends with its call when that turns out to have ended earlier', async ({
    hub,
  }) => {
    const acme = await recorded(hub, { recordings: 'attach', baseUrl: null })
    const rung = await call(acme)
    await shows(acme, rung, { state: 'waiting', why: 'phone-address-missing' })
    const organization = await acme.organization()
    const reader = await hub.app.reader(organization)
    const shown = await organization.transaction(
      (db) => readCall(db, reader, rung.id),
      'show calls to the people they are for',
    )
    if (shown?.record.retainedFrom === undefined) throw new Error('the call has ended')
    const twoHours = 2 * hourMs
    const retainedFrom = shown.record.retainedFrom - twoHours
    const expiresAt = new Date(shown.record.expiresAt.getTime() - twoHours)

    await followEnd(organization, { ...shown.record, retainedFrom, expiresAt })

    const [row] = await acme.query<{ address_sealed: Buffer; expires_at: Date }>(
      'select address_sealed, expires_at from recordings',
    )
    const sealed = row && headerOf(row.address_sealed)
    expect(sealed).toMatchObject({ class: 'call hour', number: hourOf(retainedFrom) })
    expect(row?.expires_at).toEqual(expiresAt)
    await set(acme, { baseUrl: hub.sandbox.url })
    await attachedOnce(acme, rung)
  })

  it('PD-5 that waits is forgotten when it is chosen to leave recordings where they are', async ({ hub }) => {
    const acme = await recorded(hub, { recordings: 'attach', baseUrl: null })
    const rung = await call(acme)
    await shows(acme, rung, { state: 'waiting', why: 'phone-address-missing' })

    await set(acme, { recordings: 'leave', baseUrl: hub.sandbox.url })

    expect(await shows(acme, rung, { state: 'left' })).toEqual({ state: 'left', why: 'not-chosen' })
    expect(await acme.query('select address_sealed from recordings')).toEqual([{ address_sealed: null }])
    expect(theRecording(acme, rung).asked).toBe(0)
  })

  it('PD-5 PD-11 that lies elsewhere is refused and counted, and its call is logged', async ({ hub }) => {
    const acme = await recorded(hub)
    const rung = await call(acme)
    await attachedOnce(acme, rung)
    const { endedAt: eventTime, startTime, from: callerNumber, to: calledNumber } = rung.played
    const told = {
      callType: 'externalInbound',
      startTime,
      callerNumber,
      calledNumber,
      callOutcome: 'answered',
    }
    const [other] = [`http://127.0.0.1:1/recording`]
    const end = {
      ...told,
      name: 'callRecordingReady',
      callId: 'elsewhere',
      eventTime,
      recordingUriMp3: other,
    }
    expect(await acme.hook(end)).toBe(200)

    await until('the call is logged', async () => {
      const [row] = await acme.query<{ logged: number }>(
        `select count(*)::int as logged from call_logs where state = 'written'`,
      )
      return row?.logged === 2
    })
    expect(await acme.query('select id from recordings')).toEqual([{ id: rung.id }])
    expect((await countOf(acme, 'phone'))?.counts).toMatchObject({ 'refused recordings': 1 })
  })

  it('PD-5 is attached when it is told before the end of its call, and the end is the end', async ({
    hub,
  }) => {
    const acme = await sharing(hub)
    const rung = await acme.phone.rings({ from: '+442079460600', to: '21' })
    await acme.phone.answers(rung, '21')
    hub.sandbox.faults.orderDelivery({
      kind: 'slow',
      event: 'callDisconnected',
      callId: rung.vendorId,
      delayMs: 700,
    })
    await acme.phone.hangsUp(rung)

    await attachedOnce(acme, rung)
    const shown = await view(acme, rung)
    expect(Date.parse(shown.endedAt ?? '')).toBe(Date.parse(rung.played.endedAt ?? ''))
  })

  it('PD-5 of a call that goes into no CRM is not kept', async ({ hub }) => {
    const acme = await sharing(hub)
    await acme.given.user({ extension: '22' })
    const rung = await acme.phone.dials({ from: '21', to: '22' })
    await acme.phone.answers(rung, '22')
    await acme.phone.hangsUp(rung)
    const told = { callType: 'internal', callerNumber: '21', calledNumber: '22', callOutcome: 'answered' }
    const eventTime = new Date().toISOString()
    const recordingUriMp3 = '/recording/download?id=0123456789abcdef01234567&type=mp3'
    const ready = { ...told, name: 'callRecordingReady', callId: rung.vendorId, eventTime, recordingUriMp3 }
    await until('the call is left out', async () => (await acme.logOf(rung))?.state === 'left-out')
    expect(await acme.hook(ready)).toBe(200)

    await shows(acme, rung, { state: 'left', why: 'not-logged' })
    const kept = 'select address_sealed from recordings where id = $1'
    expect(await acme.query(kept, [rung.id])).toEqual([{ address_sealed: null }])
  })

  it('PD-5 PD-12 told a week after its call is not kept any more', async ({ hub }) => {
    const acme = await recorded(hub, { recordings: 'attach', baseUrl: null })
    const rung = await call(acme)
    await shows(acme, rung, { state: 'waiting' })
    await hub.moveClock('8 days')

    const organization = await acme.organization()
    expect(
      await organization.transaction(
        (db) => db.rows('select id from recordings'),
        'attach the recording in the CRM',
      ),
    ).toEqual([])
    const { startTime, endedAt: eventTime, from: callerNumber } = rung.played
    const recordingUriMp3 = '/recording/download?id=0123456789abcdef01234567&type=mp3'
    const ready = { name: 'callRecordingReady', callId: rung.vendorId, callType: 'externalInbound' }
    expect(await acme.hook({ ...ready, startTime, eventTime, callerNumber, recordingUriMp3 })).toBe(200)
    expect(
      await organization.transaction(
        (db) => db.rows('select id from recordings'),
        'attach the recording in the CRM',
      ),
    ).toEqual([])
    expect(
      (await acme.query('select id from recordings where address_sealed is not null')).length,
    ).toBeLessThan(2)
  })
})
