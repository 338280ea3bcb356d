import { describe, expect } from 'vitest'
import type { NewApiFault } from '../../sandbox/faults.ts'
import type { Colleague, Company, Rung } from '../../testing/company.ts'
import { tablesWith } from '../../testing/everything.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CallView, NoteConflict } from '../http/shapes.ts'

const it = itWithHub()
const activityPath = '/api/v2/activities/:id'

interface Place {
  acme: Company
  boris: Colleague
}
let shared: Promise<Place> | undefined
/** One company for all tests: each has calls of its own number. */
function place(hub: Hub): Promise<Place> {
  shared ??= (async () => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21', name: 'Boris Král' })
    return { acme, boris }
  })()
  return shared
}

let numbers = 300
const newNumber = () => {
  numbers += 1
  return `+442079460${numbers}`
}

const view = ({ boris }: Place, { id }: Rung) => boris.client.ok<CallView>('GET', `/api/v1/calls/${id}`)
async function write(at: Place, rung: Rung, note: string, result?: string): Promise<CallView> {
  const { note: known } = await view(at, rung)
  const body = { note, version: known?.version ?? 0, ...(result === undefined ? {} : { result }) }
  return at.boris.client.ok<CallView>('PUT', `/api/v1/calls/${rung.id}/note`, body)
}
const activityOf = ({ acme }: Place, rung: Rung) => {
  const [held] = acme.hub.crm.heldFor(rung.played)
  const activity = acme.hub.sandbox.pipedrive.company(acme.domain).activities.get(held?.activityId ?? 0)
  if (!activity) throw new Error('the call is not in the CRM')
  return activity
}
/** Asked of the database, because the API lets nobody ask that often. */
const there = ({ acme }: Place, { id }: Rung) =>
  until('the note is in the CRM', async () => {
    const [row] = await acme.query<{ there: boolean }>(
      `select crm_version = version and state = 'idle' as there from call_notes where id = $1`,
      [id],
    )
    return row?.there
  })
const times = (text: string, word: string) => text.split(word).length - 1

