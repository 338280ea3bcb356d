import { describe, expect, it } from 'vitest'
import { describeNumber, type E164, formatForReader, parseE164 } from './numbers.ts'

function e164(text: string): E164 {
  const number = parseE164(text)
  if (!number) throw new Error(`${text} is not E.164`)
  return number
}

describe('a number on the screen', () => {
  it('is written nationally for readers of its own country, internationally for others', () => {
    expect(formatForReader(e164('+4930123456'), 'DE')).toBe('030 123456')
    expect(formatForReader(e164('+420777111222'), 'CZ')).toBe('777 111 222')
    expect(formatForReader(e164('+420777111222'), 'DE')).toBe('+420 777 111 222')
    expect(formatForReader(e164('+14165550123'), 'US')).toBe('+1 416 555 0123')
    expect(formatForReader(e164('+447700900123'), 'GB')).toBe('07700 900123')
    expect(formatForReader(e164('+80012345678'), 'DE')).toBe('+800 1234 5678')
  })

  it('tells its country and kind of line as far as the plan knows', () => {
    expect(describeNumber(e164('+4930123456'))).toEqual({ country: 'DE', type: 'fixed' })
    expect(describeNumber(e164('+420777111222'))).toEqual({ country: 'CZ', type: 'mobile' })
    expect(describeNumber(e164('+12025550123'))).toEqual({ country: 'US', type: 'fixed-or-mobile' })
    expect(describeNumber(e164('+80012345678'))).toEqual({ type: 'toll-free' })
    expect(describeNumber(e164('+15555550123'))).toEqual({})
  })

  it('is nothing but a plus and two to fifteen digits', () => {
    for (const text of ['+49 30', '4930123456', '+0123', '+1', '+1234567890123456', ''])
      expect(parseE164(text)).toBeUndefined()
    expect(parseE164('+4930123456')).toBe('+4930123456')
  })
})
