import { describe, expect, it } from 'vitest'
import type { Call, CallLeg } from './fold.ts'
import { doesAt } from './here.ts'

const at21 = ['21']
const leg = (digits: string, more: Partial<CallLeg> = {}): CallLeg => ({
  id: digits,
  party: { kind: 'extension', digits },
  role: 'callee',
  ringingAt: 1,
  joinedAt: undefined,
  leftAt: undefined,
  ...more,
})
const call = (state: Call['state'], legs: CallLeg[], more: Partial<Call> = {}): Call => ({
  direction: 'inbound',
  state,
  from: undefined,
  to: undefined,
  shownAs: undefined,
  startedAt: 0,
  answeredAt: state === 'ringing' ? undefined : 10,
  endedAt: undefined,
  endUnknown: false,
  approximate: false,
  talkSeconds: undefined,
  outcome: undefined,
  answeredBy: undefined,
  legs,
  ...more,
})

describe('what a call does at a phone', () => {
  it('PD-3 rings there until somebody answers, refuses or hangs up', () => {
    expect(doesAt(call('ringing', [leg('21'), leg('22')]), at21)).toBe('ringing')
    expect(doesAt(call('ringing', [leg('21', { leftAt: 5 }), leg('22')]), at21)).toBeUndefined()
    expect(doesAt(call('ringing', [leg('22')]), at21)).toBeUndefined()
    expect(doesAt(call('ended', [leg('21')]), at21)).toBeUndefined()
  })
  it('PD-3 is over there once a colleague of the group answers, even where nobody says that it rings no more', () => {
    const taken = leg('22', { joinedAt: 10 })
    expect(doesAt(call('answered', [leg('21', { leftAt: 10 }), taken]), at21)).toBeUndefined()
    expect(doesAt(call('answered', [leg('21'), taken]), at21)).toBeUndefined()
    expect(doesAt(call('answered', [leg('21'), taken]), ['22'])).toBe('talking')
  })
  it('PD-3 rings anew when it is transferred there, and is talked in once that is answered', () => {
    const before = [leg('21', { leftAt: 10 }), leg('22', { joinedAt: 10 })]
    const transferred = leg('21', { role: 'transferee', ringingAt: 20 })
    expect(doesAt(call('answered', [...before, transferred]), at21)).toBe('ringing')
    expect(doesAt(call('answered', [...before, { ...transferred, joinedAt: 25 }]), at21)).toBe('talking')
  })
  it('is known from the call where nothing was told of the phones', () => {
    const answeredBy = { kind: 'extension', digits: '21' } as const
    expect(doesAt(call('answered', [], { answeredBy }), at21)).toBe('talking')
    expect(doesAt(call('answered', [leg('21')], { answeredBy }), at21)).toBe('talking')
    expect(doesAt(call('ringing', [], { direction: 'outbound', from: answeredBy }), at21)).toBe('ringing')
  })
})