describe('a note', () => {
  it('PD-4 typed during the call goes into the entry with it, and its result says how it came out', async ({
    hub,
  }) => {
    const at = await place(hub)
    const desk = await at.acme.deskOf(at.boris)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    await at.acme.phone.answers(rung, '21')
    const saved = await write(at, rung, 'Wants the blue one\n\nby <Monday>', 'left-message')
    expect(saved.note).toMatchObject({ version: 1, crm: { state: 'with-the-call' } })
    await desk.shows(rung.id, ({ note }) => note?.text.startsWith('Wants') === true)
    expect(await tablesWith(hub, ['Wants the blue one'])).toEqual([])

    await at.acme.phone.hangsUp(rung)
    const held = await at.acme.written(rung)
    expect(held.note).toContain(
      'Result: Left a message<br>Wants the blue one<br><br>by &lt;Monday&gt;<br>Ref.',
    )
    expect(held.outcome).toBe('left_message')
    const shown = await desk.shows(rung.id, ({ note }) => note?.crm.state === 'there')
    expect(shown.note?.result).toEqual({ id: 'left-message', label: 'Left a message' })
    expect(hub.crm.requests.filter(({ method }) => method === 'PATCH')).toEqual([])
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-4 is there once when the entry itself was written long after we gave up', async ({ hub }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    await write(at, rung, 'only once')
    const late = { kind: 'late-effect', times: 1, delayMs: 700, cutAfterMs: 100 } as const
    hub.sandbox.faults.order({ ...late, method: 'POST', path: '/api/v1/callLogs' })
    await at.acme.phone.hangsUp(rung)
    await at.acme.written(rung)
    await there(at, rung)
    expect(times(activityOf(at, rung).note ?? '', 'only once')).toBe(1)
    expect(hub.crm.requests.filter(({ method }) => method === 'PATCH')).toEqual([])
  })

  it('PD-4 typed afterwards goes into the entry, again and again, without its older words', async ({
    hub,
  }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    const before = (await at.acme.written(rung)).note
    await write(at, rung, 'first')
    await there(at, rung)
    await write(at, rung, 'first and second', 'busy')
    await there(at, rung)

    const activity = activityOf(at, rung)
    expect(activity.note).toBe(`${before}<br>Result: Busy<br>first and second`)
    expect((await view(at, rung)).note?.crm).toEqual({ state: 'there' })
    expect(hub.crm.heldFor(rung.played)).toHaveLength(1)
  })

  it('PD-4 never overwrites what people changed in the CRM', async ({ hub }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    await write(at, rung, 'wants blue')
    await at.acme.phone.hangsUp(rung)
    await at.acme.written(rung)
    const activity = activityOf(at, rung)
    const theirs = '<p>wants blue, no: green</p><p>I know them. Eva</p>'
    Object.assign(activity, { note: theirs, subject: 'Eva’s call', deal_id: 77 })

    await write(at, rung, 'wants red')
    await there(at, rung)
    expect(activity).toMatchObject({ note: `${theirs}<p>wants red</p>`, subject: 'Eva’s call', deal_id: 77 })

    await write(at, rung, 'wants red, in October')
    await there(at, rung)
    expect(activity.note).toBe(`${theirs}<p>wants red, in October</p>`)
  })

  it('PD-4 never overwrites what people wrote in the CRM while our change could not leave', async ({
    hub,
  }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    await at.acme.written(rung)
    hub.sandbox.faults.order({ kind: 'expired-token', times: 1, method: 'PATCH', path: activityPath })
    hub.sandbox.faults.order({ kind: 'slow', times: 1, path: '/oauth/token', delayMs: 3_000 })
    const before = hub.crm.requests.length
    await write(at, rung, 'ours')
    await until('it was refused', () => hub.crm.requests.slice(before).some(({ status }) => status === 401))
    const activity = activityOf(at, rung)
    activity.note = `${activity.note}<p>theirs</p>`
    await there(at, rung)
    expect(activity.note).toMatch(/<p>theirs<\/p><p>ours<\/p>$/)
  })

  // Each as the CRM does it and says it, when the change is sent.
  it('PD-4 is amended once whether the CRM fails, does it long after we gave up, or never', async ({
    hub,
  }) => {
    const at = await place(hub)
    const faults: NewApiFault[] = [
      { kind: '500' },
      { kind: 'late-effect', delayMs: 700, cutAfterMs: 100 },
      { kind: 'timeout', cutAfterMs: 100 },
      { kind: 'down' },
    ]
    const calls: { rung: Rung; activity: ReturnType<typeof activityOf> }[] = []
    for (const fault of faults) {
      const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
      await at.acme.written(rung)
      const activity = activityOf(at, rung)
      activity.note = `${activity.note}<br>theirs`
      const path = activityPath.replace(':id', String(activity.id))
      hub.sandbox.faults.order({ ...fault, times: 1, method: 'PATCH', path })
      await write(at, rung, 'only once')
      calls.push({ rung, activity })
    }
    for (const { rung } of calls) await there(at, rung)
    await hub.sandbox.idle() // an effect that is still late would show now
    for (const { activity } of calls) {
      expect(times(activity.note ?? '', 'only once')).toBe(1)
      expect(activity.note).toContain('theirs')
    }
    expect(hub.sandbox.faults.active()).toEqual([])
  })

  it('PD-4 waits while the CRM is over its limit (429), says so, and is amended once', async ({ hub }) => {
    const at = await place(hub)
    const desk = await at.acme.deskOf(at.boris)
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    await at.acme.written(rung)
    hub.sandbox.faults.order({ kind: '429', times: 1, method: 'PATCH', path: activityPath })
    await write(at, rung, 'later')
    expect(await desk.shows(rung.id, ({ note }) => note?.crm.state === 'waiting')).toMatchObject({
      note: { text: 'later', crm: { why: 'away' } },
    })
    await desk.shows(rung.id, ({ note }) => note?.crm.state === 'there')
    expect(times(activityOf(at, rung).note ?? '', 'later')).toBe(1)
  })

  it('PD-4 is not added twice when the server died between the change and its own record of it', async ({
    hub,
  }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    await at.acme.written(rung)
    const activity = activityOf(at, rung)
    await write(at, rung, 'only once')
    await there(at, rung)
    // As it stood when the process died: the intent is committed, the change done, nothing of that is known.
    await at.acme.query(
      `update call_notes set crm_version = 0, state = 'sending', sent_at = now() - interval '1 hour' where id = $1`,
      [rung.id],
    )
    activity.note = `${activity.note}<br>theirs`
    await write(at, rung, 'only once, and more')
    await there(at, rung)
    expect(times(activity.note ?? '', 'only once')).toBe(1)
    expect(activity.note).toContain('only once, and more<br>theirs')
  })

  it('stays here, and says so, when people removed the entry', async ({ hub }) => {
    const at = await place(hub)
    const desk = await at.acme.deskOf(at.boris)
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    await at.acme.written(rung)
    const entry = activityOf(at, rung)
    entry.is_deleted = true
    await write(at, rung, 'too late')
    await desk.shows(rung.id, ({ note }) => note?.crm.state === 'here')
    expect(entry.note).not.toContain('too late')
    expect(
      hub.crm.requests.filter(
        ({ method, path }) => method !== 'GET' && path.endsWith(`/activities/${entry.id}`),
      ),
    ).toEqual([])
  })

  it('of two people who type at the same time keeps both: the second is shown the first one’s', async ({
    hub,
  }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    await write(at, rung, 'mine')
    const put = (note: string, version: number) =>
      at.boris.client.request('PUT', `/api/v1/calls/${rung.id}/note`, { body: { note, version } })
    const [second, again, late] = [await put('yours', 0), await put('mine', 0), await put('yours', 1)]
    expect([second.status, again.status, late.status]).toEqual([409, 200, 200])
    expect((second.json as NoteConflict).other).toEqual({ text: 'mine', version: 1 })
    const stranger = await at.acme.given.user({ extension: '29' })
    const seen = await stranger.client.request('PUT', `/api/v1/calls/${rung.id}/note`, {
      body: { note: 'not theirs to see', version: 2 },
    })
    expect(seen.status).toBe(404)
    await at.acme.phone.hangsUp(rung)
  })

  it('PD-12 is sealed with its call, and unreadable when the call is', async ({ hub }) => {
    const at = await place(hub)
    const rung = await at.acme.phone.rings({ from: newNumber(), to: '21' })
    await write(at, rung, 'while it rings')
    await at.acme.phone.hangsUp(rung)
    await at.acme.written(rung)
    const [row] = await at.acme.query<{ same: boolean }>(
      'select n.expires_at = c.expires_at as same from call_notes n join calls c on c.id = n.id where n.id = $1',
      [rung.id],
    )
    expect(row).toEqual({ same: true })
  })
})

