import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
} from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/metadata.max.json'

/** Where the trunk prefix stands in a country's row (libphonenumber-js, METADATA.md). The library has no getter for it. */
const trunkPrefixColumn = 5

const countriesByCallingCode = new Map<string, CountryCode[]>()
for (const country of getCountries()) {
  const code = getCountryCallingCode(country)
  countriesByCallingCode.set(code, [...(countriesByCallingCode.get(code) ?? []), country])
}

/**
 * Trunk prefixes that people still write although the plan no longer has them, or has another, by calling code.
 *
 * Czechia dropped its 0 in 2002, Poland in 2009; Lithuania changed from 8 to 0; the states of the former Soviet plan wrote
 * 8 and then the new 0; Mexico dropped 01, 044, 045 and the mobile 1 in 2019; Colombia dialled 03 before mobiles until 2021.
 * Denmark, Norway, Singapore and others never had one and must not appear here.
 */
const formerTrunkPrefixes: Readonly<Record<string, readonly string[]>> = {
  '48': ['0'],
  '52': ['01', '044', '045', '1'],
  '57': ['03'],
  '370': ['8'],
  '374': ['8'],
  '375': ['80', '0'],
  '380': ['8', '80'],
  '420': ['0'],
  '992': ['8'],
  '993': ['80', '0'],
  '994': ['8'],
  '996': ['8'],
  '998': ['8', '0'],
}

/** The calling code at the front of international digits, for instance '49' of '4930123456'. */
export function callingCodeOf(internationalDigits: string): string | undefined {
  for (let length = 1; length <= 3; length++) {
    const code = internationalDigits.slice(0, length)
    if (countriesByCallingCode.has(code)) return code
  }
  return undefined
}

/** All regions that share a calling code; empty for codes that belong to no country. */
export function countriesOf(callingCode: string): readonly CountryCode[] {
  return countriesByCallingCode.get(callingCode) ?? []
}

/** A country's calling code, '420' for CZ; undefined for a country the library does not know. */
export function callingCodeIn(country: CountryCode): string | undefined {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : undefined
}

/** The trunk prefix in force in a country ('0', Hungary '06', Russia '8'), undefined where there is none. */
export function trunkPrefixIn(country: CountryCode): string | undefined {
  const prefix: unknown = metadata.countries[country]?.[trunkPrefixColumn]
  return typeof prefix === 'string' ? prefix : undefined
}

/** Every trunk prefix somebody may write before a number of this calling code, present and former. */
export function trunkPrefixesOf(callingCode: string): string[] {
  const present = countriesOf(callingCode).map(trunkPrefixIn)
  const former = formerTrunkPrefixes[callingCode] ?? []
  return [...new Set([...present, ...former].filter((prefix) => prefix !== undefined))]
}

const internationalPrefixes = new Map<CountryCode, RegExp>()

/** What this country dials before a calling code (00, 011, 810, 00 with a carrier), as a pattern at the start. */
export function internationalPrefixIn(country: CountryCode): RegExp | undefined {
  const known = internationalPrefixes.get(country)
  if (known || !isSupportedCountry(country)) return known
  const plan = new Metadata()
  plan.selectNumberingPlan(country)
  const pattern = new RegExp(`^(?:${plan.numberingPlan?.IDDPrefix() ?? '00'})`)
  internationalPrefixes.set(country, pattern)
  return pattern
}

/** Codes of several large countries, where an unknown range tells no country. */
const sharedByMany = new Set(['1', '7'])

/**
 * The country of a parsed number. A range the metadata does not know yet (or one reserved for fiction) of a shared code goes
 * to the country that leads it: +44 to Great Britain and not to Jersey, +39 to Italy.
 */
export function countryOf(number: {
  country?: CountryCode
  countryCallingCode: string
}): CountryCode | undefined {
  const { country, countryCallingCode: code } = number
  return country ?? (sharedByMany.has(code) ? undefined : metadata.country_calling_codes[code]?.[0])
}
