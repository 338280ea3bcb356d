import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LiveCall } from '../contract.ts'
import { aCall, failureFrom } from '../pipedrive/stand-in.ts'
import type { StandIn, TestSession } from './stand-in.ts'
import { anna, boris, connectStandIn, installed } from './stand-in.ts'

let on: StandIn
let session: TestSession
beforeEach(async () => {
  on = await connectStandIn({ timeoutMs: 800 })
  on.bitrix24.people.add('acme', 'CONTACT', { name: 'Ada Lovelace', phones: ['+442079460123'] })
  session = await installed(on)
})
afterEach(() => on.close())

const liveCall = (more: Partial<LiveCall> = {}): LiveCall => ({
  marker: 'RF-7K2Q',
  direction: 'inbound',
  outer: '+442079460123',
  line: '+420222333444',
  startedAt: new Date('2026-11-23T06:01:00Z'),
  ownerExternalId: anna,
  ...more,
})
const cards = () => on.bitrix24.cards('acme')
const calls = () => on.bitrix24.externalCalls('acme')
const begun = () => on.crm.live.begin(session, liveCall())

describe('a call while it lasts', () => {
  it('BX-2 is begun once, however often it is said, and shows no card by itself', async () => {
    const ref = await begun()
    expect(await begun()).toBe(ref)
    expect(calls()).toMatchObject([{ externalCallId: 'RF-7K2Q', callIds: [ref], open: 1 }])
    expect(cards().shown).toEqual([])
    expect(on.bitrix24.portal('acme').entities.LEAD.size).toBe(0)
  })

  it.each(['late-effect', 'lost-answer'] as const)('BX-2 is the same after %s', async (kind) => {
    on.bitrix24.faults.order({ kind, method: 'telephony.externalCall.register', times: 1, delayMs: 900 })
    expect(await failureFrom(begun())).toMatchObject({ code: 'provider-unavailable' })
    await on.sandbox.idle()
    const ref = await begun()
    expect(calls()).toMatchObject([{ callIds: [ref] }])
  })

  it('BX-2 opens its card for those who are rung, and closes it for those who did not answer', async () => {
    const ref = await begun()
    await on.crm.live.show(session, ref, [anna, boris])
    expect(cards().shown.map(({ userId }) => userId)).toEqual([1, 2])
    await on.crm.live.hide(session, ref, [anna])
    expect(cards().shown.map(({ userId }) => userId)).toEqual([2])
    await on.crm.live.hide(session, ref, [])
    expect(cards().shown.length).toBe(1)
  })

  it('is as good as gone when the portal does not know it any more', async () => {
    await on.crm.live.show(session, 'externalCall.unknown.1', [anna])
    await on.crm.live.hide(session, 'externalCall.unknown.1', [anna])
  })

  it('belongs to whoever may speak for it, where its owner has been dismissed', async () => {
    on.bitrix24.people.dismissUser('acme', 2)
    const ref = await on.crm.live.begin(session, liveCall({ ownerExternalId: boris }))
    expect(on.bitrix24.portal('acme').calls.get(ref)?.userId).toBe(1)
  })
})

describe('a call that ended', () => {
  it('BX-2 is finished under the id it was begun with: one record, one activity, no card', async () => {
    const ref = await begun()
    await on.crm.live.show(session, ref, [anna])
    const written = await on.crm.writeActivity(session, aCall({ liveRef: ref, ownerExternalId: boris }))
    expect(written).toEqual({ logId: ref, activityId: expect.stringMatching(/^\d+$/) })
    expect(calls()).toMatchObject([{ finished: 1, activities: 1, open: 0 }])
    expect(cards().shown).toEqual([])
    expect(on.bitrix24.portal('acme').statistics).toMatchObject([
      { userId: 2, durationSeconds: 183, statusCode: '200', type: 2, line: '+420222333444' },
    ])
  })

  it('BX-2 that nobody began is registered with the time when it really began', async () => {
    await on.crm.writeActivity(session, aCall({ direction: 'outbound', outcome: 'failed', talkSeconds: 0 }))
    expect(on.bitrix24.portal('acme').statistics).toMatchObject([
      { phone: '+420222333444', type: 1, line: '+442079460123', statusCode: '480', durationSeconds: 0 },
    ])
    expect(on.bitrix24.portal('acme').statistics[0]?.startAt).toBe(Date.parse('2026-11-23T06:01:00Z'))
    expect(cards().history).toEqual([])
  })

  it.each([
    ['answered', '200'],
    ['missed', '304'],
    ['rejected', '603'],
    ['busy', '486'],
    ['failed', '480'],
    ['voicemail', '304'],
  ] as const)('that was %s has status %s', async (outcome, status) => {
    await on.crm.writeActivity(session, aCall({ outcome }))
    expect(on.bitrix24.portal('acme').statistics[0]?.statusCode).toBe(status)
  })

  it('is written although its number was withheld, and belongs to nobody', async () => {
    const written = await on.crm.writeActivity(session, aCall({ from: { kind: 'withheld' } }))
    expect(written).toEqual({ logId: expect.any(String), activityId: undefined })
    expect(await on.crm.findWritten(session, aCall())).toEqual(written)
  })

  it('says what it had to leave out', async () => {
    on.bitrix24.people.dismissUser('acme', 2)
    const call = aCall({
      ownerExternalId: boris,
      personExternalId: '77',
      deal: { kind: 'deal', externalId: '5' },
      words: 'call back',
      from: { kind: 'withheld' },
    })
    const { without } = await on.crm.writeActivity(session, call)
    expect(without).toEqual(['deal', 'owner', 'person', 'words'])
  })
})

