import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { NewApiFault } from '../../sandbox/faults.ts'
import type { Colleague, Company, Rung } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CallView } from '../http/shapes.ts'
import { dueOn } from './follow-up-texts.ts'

const theWrite = { method: 'POST', path: '/api/v2/activities' }
const theClosing = { method: 'PATCH', path: '/api/v2/activities/*' }

const account = (acme: Company) => acme.hub.sandbox.pipedrive.company(acme.domain)

/** What the CRM holds beside the calls themselves: no call log made these. */
function followUps(acme: Company) {
  const { activities, callLogs } = account(acme)
  const logged = new Set([...callLogs.values()].map((log) => log.activity_id))
  return [...activities.values()].filter(({ id, is_deleted: gone }) => !gone && !logged.has(id))
}
const about = (acme: Company, number: string) =>
  followUps(acme).filter(({ subject }) => subject.replaceAll(' ', '').endsWith(number))

async function misses(acme: Company, from: string, to = '21'): Promise<Rung> {
  const call = await acme.phone.rings({ from, to })
  await acme.phone.hangsUp(call)
  return call
}

async function reaches(acme: Company, to: string): Promise<Rung> {
  const call = await acme.phone.dials({ from: '21', to })
  await acme.phone.answers(call, to)
  await acme.phone.hangsUp(call)
  return call
}

interface Row {
  state: string
  reason: string | null
  reached_call_id: string | null
  again_call_id: string | null
}
const rowsOf = (acme: Company, ...calls: Rung[]) =>
  acme.query<Row>(
    `select distinct f.id, f.state, f.reason, f.reached_call_id, f.again_call_id
     from follow_ups f join call_logs l on l.follow_up_id = f.id where l.call_id = any($1)`,
    [calls.map(({ id }) => id)],
  )

const becomes = (acme: Company, call: Rung | undefined, state: string) =>
  until(`the follow-up becomes ${state}`, async () => {
    const row = call && (await rowsOf(acme, call))[0]
    return row?.state === state && row.again_call_id === null ? row : undefined
  })

async function founded(hub: Hub): Promise<{ acme: Company; boris: Colleague }> {
  const acme = await hub.given.organization()
  const boris = await acme.given.user({ extension: '21', name: 'Boris Král', sees: 'all' })
  return { acme, boris }
}