describe('the results', () => {
  it('are the organization’s own: an administrator sets them, and calls keep the words they had', async ({
    hub,
  }) => {
    const at = await place(hub)
    const get = () =>
      at.boris.client.ok<{ results: { id: string; label: string }[] }>('GET', '/api/v1/results')
    const before = (await get()).results
    expect(before.map(({ label }) => label)).toContain('Wrong number')
    const rung = await at.acme.phone.calls({ from: newNumber(), to: '21' })
    await at.acme.written(rung)
    await write(at, rung, '', 'done')

    const list = [
      { id: 'done', label: 'Settled', outcome: 'connected' },
      { label: 'Sold', outcome: 'connected' },
    ]
    expect(
      (await at.boris.client.request('PUT', '/api/v1/results', { body: { results: list } })).status,
    ).toBe(403)
    await at.acme.admin.client.ok('PUT', '/api/v1/results', { results: list })
    expect((await get()).results.map(({ label }) => label)).toEqual(['Settled', 'Sold'])
    expect((await view(at, rung)).note?.result?.label).toBe('Dealt with')
    const gone = await at.boris.client.request('PUT', `/api/v1/calls/${rung.id}/note`, {
      body: { note: '', result: 'busy', version: 1 },
    })
    expect(gone.status).toBe(400)
    const twice = [list[0], { ...list[0], id: 'other' }]
    expect(
      (await at.acme.admin.client.request('PUT', '/api/v1/results', { body: { results: twice } })).status,
    ).toBe(400)
    await at.acme.admin.client.ok('PUT', '/api/v1/results', { results: before })
  })
})
