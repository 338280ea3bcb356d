import fc from 'fast-check'
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { howOften } from '../../testing/how-often.ts'
import { keysOfTyped, keysToLookUp, type Match, matchKeys, parseReported, splitTyped } from './numbers.ts'
import { type Spelling, spellings } from './spellings.ts'

const countries = getCountries()

/** Does a call from this number find the person under whose name the field was typed? */
function find({ caller, organization, typed }: Omit<Spelling, 'expected'>): Match {
  const context = { country: organization }
  const number = parseReported(caller, context)
  if (number.kind !== 'e164') throw new Error(`${caller} was not read`)
  const asked = keysToLookUp(number, context)
  const matches = splitTyped(typed).map((text) => matchKeys(keysOfTyped(text, context), asked))
  return matches.find((match) => match === 'exact') ?? matches.find((match) => match === 'maybe') ?? 'none'
}

describe('a number in an address book', () => {
  it('is taken apart alike, whether there is anything to clean in it or not', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789+ ().-'), maxLength: 300 })
    fc.assert(
      fc.property(typed, (text) => {
        expect(splitTyped(text)).toEqual(splitTyped(`${text}\u200b`))
      }),
      { numRuns: 1_000 },
    )
  })

  const byCaller = Map.groupBy(spellings, (spelling) => spelling.caller)

  it.each([...byCaller])('PD-3 finds a number however it was typed: %s', (_caller, typed) => {
    const found = typed.map((spelling) => ({ ...spelling, expected: find(spelling) }))
    expect(found).toEqual(typed)
  })

  it('is tried in enough spellings and countries', () => {
    expect(spellings.length).toBeGreaterThanOrEqual(220)
    expect(new Set(spellings.map((one) => one.organization)).size).toBeGreaterThanOrEqual(32)
    for (const expected of ['exact', 'maybe', 'none']) {
      expect(spellings.filter((one) => one.expected === expected).length).toBeGreaterThan(60)
    }
  })

  it('has no keys when it is a note, an extension, a short code or a placeholder', () => {
    const texts = [
      '',
      ' ',
      'n/a',
      '-',
      '+',
      '0',
      'Ada',
      '21',
      'ext 21',
      '112',
      '116117',
      '11880',
      '*21#',
      '000000000',
      '1'.repeat(10_000),
    ]
    for (const text of texts) {
      expect([text, keysOfTyped(text, { country: 'DE' })]).toEqual([
        text,
        { exact: undefined, typed: undefined },
      ])
    }
  })

  it('keeps no nationally typed digits when it names its country', () => {
    const texts = [
      '+49 30 123456',
      '0049 30 123456',
      '+49 (0)30 123456',
      '49 (0)30 123456',
      'tel:+49-30-123456',
      '+999 030 123456',
    ]
    for (const text of texts)
      expect([text, keysOfTyped(text, { country: 'CZ' }).typed]).toEqual([text, undefined])
  })

  it('is read behind the prefix for an outside line', () => {
    const context = { country: 'DE' as const, exitPrefix: '0' }
    expect(keysOfTyped('0-0049 30 123456', context).exact).toBe('+4930123456')
    expect(keysOfTyped('0 030/123456', context).exact).toBe('+4930123456')
  })
})