describe('a missed caller', () => {
  it('PD-4 has one open activity, for whoever it rang, until somebody speaks with them', async ({ hub }) => {
    const { acme, boris } = await founded(hub)
    const desk = await acme.deskOf(boris)

    const first = await misses(acme, '+442079460123')
    const shown = await desk.shows(first.id, ({ followUp }) => followUp?.state === 'open')
    expect(shown.followUp).toMatchObject({
      owner: 'Boris Král',
      url: expect.stringContaining('/activities/'),
    })
    const [activity, ...more] = followUps(acme)
    expect(more).toEqual([])
    expect(activity).toMatchObject({
      type: 'call',
      done: false,
      subject: 'Call back +44 20 7946 0123',
      owner_id: boris.vendorId,
      due_date: dueOn(new Date(first.played.endedAt ?? ''), 'Europe/Prague'),
      participants: [],
    })
    expect(activity?.note).toMatch(/^Missed call, .*RF-[2-9A-HJ-NP-Z]{8}$/s)

    const second = await misses(acme, '+442079460123')
    await until('the second is covered', async () => (await rowsOf(acme, first, second)).length === 1)
    await becomes(acme, second, 'open')
    expect(followUps(acme)).toHaveLength(1)

    const before = { ...activity }
    const reached = await reaches(acme, '+442079460123')
    for (const missed of [first, second]) {
      const { followUp } = await desk.shows(missed.id, (call) => call.followUp?.state === 'closed')
      expect(followUp).toMatchObject({ reachedBy: 'Boris Král', reachedAt: expect.any(String) })
    }
    const { update_time: _u, marked_as_done_time: _m, ...closed } = followUps(acme)[0] ?? {}
    const { update_time: _v, marked_as_done_time: _n, ...asItWas } = before
    expect(closed).toEqual({ ...asItWas, done: true })
    expect((await acme.query('select id from calls where id = $1', [reached.id])).length).toBe(1)

    // Later they are missed anew: that is a new promise.
    const third = await misses(acme, '+442079460123')
    await becomes(acme, third, 'open')
    expect(followUps(acme).map(({ done }) => done)).toEqual([true, false])
    expect(hub.crm.requestViolations).toEqual([])
    expect(hub.crm.summary()).toMatchObject({ duplicated: 0, strays: 0, lost: 0 })
  })

  it('PD-4 is the matched person’s owner’s to call back, with the person; else that of whoever knows the caller', async ({
    hub,
  }) => {
    const { acme, boris } = await founded(hub)
    const clara = await acme.given.user({ extension: '22', name: 'Clara Schumann' })
    const ada = await acme.given.person({ number: '+442079460123', owner: clara })

    const missed = await misses(acme, '+442079460123')
    await becomes(acme, missed, 'open')
    expect(followUps(acme)).toMatchObject([
      { owner_id: clara.vendorId, participants: [{ person_id: ada.id, primary: true }] },
    ])

    // It rang where nobody is: whoever spoke with them last, or else whoever installed.
    await reaches(acme, '+442079460124')
    const known = await misses(acme, '+442079460124', '77')
    const stranger = await misses(acme, '+442079460125', '77')
    await becomes(acme, known, 'open')
    await becomes(acme, stranger, 'open')
    expect(about(acme, '+442079460124')).toMatchObject([{ owner_id: boris.vendorId }])
    expect(about(acme, '+442079460125')).toMatchObject([{ owner_id: acme.admin.vendorId }])
    const { followUp } = await boris.client.ok<CallView>('GET', `/api/v1/calls/${stranger.id}`)
    expect(followUp).toMatchObject({ owner: acme.admin.name })
  })

  it('PD-2 is not said to be whose contact, where the contact is hidden from whoever looks', async ({
    hub,
  }) => {
    const { acme, boris } = await founded(hub)
    const clara = await acme.given.user({ extension: '22', name: 'Clara Schumann' })
    await acme.given.person({ number: '+442079460123', owner: clara, shared: false })

    const missed = await acme.phone.rings({ from: '+442079460123', to: ['21', '22'] })
    await acme.phone.hangsUp(missed)
    await becomes(acme, missed, 'open')

    const path = `/api/v1/calls/${missed.id}`
    expect(await clara.client.ok('GET', path)).toMatchObject({ followUp: { owner: 'Clara Schumann' } })
    const { followUp } = await boris.client.ok<CallView>('GET', path)
    expect(followUp).toMatchObject({ state: 'open' })
    expect(followUp?.owner).toBeUndefined()
  })

  it('PD-4 has one follow-up when several workers have its job at the same moment', async ({ hub }) => {
    const { acme } = await founded(hub)
    hub.sandbox.faults.order({ ...theWrite, kind: 'slow', times: 1, delayMs: 700 })
    const missed = await misses(acme, '+442079460123')
    const [row] = await until('it is being sent', async () => {
      const rows = await acme.query<{ id: string }>(`select id from follow_ups where state = 'sending'`)
      return rows.length > 0 && rows
    })
    const payload = { organizationId: acme.id, followUpId: row?.id ?? '' }
    for (const copy of [1, 2, 3])
      await hub.app.jobs.add('follow-up', payload, { key: `copy ${copy}`, at: new Date() })
    await becomes(acme, missed, 'open')
    await hub.sandbox.idle()
    expect(followUps(acme)).toHaveLength(1)
  })

  it('PD-4 who withholds the number, or is missed while an administrator wants none, has no follow-up', async ({
    hub,
  }) => {
    const { acme } = await founded(hub)
    const withheld = await misses(acme, 'withheld')
    await acme.written(withheld)
    const rules = await acme.admin.client.ok<object>('GET', '/api/v1/rules')
    await acme.admin.client.ok('PUT', '/api/v1/rules', { ...rules, followUps: false })
    await acme.written(await misses(acme, '+442079460124'))
    await hub.settled()
    expect(followUps(acme)).toEqual([])
    expect(await acme.query('select id from follow_ups')).toEqual([])
  })

  let oneCompany: ReturnType<typeof founded> | undefined
  let lastNumber = 140
  // Each is answered or treated so by the CRM: what it did, and what it said.
  it.for<[string, NewApiFault, NewApiFault?]>([
    ['fails before it does anything (500)', { kind: '500', times: 1 }],
    ['does it long after we gave up', { kind: 'late-effect', times: 1, delayMs: 700, cutAfterMs: 100 }],
    ['takes the request and never does it', { kind: 'timeout', times: 1, cutAfterMs: 100 }],
    [
      'did it, said nothing, and is over its limit when asked',
      { kind: 'late-effect', times: 1, delayMs: 300, cutAfterMs: 100 },
      { kind: '429', times: 1, method: 'GET', path: '/api/v2/activities' },
    ],
  ])('PD-4 has one follow-up, closed once, when the CRM %s', async ([, fault, whenAsked], { hub }) => {
    oneCompany ??= founded(hub)
    const { acme } = await oneCompany
    const caller = `+442079460${lastNumber++}`
    hub.sandbox.faults.order({ ...theWrite, ...fault })
    hub.sandbox.faults.order({ ...theClosing, ...fault })
    if (whenAsked) hub.sandbox.faults.order(whenAsked)

    const missed = await misses(acme, caller)
    await becomes(acme, missed, 'open')
    expect(about(acme, caller)).toHaveLength(1)

    await reaches(acme, caller)
    await becomes(acme, missed, 'closed')
    await hub.sandbox.idle() // an effect that is still late would show now
    expect(about(acme, caller).map(({ done }) => done)).toEqual([true])
    expect(hub.sandbox.faults.active()).toEqual([])
  })

  it('PD-4 leaves what people closed, changed or deleted to them, and promises anew whoever is missed after that', async ({
    hub,
  }) => {
    const { acme } = await founded(hub)
    const people: [
      number: string,
      doing: (activity: ReturnType<typeof followUps>[number]) => void,
      why: string,
    ][] = [
      ['+442079460131', (activity) => Object.assign(activity, { done: true }), 'done-there'],
      ['+442079460132', (activity) => Object.assign(activity, { is_deleted: true }), 'gone-there'],
      [
        '+442079460133',
        (activity) => Object.assign(activity, { subject: 'Send the offer' }),
        'changed-there',
      ],
      ['+442079460134', (activity) => Object.assign(activity, { type: 'meeting' }), 'changed-there'],
    ]
    const missed: Rung[] = []
    for (const [number] of people) missed.push(await misses(acme, number))
    const changed: [activity: object, left: object][] = []
    for (const [place, [number, doing]] of people.entries()) {
      await becomes(acme, missed[place], 'open')
      const [activity] = about(acme, number)
      if (!activity) throw new Error('not there')
      doing(activity)
      changed.push([activity, { ...activity }])
    }
    const again: Rung[] = []
    for (const [number] of people) again.push(await misses(acme, number))
    for (const [place, [number, , why]] of people.entries()) {
      expect(await becomes(acme, missed[place], 'forgotten')).toMatchObject({ reason: why })
      await becomes(acme, again[place], 'open')
      await reaches(acme, number)
    }
    for (const call of again) await becomes(acme, call, 'closed')
    for (const [activity, left] of changed) expect(activity).toEqual(left)

    // Another day and another note are still the same promise, and neither is touched.
    const other = await misses(acme, '+442079460135')
    await becomes(acme, other, 'open')
    const [activity] = about(acme, '+442079460135')
    Object.assign(activity ?? {}, { due_date: '2031-01-01', note: 'after lunch' })
    await reaches(acme, '+442079460135')
    await becomes(acme, other, 'closed')
    expect(activity).toMatchObject({ done: true, due_date: '2031-01-01', note: 'after lunch' })
  })

  it('PD-4 has at most one open follow-up, and none once reached, whatever happens in whatever order', async ({
    hub,
  }) => {
    const { acme } = await founded(hub)
    let run = 0
    const told = fc.array(
      fc.record({
        caller: fc.integer({ min: 0, max: 1 }),
        what: fc.constantFrom('misses', 'misses', 'reaches'),
      }),
      { minLength: 2, maxLength: 5 },
    )
    await fc.assert(
      fc.asyncProperty(told, async (events) => {
        run += 1
        const numberOf = (caller: number) => `+4420794603${run}${caller}`
        const calls = new Map<number, { what: string; call: Rung }[]>()
        for (const { caller, what } of events) {
          const call = await (what === 'misses' ? misses : reaches)(acme, numberOf(caller))
          calls.set(caller, [...(calls.get(caller) ?? []), { what, call }])
        }
        for (const [caller, happened] of calls) {
          const owed = happened.at(-1)?.what === 'misses'
          const open = () => about(acme, numberOf(caller)).filter(({ done }) => !done)
          await until('everything is planned and done', async () => {
            const missed = happened.filter(({ what }) => what === 'misses').map(({ call }) => call)
            const rows = await rowsOf(acme, ...missed)
            const settled = rows.every(({ state, reached_call_id: reached, again_call_id: again }) =>
              state === 'open' ? reached === null && again === null : state === 'closed',
            )
            return settled && open().length === (owed ? 1 : 0)
          })
        }
      }),
      { numRuns: 4 },
    )
    const open = await acme.query<{ count: number }>(
      `select count(*)::int as count from follow_ups where state <> 'closed' group by caller_hash having count(*) > 1`,
    )
    expect(open).toEqual([])
  })
})

