import { describe, expect, it } from 'vitest'
import { aCall, aLog, aMatch } from './fixture.ts'
import { fits } from './journal-query.ts'

const ended = { state: 'ended', outcome: 'answered' } as const

describe('the journal shows', () => {
  it('missed calls when asked for them, and only those that came in', () => {
    expect(fits(aCall({ state: 'ended', outcome: 'missed' }), { state: 'missed' })).toBe(true)
    expect(
      fits(aCall({ state: 'ended', outcome: 'missed', direction: 'outbound' }), { state: 'missed' }),
    ).toBe(false)
    expect(fits(aCall(ended), { state: 'missed' })).toBe(false)
  })
  it('calls that wait to be written, also while they are being sent', () => {
    expect(fits(aCall({ ...ended, log: aLog({ state: 'sending' }) }), { state: 'waiting' })).toBe(true)
    expect(fits(aCall({ ...ended, log: aLog({ state: 'written' }) }), { state: 'waiting' })).toBe(false)
  })
  it('a person whatever the accents and case', () => {
    const call = aCall({ matches: [aMatch({ name: 'Božena Němcová' })] })
    expect(fits(call, { q: 'nemcova boz' })).toBe(true)
    expect(fits(call, { q: 'nemcova karel' })).toBe(false)
  })
  it('a number however it is typed', () => {
    expect(fits(aCall(), { q: '+44 20 7946' })).toBe(true)
    expect(fits(aCall(), { q: '(020) 79' })).toBe(true)
    expect(fits(aCall(), { q: '999' })).toBe(false)
  })
  it('no call by a name the viewer may not see', () => {
    const call = aCall({ matches: [aMatch({ hidden: true })] })
    expect(fits(call, { q: 'ada' })).toBe(false)
  })
})
