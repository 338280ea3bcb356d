import { describe, expect, it } from 'vitest'
import type { NumberContext, PhoneNumber } from './numbers.ts'
import { parseReported } from './numbers.ts'

const germany: NumberContext = { country: 'DE' }
const czechia: NumberContext = { country: 'CZ' }

/** What a phone system said, in one word: the number, or the kind and its digits. */
function read(raw: string | null | undefined, context: NumberContext): string {
  const number: PhoneNumber = parseReported(raw, context)
  if (number.kind === 'e164') return number.e164 + (number.extension ? ` ext ${number.extension}` : '')
  return 'digits' in number ? `${number.kind} ${number.digits}` : number.kind
}

describe('a caller without a number', () => {
  it.each([
    undefined,
    null,
    '',
    ' ',
    '-',
    '+',
    'anonymous',
    'Anonymous',
    'ANONYM',
    'unknown',
    '<unknown>',
    'Unknown',
    'restricted',
    'Private',
    'withheld',
    'unavailable',
    'Unterdrückt',
    'skryté',
    'No Caller ID',
    'null',
    'n/a',
    '+266696687',
    '000000',
    '"Anonymous"',
    'sip:anonymous@anonymous.invalid',
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    '\u200eanonymous',
  ])('is withheld: %s', (raw) => {
    expect(read(raw, germany)).toBe('withheld')
  })

  it('stays withheld if the phone system leaks the number beside the wish', () => {
    expect(read('"Anonymous" <sip:+4930123456@pbx.example>', germany)).toBe('withheld')
    expect(read('sip:+4930123456@anonymous.invalid', germany)).toBe('withheld')
  })

  it('is not meant where only the name is unknown', () => {
    expect(read('"Unknown" <+4930123456>', germany)).toBe('+4930123456')
  })
})

describe('an inner number', () => {
  it.each(['2', '21', '200', '12345', 'sip:200@pbx.example', '"Ada" <sip:200@pbx.example>'])(
    'is an extension: %s',
    (raw) => {
      expect(read(raw, germany)).toMatch(/^extension \d{1,5}$/)
    },
  )

  it('may be as long as the phone system says', () => {
    expect(read('123456', germany)).toBe('malformed')
    expect(read('123456', { ...germany, longestExtension: 6 })).toBe('extension 123456')
    expect(read('2001', { ...germany, longestExtension: 3 })).toBe('malformed')
  })

  it.each([
    ['112', 'short 112'],
    ['110', 'short 110'],
    ['11880', 'short 11880'],
    ['116117', 'short 116117'],
    ['*21#', 'short *21#'],
    ['*21*030123456#', 'short *21*030123456#'],
    ['+112', 'short 112'],
    ['0', 'short 0'],
  ])('is a short code: %s', (raw, expected) => {
    expect(read(raw, germany)).toBe(expected)
  })

  it('is an emergency number only where it is one', () => {
    expect(read('150', czechia)).toBe('short 150')
    expect(read('150', germany)).toBe('extension 150')
    expect(read('999', { country: 'GB' })).toBe('short 999')
    expect(read('911', { country: 'US' })).toBe('short 911')
  })

  it('is a short code also behind the prefix for an outside line', () => {
    expect(read('0112', { ...germany, exitPrefix: '0' })).toBe('short 112')
    expect(read('9999', { country: 'GB', exitPrefix: '9' })).toBe('short 999')
    expect(read('0112', { ...czechia, trunkPrefix: '0' })).toBe('short 112')
  })
})

describe('an outside number', () => {
  it.each([
    ['022129191999', '+4922129191999'],
    ['+4922129191999', '+4922129191999'],
    ['004922129191999', '+4922129191999'],
    ['4922129191999', '+4922129191999'],
    ['22129191999', '+4922129191999'],
    ['+49 (221) 29191-999', '+4922129191999'],
    ['420777111222', '+420777111222'],
    ['12025550123', '+12025550123'],
    ['00420777111222', '+420777111222'],
    ['sip:+4930123456@pbx.example;user=phone', '+4930123456'],
    ['sip:030123456@pbx.example', '+4930123456'],
    ['sip:%2B4930123456@pbx.example', '+4930123456'],
    ['"Ada" <+420777111222>', '+420777111222'],
    ['tel:+49-30-123456;ext=21', '+4930123456 ext 21'],
    ['tel:7042;phone-context=+4930', '+49307042'],
  ])('is read in whatever form a German system reports it: %s', (raw, expected) => {
    expect(read(raw, germany)).toBe(expected)
  })

  it.each([
    ['777111222', '+420777111222'],
    ['420777111222', '+420777111222'],
    ['00420777111222', '+420777111222'],
    ['+421905123456', '+421905123456'],
    ['00493012345', '+493012345'],
  ])('is read in whatever form a Czech system reports it: %s', (raw, expected) => {
    expect(read(raw, czechia)).toBe(expected)
  })

  it('is read without the prefix that people dial for an outside line', () => {
    const context: NumberContext = { ...germany, exitPrefix: '0' }
    expect(read('0030123456', context)).toBe('+4930123456')
    expect(read('030123456', context)).toBe('+4930123456')
    expect(read('000420777111222', context)).toBe('+420777111222')
    expect(read('00420777111222', context)).toBe('+420777111222')
    const american: NumberContext = { country: 'US', exitPrefix: '9' }
    expect(read('912025550123', american)).toBe('+12025550123')
    expect(read('9011442079460123', american)).toBe('+442079460123')
    expect(read('0777111222', { ...czechia, exitPrefix: '0' })).toBe('+420777111222')
  })

  it('is Kiel and not Vienna for a system known to put 0 before every outside number', () => {
    expect(read('00431234567', { ...germany, trunkPrefix: '0' })).toBe('+49431234567')
    expect(read('00431234567', germany)).toBe('+431234567')
    expect(read('000431234567', { ...germany, trunkPrefix: '0' })).toBe('+431234567')
    expect(read('0049301234567', { ...germany, trunkPrefix: '0' })).toBe('+49301234567')
  })

  it('carries its present form after a change of plan', () => {
    expect(read('+5215512345678', { country: 'MX' })).toBe('+525512345678')
    expect(read('+551181234567', { country: 'BR' })).toBe('+5511981234567')
  })

  it('names the country of the line, also for ranges that no plan lists yet', () => {
    expect(parseReported('+420777111222', germany)).toEqual({
      kind: 'e164',
      e164: '+420777111222',
      country: 'CZ',
    })
    expect(parseReported('07700900123', { country: 'GB' })).toEqual({
      kind: 'e164',
      e164: '+447700900123',
      country: 'GB',
    })
    expect(parseReported('+80012345678', germany)).toEqual({
      kind: 'e164',
      e164: '+80012345678',
      country: undefined,
    })
  })

  it.each([
    '7777123456@fpbx.de',
    'SIP/200-0001',
    'Local/200@from-internal',
    'Ada',
    '+1',
    '+49',
    '+999123456789',
    '9'.repeat(20),
    '1234567',
    `+4930${'1'.repeat(10_000)}`,
    '01',
  ])('carries nothing if it cannot be read: %s', (raw) => {
    expect(parseReported(raw, germany)).toEqual({ kind: 'malformed' })
  })
})