describe('a call of somebody whose access is gone', () => {
  it('PD-4 is written as a colleague, for them where the CRM allows it, and says so', async ({ hub }) => {
    const { acme, boris } = await founded(hub)
    const clara = await acme.given.user({ extension: '22', name: 'Clara Schumann', sees: 'all' })
    const refuse = (who: Colleague) =>
      hub.control(
        `update installations set state = 'refused', refused_at = ringfence.now() where user_ref = $1`,
        [String(who.vendorId)],
      )
    const logOf = async (call: Rung) =>
      (await clara.client.ok<CallView>('GET', `/api/v1/calls/${call.id}`)).log

    await refuse(boris)
    const forBoris = await acme.phone.calls({ from: '+442079460123', to: '21' })
    expect(await acme.written(forBoris)).toMatchObject({ userId: boris.vendorId })
    expect(await logOf(forBoris)).toMatchObject({ writtenAs: acme.admin.name, writtenFor: 'Boris Král' })

    await refuse(acme.admin)
    const asClara = await acme.phone.calls({ from: '+442079460124', to: '21' })
    expect(await acme.written(asClara)).toMatchObject({ userId: clara.vendorId })
    expect(await logOf(asClara)).toMatchObject({
      writtenAs: 'Clara Schumann',
      writtenFor: 'Boris Král',
      why: 'without-owner',
    })

    const own = await acme.phone.calls({ from: '+442079460125', to: '22' })
    await acme.written(own)
    expect(await logOf(own)).not.toHaveProperty('writtenAs')
  })
})
