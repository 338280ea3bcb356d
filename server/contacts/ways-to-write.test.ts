import { describe, expect, it } from 'vitest'
import { saysEnough, waysToWrite } from './ways-to-write.ts'

const ways = (e164: string) => waysToWrite(e164.slice(1), { country: 'DE' })

describe('a number written without its country', () => {
  it.each([
    ['+4930123456', '030123456'],
    ['+36301234567', '06301234567'],
    ['+74951234567', '84951234567'],
    ['+12025550123', '12025550123'],
    ['+37061234567', '861234567'],
    ['+37061234567', '061234567'],
    ['+380501234567', '80501234567'],
    ['+5491123456789', '0111523456789'],
    ['+525512345678', '0445512345678'],
    ['+5511912345678', '015'.concat('11912345678')],
    ['+5511912345678', '1112345678'],
    ['+390612345678', '0612345678'],
    ['+390612345678', '612345678'],
    ['+420777111222', '0777111222'],
    ['+442079460123', '442079460123'],
  ])('%s may read %s', (e164, written) => {
    expect(ways(e164)).toContain(written)
  })

  it.each(['+4530123456', '+4722123456', '+6561234567', '+85221234567', '+3545812345', '+352621123456'])(
    '%s has no trunk prefix and never begins with 0',
    (e164) => {
      expect(ways(e164).filter((way) => way.startsWith('0'))).toEqual([])
    },
  )

  it('is not looked for when fewer than six digits are left', () => {
    expect(ways('+68321234'.slice(0, 8))).toEqual(['6832123'])
    expect(saysEnough('012345')).toBe(false)
    expect(saysEnough('123456')).toBe(true)
    expect(saysEnough('0999999999')).toBe(false)
  })

  it('knows how neighbours and own colleagues dial', () => {
    expect(waysToWrite('442890123456', { country: 'IE' })).toContain('04890123456')
    expect(waysToWrite('6561234567', { country: 'MY' })).toContain('0261234567')
    expect(waysToWrite('4930123456', { country: 'DE', exitPrefix: '0' })).toContain('0030123456')
    expect(waysToWrite('4930123456', { country: 'CZ', exitPrefix: '0' })).not.toContain('0030123456')
  })
})
