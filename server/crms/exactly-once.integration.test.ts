import { describe, expect } from 'vitest'
import type { NewApiFault } from '../../sandbox/faults.ts'
import type { Company, Rung } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'

const theWrite = { method: 'POST', path: '/api/v1/callLogs' }

/** A company with one colleague, and a fault on the way of the next call's writing. */
async function callInto(acme: Company, fault?: NewApiFault): Promise<Rung> {
  if (fault) acme.hub.sandbox.faults.order({ ...theWrite, ...fault })
  return acme.phone.calls({ from: '+442079460123', to: '21' })
}

const writes = (acme: Company): number =>
  acme.hub.crm.requests.filter(
    (request) =>
      request.company === acme.domain &&
      request.method === 'POST' &&
      /\/callLogs$/.test(request.path.split('?')[0] ?? ''),
  ).length

describe('an ended call', () => {
  it('PD-4 is written once, with owner, person, start, times, outcome and a reference', async ({ hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21', name: 'Boris Král' })

    const call = await callInto(acme)
    const held = await acme.written(call)

    expect(held).toMatchObject({
      personId: ada.id,
      userId: colleague.vendorId,
      from: '+442079460123',
      outcome: 'connected',
    })
    expect(Date.parse(held.startTime)).toBe(Date.parse(call.played.startTime))
    expect(held.subject).toContain('Incoming call')
    expect(held.note).toMatch(/RF-[2-9A-HJ-NP-Z]{8}\b/)
    expect(writes(acme)).toBe(1)
    expect(hub.crm.requestViolations).toEqual([])
  })

  // Each is answered or treated so by the CRM: what it did, and what it said.
  it.for<[string, NewApiFault]>([
    ['is over its limit for a moment (429)', { kind: '429', times: 1 }],
    ['fails before it does anything (500)', { kind: '500', times: 1 }],
    ['does it long after we gave up', { kind: 'late-effect', times: 1, delayMs: 700, cutAfterMs: 100 }],
    ['takes the request and never does it', { kind: 'timeout', times: 1, cutAfterMs: 100 }],
    ['breaks the connection', { kind: 'down', times: 1 }],
    ['has just let the token expire', { kind: 'expired-token', times: 1 }],
    ['is away for several tries', { kind: '503', times: 2 }],
  ])('PD-4 is written once when the CRM %s', async ([, fault], { hub }) => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person({ number: '+442079460123' })
    await acme.given.user({ extension: '21' })

    const call = await callInto(acme, fault)

    expect(await acme.written(call)).toMatchObject({ personId: ada.id })
    await hub.sandbox.idle() // an effect that is still late would show now
    expect(hub.crm.heldFor(call.played)).toHaveLength(1)
    expect(hub.sandbox.faults.active()).toEqual([])
  })

  it.for<[string, NewApiFault]>([
    ['is over its limit', { kind: '429' }],
    ['refuses to look', { kind: 'revoked-token' }],
  ])(
    'PD-4 is written once when the CRM did it, said nothing, and %s when asked',
    async ([, away], { hub }) => {
      const acme = await hub.given.organization()
      await acme.given.user({ extension: '21' })
      hub.sandbox.faults.order({ ...away, times: 1, method: 'GET', path: theWrite.path })

      const call = await callInto(acme, { kind: 'late-effect', times: 1, delayMs: 300, cutAfterMs: 100 })
      await until('it was asked in vain', () => hub.sandbox.faults.active().length === 0)
      await acme.written(call)

      await hub.sandbox.idle()
      expect(hub.crm.heldFor(call.played)).toHaveLength(1)
    },
  )

  it('PD-4 is written once when its request could leave only after somebody else had asked for it', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    hub.sandbox.faults.order({ ...theWrite, kind: 'expired-token', times: 1 })
    hub.sandbox.faults.order({ kind: 'slow', path: '/oauth/token', delayMs: 4_000, times: 1 })
    hub.sandbox.faults.order({ ...theWrite, kind: 'slow', delayMs: 1_000, times: 1 })

    const call = await callInto(acme)
    await until('it has been under way for long', async () => {
      const late = `select 1 from call_logs where state = 'sending' and sent_at < now() - interval '1.6 seconds'`
      return (await acme.query(late)).length > 0
    })
    await colleague.client.ok('POST', `/api/v1/calls/${call.id}/retry`)

    await acme.written(call)
    await hub.settled()
    expect(writes(acme)).toBe(2) // the one that was refused, and one
  })

  it('PD-4 waits while the CRM is away, is shown to wait, and is written when it is back', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)
    const away = hub.sandbox.faults.order({ kind: '429' })

    const call = await callInto(acme)
    expect(await desk.shows(call.id, ({ log }) => log.state === 'waiting')).toMatchObject({
      log: { state: 'waiting', why: 'away', tries: 1 },
    })
    expect(hub.crm.heldFor(call.played)).toEqual([])

    hub.sandbox.faults.cancel(away)
    await acme.written(call)
    await desk.shows(call.id, ({ log }) => log.state === 'written' && log.reference !== undefined)
  })

  it('PD-4 is written once when two workers have its job at the same moment', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const { jobs } = hub.app
    const now = new Date()
    const calls: Rung[] = []
    for (let number = 0; number < 5; number += 1)
      calls.push(await acme.phone.calls({ from: `+44207946020${number}`, to: '21' }))

    for (const call of calls) {
      const payload = { organizationId: acme.id, callId: call.id }
      await Promise.all(
        [1, 2, 3].map((copy) => jobs.add('write-call', payload, { key: `copy ${copy} ${call.id}`, at: now })),
      )
    }

    for (const call of calls) await acme.written(call)
    await hub.settled()
    expect(writes(acme)).toBe(calls.length)
    expect(hub.crm.summary()).toMatchObject({ duplicated: 0, lost: 0 })
  })

  it('PD-4 is not written again when its end is told again', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const call = await callInto(acme)
    await acme.written(call)

    for (const conversationLength of [0, 61]) {
      const { endedAt: eventTime, startTime, from: callerNumber, to: calledNumber } = call.played
      const end = { name: 'callDisconnected', callId: call.vendorId, callType: 'externalInbound' }
      const told = { eventTime, startTime, callerNumber, calledNumber, callOutcome: 'answered' }
      expect(await acme.hook({ ...end, ...told, conversationLength })).toBe(200)
    }
    await hub.settled()

    expect(writes(acme)).toBe(1)
    expect(hub.crm.heldFor(call.played)).toHaveLength(1)
  })

  it('PD-4 waits for people when a token was revoked, and a colleague’s one writes it on request', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const colleague = await acme.given.user({ extension: '21' })
    const desk = await acme.deskOf(colleague)

    const call = await callInto(acme, { kind: 'revoked-token', times: 1 })
    expect(await desk.shows(call.id, ({ log }) => log.state === 'waiting')).toMatchObject({
      log: { why: 'refused' },
    })

    await colleague.client.ok('POST', `/api/v1/calls/${call.id}/retry`)
    await acme.written(call)
  })
})
