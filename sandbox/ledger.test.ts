import { beforeEach, expect, test } from 'vitest'
import { type HeldCall, Ledger, type PlayedCall } from './ledger.ts'

let ledger: Ledger
let held: HeldCall[]
const number = '+442079460123'
const time = (second: number) => new Date(Date.parse('2026-11-23T09:00:00Z') + second * 1000).toISOString()

beforeEach(() => {
  ledger = new Ledger()
  held = []
  ledger.watch(() => held)
})

function played(second: number, startsWithin?: PlayedCall['startsWithin']): PlayedCall {
  const call: PlayedCall = {
    id: `call ${second}`,
    tenant: 'acme',
    company: 'acme',
    kind: 'answered',
    direction: 'inbound',
    from: number,
    to: '+492214710123',
    startTime: time(second),
    endedAt: time(second + 60),
    outcome: 'accepted',
    expectLog: true,
    expectedPersonId: null,
    ...(startsWithin === undefined ? {} : { startsWithin }),
  }
  ledger.calls.push(call)
  return call
}

function hold(second: number): void {
  held.push({
    company: 'acme',
    activityId: held.length + 1,
    callLogId: null,
    userId: 101,
    personId: null,
    organizationId: null,
    dealId: null,
    leadId: null,
    subject: 'Call',
    outcome: 'connected',
    from: number,
    to: '0',
    startTime: time(second),
    endTime: time(second + 60),
    duration: '60',
    note: '',
    hasRecording: false,
  })
}

test('a held call two seconds away is the one played, another is a stray', () => {
  played(0)
  hold(2)
  expect(ledger.summary()).toMatchObject({ lost: 0, duplicated: 0, strays: 0 })
  held = []
  hold(3)
  expect(ledger.summary()).toMatchObject({ lost: 1, strays: 1 })
})

test('a call may say how roughly its start is known', () => {
  played(100, { beforeSeconds: 10, afterSeconds: 60 })
  hold(160)
  expect(ledger.summary()).toMatchObject({ lost: 0, strays: 0 })
  held = []
  hold(85)
  expect(ledger.summary()).toMatchObject({ lost: 1, strays: 1 })
})

test('calls of one number that could be each other are neither lost nor twice there when all are held', () => {
  const roughly = { beforeSeconds: 100, afterSeconds: 100 }
  for (const second of [0, 30, 60]) played(second, roughly)
  for (const second of [28, 29, 61]) hold(second)
  expect(ledger.summary()).toMatchObject({ lost: 0, duplicated: 0, strays: 0 })
  hold(30)
  expect(ledger.summary()).toMatchObject({ lost: 0, duplicated: 1 })
})
