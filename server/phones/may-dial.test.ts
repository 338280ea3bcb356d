import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CountryCode } from '../contacts/numbers.ts'
import { type DialRefusal, mayDial } from './may-dial.ts'

const extensions = new Set(['21', '22', '9112', '112', '00112', '12345678'])
const said = (given: string, country: CountryCode = 'CZ', of: ReadonlySet<string> = extensions) => {
  const verdict = mayDial(given, { numbers: { country }, extensions: of })
  return verdict.may ? verdict.dial : verdict.why
}

const helpIn: [CountryCode, string[]][] = [
  ['CZ', ['112', '150', '155', '156', '158', '911', '999']],
  ['DE', ['112', '110', '911', '999']],
  ['GB', ['999', '112', '911']],
  ['US', ['911', '112', '999']],
  ['FR', ['15', '17', '18', '112', '115', '119']],
  ['AU', ['000', '106', '112']],
  ['ZA', ['10111', '10177', '112']],
  ['NL', ['112', '911', '999']],
]

describe('click-to-call', () => {
  it.for(helpIn)('PD-6 never dials for help: %s', ([country, numbers]) => {
    const spell = fc.record({
      number: fc.constantFrom(...numbers),
      front: fc.constantFrom('', '0', '00', '9', '9,', '0 0', '+', '00 ', 'tel:', 'sip:', '9 0'),
      between: fc.constantFrom('', ' ', '-', '.', '/', '\u00a0', '\u200b', ' - '),
      behind: fc.constantFrom('', ' ', '#', '*', ',,123456', ';5', 'w9', ' ext 7', '@pbx.example', '\u200f'),
      digits: fc.constantFrom('latin', 'arabic', 'wide'),
    })
    fc.assert(
      fc.property(spell, ({ number, front, between, behind, digits }) => {
        const shift = { latin: 0x30, arabic: 0x660, wide: 0xff10 }[digits]
        const spelt = [...number].map((digit) => String.fromCodePoint(shift + Number(digit))).join(between)
        expect(said(front + spelt + behind, country, new Set(numbers))).toBe('emergency')
      }),
      { numRuns: 500 },
    )
  })

  it.for<[string, CountryCode?]>([
    ['+420112'],
    ['00420 112'],
    ['420 158'],
    ['+420 (0)155'],
    ['0112'],
    ['00112'],
    ['000112'],
    ['9911', 'US'],
    ['011 911', 'US'],
    ['+1 911'],
    ['+44 999'],
    ['+49 110'],
    ['+49 0110'],
    // The networks need not wait for the digits behind.
    ['112123456'],
    ['+420 155 123 456'],
    ['150000000'],
  ])('PD-6 knows a number for help behind what is dialled in front: %s', ([given, country]) => {
    expect(said(given, country)).toBe('emergency')
  })

  it.for<[string, DialRefusal]>([
    ['*21#', 'service-code'],
    ['*21*777111222#', 'service-code'],
    ['#31#777111222', 'service-code'],
    ['**04*0000#', 'service-code'],
    ['777111222#', 'service-code'],
    ['1188', 'short-number'],
    ['118118', 'short-number'],
    ['116117', 'short-number'],
    ['14112', 'short-number'],
    ['23', 'short-number'],
    ['2', 'short-number'],
    ['+4202', 'short-number'],
    ['900 123 456', 'premium'],
    ['+420 906 123 456', 'premium'],
    ['+49 900 1123456', 'premium'],
    ['+49 900 112345699', 'premium'],
    ['+49 180 1234567', 'premium'],
    ['+44 9098790123', 'premium'],
    ['+44 843 123 4567', 'premium'],
    ['+1 900 555 1234', 'premium'],
    ['+33 899 70 00 00', 'premium'],
    ['+870 773 123 456', 'satellite'],
    ['+881 612 345 678', 'satellite'],
    ['00882 16 123456', 'satellite'],
    ['+883 510 123456789', 'satellite'],
    ['+878 10 1234567890', 'satellite'],
    ['+979 1 2345 6789', 'satellite'],
    ['+808 1234 5678', 'satellite'],
    ['', 'malformed'],
    ['+', 'malformed'],
    ['Ada', 'malformed'],
    ['withheld', 'malformed'],
    ['+999123456789', 'malformed'],
    ['1234567890123456789', 'malformed'],
    ['7'.repeat(5_000), 'malformed'],
  ])('PD-6 refuses %s as %s', ([given, why]) => {
    expect(said(given)).toBe(why)
  })

  it.for([
    ['+420777111222', '+420777111222'],
    ['777 111 222', '+420777111222'],
    ['00420 777 111 222', '+420777111222'],
    ['tel. 601/000 101', '+420601000101'],
    ['+44 (0)20 7946 0123', '+442079460123'],
    ['(202) 555-0143', 'malformed'],
    ['+1 202 555 0143', '+12025550143'],
    ['+49 30 23125 001', '+493023125001'],
    ['+800 1234 5678', '+80012345678'],
    ['+86 139 1234 5678', '+8613912345678'],
    ['+880 171 2345678', '+8801712345678'],
    ['+886 2 1234 5678', '+886212345678'],
    ['+41 58 123 45 67', '+41581234567'],
    ['+44 300 123 4567', '+443001234567'],
    ['+222 22 12 34 56', '+22222123456'],
  ])('PD-6 reads %s as %s', ([given, dialled]) => {
    expect(said(given ?? '')).toBe(dialled)
  })

  it('PD-6 dials a colleague’s extension, whatever it looks like, and nobody’s number for help', () => {
    expect(said('21')).toBe('21')
    expect(said(' 22 ')).toBe('22')
    expect(said('9112')).toBe('9112')
    expect(said('12345678')).toBe('12345678')
    expect(said('112')).toBe('emergency')
  })

  it('PD-6 dials nothing but digits with a plus, or an extension, whatever is given', () => {
    const piece = fc.constantFrom(
      '+',
      '0',
      '00',
      '9',
      '1',
      '420',
      '777',
      '112',
      ' ',
      '#',
      '*',
      '"',
      '\r\n',
      '{{',
      ',',
    )
    const anything = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (given) => {
        const verdict = mayDial(given, { numbers: { country: 'CZ' }, extensions })
        if (!verdict.may) return
        expect(verdict.dial).toMatch(extensions.has(verdict.dial) ? /^\d{2,8}$/ : /^\+[1-9]\d{6,14}$/)
        // What we dial would be let through again: our own spelling means to us what it meant.
        expect(said(verdict.dial)).toBe(verdict.dial)
      }),
      { numRuns: 2_000 },
    )
  })
})
