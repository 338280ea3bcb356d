import { describe, expect, it } from 'vitest'
import type { Outcome } from '../calls/event.ts'
import type { Call } from '../calls/fold.ts'
import { parseReported } from '../contacts/numbers.ts'
import { dueOn } from './follow-up-texts.ts'
import { saysOfCaller, wasReachedAfter } from './plan-follow-up.ts'
import { kindOf, leftOutBy, type Rules } from './rules.ts'

const preset: Rules = { leftOutKinds: [], followUps: true, numbers: [] }

function anEnded(direction: Call['direction'], outcome: Outcome, startedAt = 0): Call {
  const outer = parseReported('+442079460123', { country: 'CZ' })
  const inner = parseReported('21', { country: 'CZ' })
  return {
    direction,
    state: 'ended',
    from: direction === 'inbound' ? outer : inner,
    to: direction === 'inbound' ? inner : outer,
    shownAs: undefined,
    startedAt,
    answeredAt: outcome === 'answered' ? startedAt + 5_000 : undefined,
    endedAt: startedAt + 60_000,
    endUnknown: false,
    approximate: false,
    talkSeconds: 0,
    outcome,
    answeredBy: undefined,
    legs: [],
  }
}

describe('a rule', () => {
  // direction, outcome → the kind an administrator decides about, and what it says of the caller
  it.each([
    ['inbound', 'answered', 'inbound-answered', 'reached'],
    ['inbound', 'missed', 'inbound-missed', 'missed'],
    ['inbound', 'busy', 'inbound-missed', 'missed'],
    ['inbound', 'rejected', 'inbound-missed', 'missed'],
    ['inbound', 'failed', 'inbound-missed', 'missed'],
    ['inbound', 'voicemail', 'voicemail', 'missed'],
    ['outbound', 'answered', 'outbound-answered', 'reached'],
    ['outbound', 'missed', 'outbound-not-reached', 'nothing'],
    ['outbound', 'busy', 'outbound-not-reached', 'nothing'],
    ['outbound', 'voicemail', 'outbound-not-reached', 'nothing'],
    ['inbound', 'blocked', undefined, 'nothing'],
    ['outbound', 'not-set-up', undefined, 'nothing'],
    ['internal', 'answered', undefined, 'nothing'],
    [undefined, 'answered', undefined, 'nothing'],
  ] as const)('PD-4 counts a call that is %s and %s as %s', (direction, outcome, kind, says) => {
    const call = anEnded(direction, outcome)
    expect(kindOf(call)).toBe(kind)
    expect(saysOfCaller(call)).toBe(says)
    if (kind === undefined) {
      expect(leftOutBy(preset, call)).toBe(
        direction === undefined ? 'direction-unknown' : direction === 'internal' ? 'internal' : outcome,
      )
      return
    }
    expect(leftOutBy(preset, call)).toBeUndefined()
    expect(leftOutBy({ ...preset, leftOutKinds: [kind] }, call)).toBe('kind-left-out')
  })

  it('PD-4 takes nobody for reached who was spoken with before the call that was missed', () => {
    const missed = anEnded('inbound', 'missed', 100_000)
    expect(wasReachedAfter(missed, anEnded('outbound', 'answered', 50_000))).toBe(false)
    expect(wasReachedAfter(missed, anEnded('outbound', 'answered', 200_000))).toBe(true)
  })
})

describe('a follow-up is due', () => {
  it.each([
    ['on the same day', '2026-11-25T15:59:00Z', 'Europe/Prague', '2026-11-25'],
    ['on the next day from 17:00 on', '2026-11-25T16:00:00Z', 'Europe/Prague', '2026-11-26'],
    ['on Monday after Friday evening', '2026-11-27T18:30:00Z', 'Europe/Prague', '2026-11-30'],
    ['by the clock of its own time zone', '2026-11-25T23:30:00Z', 'Pacific/Auckland', '2026-11-26'],
    ['in summer time too', '2026-07-15T15:00:00Z', 'Europe/Prague', '2026-07-16'],
    ['beyond the end of a year', '2026-12-31T20:00:00Z', 'Europe/Prague', '2027-01-01'],
  ])('PD-4 %s', (_, at, timeZone, due) => {
    expect(dueOn(new Date(at), timeZone)).toBe(due)
  })
})
