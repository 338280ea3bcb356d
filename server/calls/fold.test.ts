import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { E164, PhoneNumber } from '../contacts/numbers.ts'
import type { CallEvent } from './event.ts'
import {
  callFrom,
  extensionsOf,
  join,
  knowledgeFrom,
  knowledgeOf,
  leftOutBecause,
  remoteParty,
} from './fold.ts'

const number = (e164: string): PhoneNumber => ({ kind: 'e164', e164: e164 as E164, country: 'CZ' })
const extension = (digits: string): PhoneNumber => ({ kind: 'extension', digits })

const parties = fc.constantFrom<PhoneNumber>(
  number('+420777111222'),
  number('+442079460123'),
  extension('21'),
  extension('22'),
  { kind: 'withheld' },
  { kind: 'malformed' },
)
const at = fc.integer({ min: 1_700_000_000, max: 1_700_000_600 }).map((seconds) => seconds * 1000)
const facts = fc.record(
  {
    direction: fc.constantFrom('inbound' as const, 'outbound' as const, 'internal' as const),
    from: parties,
    to: parties,
    shownAs: parties,
    startedAt: at,
    answeredBy: parties,
  },
  { requiredKeys: [] },
)
const leg = fc.record({
  id: fc.constantFrom('L1', 'L2', '__proto__', 'constructor'),
  party: parties,
  role: fc.constantFrom('caller' as const, 'callee' as const, 'transferee' as const),
})
const outcome = fc.constantFrom(
  'answered' as const,
  'missed' as const,
  'voicemail' as const,
  'failed' as const,
  'blocked' as const,
)
/** Some vendors tell no times. */
const approximate = fc.constantFrom<{ approximate?: true }>({}, { approximate: true })
const base = { call: fc.constant('c1'), key: fc.uuid(), at, facts }
const told: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({
    ...base,
    kind: fc.constantFrom('started' as const, 'answered' as const, 'silent-too-long' as const),
  }),
  fc.record({
    ...base,
    kind: fc.constantFrom('leg-ringing' as const, 'leg-joined' as const, 'leg-left' as const),
    leg,
  }),
  fc.record({ ...base, kind: fc.constant('leg-left' as const), leg, outcome }),
  fc.record({ ...base, kind: fc.constant('ended' as const), outcome }),
  fc.record({
    ...base,
    kind: fc.constant('ended' as const),
    outcome,
    talkSeconds: fc.integer({ min: 0, max: 500 }),
  }),
)
const event = fc.tuple(told, approximate).map(([one, how]): CallEvent => ({ ...one, ...how }))
const events = fc.array(event, { minLength: 1, maxLength: 14 })
const known = (list: readonly CallEvent[]) => {
  const knowledge = knowledgeFrom(list)
  if (!knowledge) throw new Error('no events')
  return knowledge
}
const stateRank = { ringing: 0, answered: 1, ended: 2 }

describe('a call with more parties than any call has', () => {
  it('keeps the same ones in whatever order they are told, and no more than can be shown', () => {
    const events = Array.from({ length: 1_200 }, (_, number): CallEvent => {
      const id = `L${number}`
      return {
        call: 'c1',
        key: id,
        at: 1_700_000_000_000,
        facts: {},
        kind: 'leg-ringing',
        leg: { id, party: extension('21'), role: 'callee' },
      }
    })
    const known = knowledgeFrom(events)
    expect(Object.keys(known?.legs ?? {})).toHaveLength(500)
    expect(knowledgeFrom(events.toReversed())).toEqual(known)
  })
})

describe('the parties of a call', () => {
  it('are told apart by whatever ids the phone system gives them', () => {
    const ids = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.uniqueArray(ids, { minLength: 1, maxLength: 20 }), (given) => {
        const rings = given.map(
          (id, index): CallEvent => ({
            call: 'c1',
            key: id,
            at: 1_700_000_000_000 + index,
            facts: {},
            kind: 'leg-ringing',
            leg: { id, party: extension('21'), role: 'callee' },
          }),
        )
        const stored = JSON.parse(JSON.stringify(known(rings))) as ReturnType<typeof known>
        for (const knowledge of [known(rings), stored, join(stored, known(rings))])
          expect(callFrom(knowledge).legs.map((one) => one.id)).toEqual(given)
      }),
    )
    expect(Object.keys({})).toEqual([])
  })
})

describe('a call of a phone system that tells no times', () => {
  const heard = (at: number, what: object): CallEvent =>
    ({
      call: 'c1',
      key: `${at}`,
      at,
      approximate: true,
      facts: { direction: 'inbound' },
      ...what,
    }) as CallEvent
  const ended = { kind: 'ended', outcome: 'answered', talkSeconds: 60 }

  it('ends when its end was told first, however often it is told again', () => {
    const call = callFrom(
      known([heard(1_000, { kind: 'started' }), heard(90_000, ended), heard(95_000, ended)]),
    )
    expect(call).toMatchObject({ endedAt: 90_000, answeredAt: 30_000, approximate: true })
  })

  it('ends when a list of its vendor says, once that is read', () => {
    const listed: CallEvent = {
      call: 'c1',
      key: 'l',
      at: 89_000,
      facts: {},
      kind: 'ended',
      outcome: 'answered',
    }
    const call = callFrom(known([heard(1_000, { kind: 'started' }), heard(90_000, ended), listed]))
    expect(call).toMatchObject({ endedAt: 89_000, approximate: false })
  })
})

