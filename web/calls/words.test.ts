import { describe, expect, it } from 'vitest'
import { aCall, adasNumber, anExtension } from './fixture.ts'
import { ourSide } from './words.ts'

describe('who of us a call is with', () => {
  it('is whoever called, where the other side answered', () => {
    const call = aCall({
      direction: 'outbound',
      state: 'answered',
      answeredBy: adasNumber.shown,
      legs: [{ party: anExtension('21'), user: 'Anna Nováková', role: 'caller' }],
    })
    expect(ourSide(call, (key) => key)).toBe('Anna Nováková')
    expect(ourSide(aCall({ answeredBy: 'Boris Král' }), (key) => key)).toBe('Boris Král')
  })
})