describe('a call whose finishing nobody answered', () => {
  const finish = 'telephony.externalCall.finish'
  const finishes = () => on.sandbox.ledger.requests.filter(({ path }) => path === `/rest/${finish}`).length

  it.each(['late-effect', 'lost-answer'] as const)('BX-2 is asked for, not sent again: %s', async (kind) => {
    const liveRef = await begun()
    on.bitrix24.faults.order({ kind, method: finish, times: 1, delayMs: 900 })
    const call = aCall({ liveRef })
    expect(await failureFrom(on.crm.writeActivity(session, call))).toEqual({
      code: 'provider-outcome-unknown',
      provider: 'bitrix24',
    })
    expect(finishes()).toBe(1)
    await on.sandbox.idle()
    const found = await on.crm.findWritten(session, call)
    expect(found?.logId).toBe(liveRef)
    // Somebody who did not ask finds "not found", and asks then.
    expect(await on.crm.writeActivity(session, call)).toEqual(found)
    expect(calls()).toMatchObject([{ finished: 1 }])
  })

  it('BX-2 is known not to be there when it was never taken', async () => {
    const liveRef = await begun()
    on.bitrix24.faults.order({ kind: 'timeout', method: finish, times: 1 })
    const call = aCall({ liveRef })
    expect(await failureFrom(on.crm.writeActivity(session, call))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    expect(await on.crm.findWritten(session, call)).toBe(undefined)
    expect((await on.crm.writeActivity(session, call)).logId).toBe(liveRef)
  })

  it('BX-2 is begun anew when the portal has given it up meanwhile', async () => {
    const liveRef = await begun()
    on.bitrix24.portal('acme').calls.delete(liveRef)
    const written = await on.crm.writeActivity(session, aCall({ liveRef }))
    expect(written.logId).not.toBe(liveRef)
    expect(await on.crm.findWritten(session, aCall({ liveRef }))).toEqual(written)
    expect(calls()).toMatchObject([{ externalCallId: 'RF-7K2Q', finished: 1 }])
  })

  it('BX-2 is not finished twice where the portal gives out a finished call once more', async () => {
    on.bitrix24.set({ dedupeFinished: true, statisticDelayMs: 5_000 })
    const written = await on.crm.writeActivity(session, aCall())
    expect(await failureFrom(on.crm.writeActivity(session, aCall()))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    on.sandbox.clock.advance(6)
    expect(await on.crm.findWritten(session, aCall())).toEqual(written)
    expect(await on.crm.writeActivity(session, aCall())).toEqual(written)
    expect(calls()).toMatchObject([{ finished: 1 }])
  })

  it('BX-2 that the portal itself began is found by its own id', async () => {
    on.bitrix24.setOutgoing({ portal: 'acme', clientId: on.options.clientId ?? '' })
    const { callId } = on.bitrix24.clickToCall({ portal: 'acme', userId: 1, number: '+442079460123' })
    const call = aCall({ liveRef: callId })
    const written = await on.crm.writeActivity(session, call)
    expect(await on.crm.findWritten(session, call)).toEqual(written)
    expect(calls()).toMatchObject([{ externalCallId: callId, finished: 1, callIds: [callId] }])
  })
})