describe('a call of a phone system that tells of each leg by itself', () => {
  const of = (digits: string): Parameters<typeof knowledgeOf>[0] & { kind: 'leg-ringing' } => ({
    call: 'c1',
    key: digits,
    at: 0,
    facts: { direction: 'inbound' },
    kind: 'leg-ringing',
    leg: { id: digits, party: extension(digits), role: 'callee' },
  })
  const rings = (digits: string, at: number): CallEvent => ({ ...of(digits), at })
  const leaves = (digits: string, at: number, outcome: 'missed' | 'answered'): CallEvent => ({
    ...of(digits),
    kind: 'leg-left',
    at,
    outcome,
  })

  it('goes on while the next one rings, and has ended when the last has left', () => {
    const first = [rings('21', 1_000), leaves('21', 16_000, 'missed')]
    expect(callFrom(known(first))).toMatchObject({ state: 'ended', outcome: 'missed', endedAt: 16_000 })
    const next = [...first, rings('22', 15_990)]
    expect(callFrom(known(next)).state).toBe('ringing')
    const whole = [...next, leaves('22', 90_000, 'answered')]
    expect(callFrom(known(whole))).toMatchObject({ state: 'ended', outcome: 'answered', endedAt: 90_000 })
  })
})

describe('the fold of a call', () => {
  it('PD-4 gives the same call for any order and any repetition of its events', () => {
    fc.assert(
      fc.property(
        events.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
          ),
        ),
        ([list, shuffled]) => {
          expect(known(shuffled)).toEqual(known(list))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('PD-4 can go on from what is known as if it had seen all events together', () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const together = known([...a, ...b, ...c])
        expect(join(join(known(a), known(b)), known(c))).toEqual(together)
        expect(join(known(a), join(known(c), known(b)))).toEqual(together)
        expect(JSON.parse(JSON.stringify(together))).toEqual(together)
      }),
      { numRuns: 300 },
    )
  })

  it('makes a valid call of every subset, which further events only refine', () => {
    fc.assert(
      fc.property(events, events, (some, more) => {
        const before = callFrom(known(some))
        const after = callFrom(known([...some, ...more]))
        for (const call of [before, after]) {
          expect(call.startedAt).toBeLessThanOrEqual(call.answeredAt ?? call.startedAt)
          if (call.endedAt !== undefined)
            expect(call.answeredAt ?? call.startedAt).toBeLessThanOrEqual(call.endedAt)
          expect(call.state === 'ended').toBe(call.endedAt !== undefined)
          expect(call.state === 'ended').toBe(call.outcome !== undefined)
        }
        // Where legs are told of by themselves alone, another one may begin after the last that was known.
        const endTold = known(some).end !== undefined
        if (endTold || before.state !== 'ended')
          expect(stateRank[after.state]).toBeGreaterThanOrEqual(stateRank[before.state])
        // So it is where only silence told the end: another one that rings takes the end back that the last one's leaving was.
        const endHeard = (known(some).end?.stage ?? 0) > 0
        if (endHeard && before.state === 'ended' && !before.endUnknown) expect(after.endUnknown).toBe(false)
        for (const fact of ['direction', 'from', 'to', 'answeredBy'] as const) {
          if (before[fact] !== undefined) expect(after[fact]).toBeDefined()
        }
        const legsAfter = new Set(after.legs.map((one) => one.id))
        for (const one of before.legs) expect(legsAfter).toContain(one.id)
      }),
      { numRuns: 500 },
    )
  })

  const ring: CallEvent = {
    call: 'c1',
    key: 'r',
    at: 5_000,
    kind: 'leg-ringing',
    leg: { id: 'L1', party: extension('21'), role: 'callee' },
    facts: {
      direction: 'inbound',
      from: number('+420777111222'),
      to: number('+420222333444'),
      startedAt: 1_000,
    },
  }
  const silent: CallEvent = { call: 'c1', key: 's', at: 605_000, kind: 'silent-too-long', facts: {} }
  const hungUp: CallEvent = {
    call: 'c1',
    key: 'e',
    at: 30_000,
    kind: 'ended',
    outcome: 'answered',
    talkSeconds: 20,
    facts: {},
  }

  it('says "end unknown" for a call that fell silent, until the hang-up comes after all', () => {
    expect(callFrom(known([ring, silent]))).toMatchObject({
      state: 'ended',
      endUnknown: true,
      outcome: 'missed',
      endedAt: 605_000,
    })
    expect(callFrom(known([ring, silent, hungUp]))).toMatchObject({
      state: 'ended',
      endUnknown: false,
      outcome: 'answered',
      endedAt: 30_000,
      talkSeconds: 20,
      answeredAt: 10_000,
    })
  })

  it('is one call however many phones rang', () => {
    const other: CallEvent = {
      ...ring,
      key: 'r2',
      at: 5_000,
      leg: { id: 'L2', party: extension('22'), role: 'callee' },
    } as CallEvent
    expect(extensionsOf(callFrom(known([other, ring])))).toEqual(['21', '22'])
    expect(remoteParty(callFrom(known([other, ring])))).toEqual(number('+420777111222'))
  })

  it('leaves internal, blocked and never set-up calls out of the CRM', () => {
    const end = (facts: CallEvent['facts'], result: 'answered' | 'blocked' | 'not-set-up'): CallEvent =>
      ({ ...hungUp, outcome: result, facts }) as CallEvent
    expect(leftOutBecause(callFrom(knowledgeOf(end({ direction: 'internal' }, 'answered'))))).toBe('internal')
    expect(leftOutBecause(callFrom(knowledgeOf(end({ direction: 'inbound' }, 'blocked'))))).toBe('blocked')
    expect(leftOutBecause(callFrom(knowledgeOf(end({ direction: 'outbound' }, 'not-set-up'))))).toBe(
      'not-set-up',
    )
    expect(leftOutBecause(callFrom(knowledgeOf(end({ direction: 'inbound' }, 'answered'))))).toBeUndefined()
  })
})
