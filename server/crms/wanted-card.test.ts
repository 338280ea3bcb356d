import { describe, expect, it } from 'vitest'
import type { CallEvent } from '../calls/event.ts'
import { callFrom, knowledgeFrom } from '../calls/fold.ts'
import { wantedAt } from './wanted-card.ts'

type Told = CallEvent extends infer One
  ? One extends CallEvent
    ? Omit<One, 'call' | 'key' | 'facts'>
    : never
  : never

const ada = { kind: 'e164', e164: '+442079460123', country: undefined } as CallEvent['facts']['from']
const extension = (digits: string) => ({ kind: 'extension', digits }) as const
const leg = (digits: string) => ({ id: digits, party: extension(digits), role: 'callee' }) as const

/** The card of an inbound call of which this was told, however it was ordered. */
function cardAfter(told: Told[], facts: CallEvent['facts'] = {}): string[] {
  const events = told.map((one) => ({
    ...one,
    call: 'one',
    key: `${one.kind} ${one.at}`,
    facts: { direction: 'inbound', from: ada, ...facts },
  })) as CallEvent[]
  const [forwards, backwards] = [events, events.toReversed()].map((some) => {
    const known = knowledgeFrom(some)
    return known ? wantedAt(callFrom(known)) : []
  })
  expect(backwards).toEqual(forwards)
  return forwards ?? []
}

const rings = (digits: string, at = 1): Told => ({ kind: 'leg-ringing', leg: leg(digits), at })
const joins = (digits: string, at: number): Told => ({ kind: 'leg-joined', leg: leg(digits), at })
const leaves = (digits: string, at: number): Told => ({ kind: 'leg-left', leg: leg(digits), at })
const answered = (at: number): Told => ({ kind: 'answered', at })

describe('BX-2 the card of a call is open', () => {
  it('at everybody whom it rings', () => {
    expect(cardAfter([rings('21'), rings('22')])).toEqual(['21', '22'])
  })

  it('only at the one who answered', () => {
    expect(cardAfter([rings('21'), rings('22'), joins('22', 5), answered(5)])).toEqual(['22'])
  })

  it('after a transfer at the one who has the call now', () => {
    const told = [rings('21'), joins('21', 5), answered(5), rings('22', 9)]
    expect(cardAfter(told)).toEqual(['21', '22'])
    expect(cardAfter([...told, joins('22', 12), leaves('21', 12)])).toEqual(['22'])
  })

  it('at everybody whom it rang where nobody tells who answered', () => {
    expect(cardAfter([rings('21'), rings('22'), answered(5)])).toEqual(['21', '22'])
  })

  it('nowhere once it has ended, nor for colleagues who call each other', () => {
    expect(cardAfter([rings('21'), { kind: 'ended', outcome: 'missed', at: 9 }])).toEqual([])
    expect(cardAfter([rings('21')], { direction: 'internal', from: extension('22') })).toEqual([])
  })
})
