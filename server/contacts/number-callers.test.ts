import { describe, expect, it } from 'vitest'
import { callersOf } from './number-callers.ts'
import { spellings } from './spellings.ts'

/** Ways of writing that drop or add digits in the middle, or name a neighbour: see ways-to-write.ts. */
const particular = ['+5491123456789', '+5511912345678', '+442890123456', '+6561234567']

describe('the callers of a typed number', () => {
  it('hold every number that finds it, however it was typed', () => {
    const found = spellings.filter(
      ({ expected, caller }) => expected !== 'none' && !particular.includes(caller),
    )
    const missed = found.filter(
      ({ caller, organization, typed }) => !callersOf(typed, { country: organization }).includes(caller),
    )
    expect(missed.map(({ caller, organization, typed }) => `${organization} ${caller}: ${typed}`)).toEqual([])
    expect(found.length).toBeGreaterThan(180)
  })

  it('are one where the text names its country, and a bounded many where it does not', () => {
    expect(callersOf('+420 777 111 222', { country: 'DE' })).toEqual(['+420777111222'])
    expect(callersOf('0777 111 222', { country: 'SK' }).length).toBeLessThan(1_000)
    expect(callersOf('call after five', { country: 'SK' })).toEqual([])
  })
})
