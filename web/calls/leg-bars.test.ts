import { describe, expect, it } from 'vitest'
import { aCall, adasNumber, anExtension } from './fixture.ts'
import { legBars } from './leg-bars.ts'

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 9, 15, second)).toISOString()

describe('the timeline of a call', () => {
  const call = aCall({
    state: 'ended',
    startedAt: at(0),
    endedAt: at(40),
    legs: [
      { party: anExtension('22'), role: 'callee', ringingAt: at(6), joinedAt: at(10), leftAt: at(30) },
      { party: anExtension('21'), role: 'callee', ringingAt: at(4), leftAt: at(10) },
      { party: anExtension('22'), role: 'callee', ringingAt: at(5), leftAt: at(10) },
      { party: anExtension('30'), role: 'transferee', ringingAt: at(28), joinedAt: at(30), leftAt: at(40) },
      { party: adasNumber, role: 'caller', joinedAt: at(0), leftAt: at(40) },
    ],
  })

  it('begins with the caller, then goes by who rang first, one line for an extension with two telephones', () => {
    expect(legBars(call, 0).map((bar) => bar.leg.party.shown)).toEqual(['020 7946 0123', '21', '22', '30'])
  })
  it('says how long each rang and talked, and where in the call', () => {
    const [, , answered] = legBars(call, 0)
    expect(answered).toMatchObject({
      ringSeconds: 4,
      talkSeconds: 20,
      ring: { from: 6 / 40, to: 10 / 40 },
      talk: { from: 10 / 40, to: 30 / 40 },
    })
  })
  it('grows while the call goes on', () => {
    const live = aCall({
      startedAt: at(0),
      legs: [{ party: anExtension('21'), role: 'callee', ringingAt: at(10) }],
    })
    expect(legBars(live, Date.parse(at(20)))[0]).toMatchObject({
      ringSeconds: 10,
      ring: { from: 0.5, to: 1 },
    })
  })
})