describe('any number of any country', () => {
  /** A valid number made from the example of a country by changing its last digits. */
  const anyNumber = fc
    .tuple(fc.constantFrom(...countries), fc.array(fc.nat(9), { maxLength: 6 }))
    .map(([country, tail]) => {
      const example = getExampleNumber(country, examples)?.number ?? ''
      return parsePhoneNumberFromString(example.slice(0, example.length - tail.length) + tail.join(''), {
        extract: false,
      })
    })
    .filter((number) => number?.isValid() === true && number.country !== undefined)
    .map((number) => {
      if (!number?.country) throw new Error('unreachable: filtered above')
      return { number, country: number.country, e164: number.number }
    })
  const anywhere = fc.constantFrom(...countries)
  const separators = fc.array(
    fc.constantFrom('', '', ' ', '-', '.', '\u00a0', '\u2009', '\u2011', '\u200e', '  '),
    {
      minLength: 16,
      maxLength: 16,
    },
  )
  const runs = { numRuns: howOften(700, 10_000) }

  it('PD-3 finds a number however it was typed: nationally, in its own country', () => {
    fc.assert(
      fc.property(anyNumber, ({ number, country, e164 }) => {
        const typed = number.formatNational()
        expect(find({ caller: e164, organization: country, typed })).toBe('exact')
      }),
      runs,
    )
  })

  it('PD-3 finds a number however it was typed: internationally, in any country', () => {
    fc.assert(
      fc.property(anyNumber, anywhere, ({ number, e164 }, organization) => {
        expect(find({ caller: e164, organization, typed: number.formatInternational() })).toBe('exact')
        expect(find({ caller: e164, organization, typed: number.getURI() })).toBe('exact')
        expect(find({ caller: e164, organization, typed: e164 })).toBe('exact')
      }),
      runs,
    )
  })

  it('PD-3 finds a number however it was typed: with any separators', () => {
    fc.assert(
      fc.property(anyNumber, anywhere, separators, ({ e164 }, organization, between) => {
        const typed = [...e164].map((sign, index) => sign + (between[index] ?? '')).join('')
        expect(find({ caller: e164, organization, typed })).toBe('exact')
      }),
      runs,
    )
  })

  it('PD-3 finds a number however it was typed: nationally, in another country, at least as a maybe', () => {
    fc.assert(
      fc.property(anyNumber, anywhere, ({ number, e164 }, organization) => {
        fc.pre(number.nationalNumber.length > 6 && !/^0*(\d)\1*$/.test(number.nationalNumber))
        const typed = number.formatNational()
        expect([typed, find({ caller: e164, organization, typed })]).not.toEqual([typed, 'none'])
      }),
      runs,
    )
  })

  it('is never found under a text that names another country', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anywhere, (one, other, organization) => {
        fc.pre(one.e164 !== other.e164)
        expect(find({ caller: one.e164, organization, typed: other.number.formatInternational() })).toBe(
          'none',
        )
      }),
      runs,
    )
  })

  it('shares its exact key with no other number', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anywhere, (one, other, country) => {
        const keys = [one, other].map(({ e164 }) => keysOfTyped(e164, { country }).exact)
        expect(keys[0] === keys[1]).toBe(one.e164 === other.e164)
        expect(keys).toEqual([one.e164, other.e164])
      }),
      runs,
    )
  })
})

describe('any text at all', () => {
  const piece = fc.constantFrom(
    '+',
    '00',
    '(0)',
    '/',
    ' / ',
    '-',
    ';ext=',
    'x',
    ',',
    '١٢',
    '７',
    ' ',
    '\n',
    'tel:',
    'sip:',
    '@',
    '<',
    '"',
    '420',
    '*',
    '#',
  )
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.oneof(piece, fc.nat().map(String)), { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc
      .tuple(fc.oneof(piece, fc.string({ minLength: 1, maxLength: 3 })), fc.constant(10_000))
      .map(([text, times]) => text.repeat(times)),
  )
  const context = fc.record(
    {
      country: fc.oneof(fc.constantFrom(...countries), fc.constant('XX' as CountryCode)),
      trunkPrefix: fc.constantFrom('', '0', '9'),
      exitPrefix: fc.constantFrom('', '0', '9'),
      internationalPrefix: fc.constantFrom('', '00', '011'),
      longestExtension: fc.nat(7),
    },
    { requiredKeys: ['country'] },
  )

  it('is read without an error, and whatever is read is a number in E.164', () => {
    fc.assert(
      fc.property(anyText, context, (text, organization) => {
        const reported = parseReported(text, organization)
        if (reported.kind === 'e164') expect(reported.e164).toMatch(/^\+[1-9]\d{1,14}$/)
        for (const one of [text, ...splitTyped(text)]) {
          const { exact, typed } = keysOfTyped(one, organization)
          expect(exact ?? '+49').toMatch(/^\+[1-9]\d{1,14}$/)
          expect(typed ?? '123456').toMatch(/^\+?\d{6,20}$/)
        }
      }),
      { numRuns: howOften(1_000, 10_000) },
    )
  })

  it('yields keys to look up only if it is a number in E.164', () => {
    fc.assert(
      fc.property(anyText, context, (text, organization) => {
        const reported = parseReported(text, organization)
        if (reported.kind !== 'e164') {
          expect(reported).not.toHaveProperty('e164')
          return
        }
        const asked = keysToLookUp(reported, organization)
        expect(asked.typed.every((key) => key === reported.e164 || /^\d{6,20}$/.test(key))).toBe(true)
        expect(new Set(asked.typed).size).toBe(asked.typed.length)
        expect(asked.typed.length).toBeLessThanOrEqual(40)
      }),
      { numRuns: howOften(1_000, 10_000) },
    )
  })
})
