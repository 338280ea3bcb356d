import {
  type CountryCode,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import type { E164, NumberContext } from './number-context.ts'
import {
  callingCodeIn,
  callingCodeOf,
  countryOf,
  internationalPrefixIn,
  trunkPrefixesOf,
  trunkPrefixIn,
} from './number-plan.ts'

/** An outside number as it was understood. */
export interface Reading {
  e164: E164
  country: CountryCode | undefined
  /** Whether the text itself named the country, so that it cannot be a number of another one. */
  namesCountry: boolean
  /** False where the length fits but the range is not known: newly opened ranges, numbers reserved for fiction. */
  valid: boolean
}

/** Digits with what stood around them. */
export interface OutsideDigits {
  digits: string
  /** A plus stood in front: the digits begin with a calling code. */
  plus: boolean
  /** Who wrote them: a person who typed, or a phone system, which adds prefixes and drops the plus. */
  by: 'person' | 'system'
}

const fewest = 4
const most = 22
/** No plan known to drop its trunk prefix has longer national numbers; beyond it the first digits are a country code. */
const longestWithoutTrunk = 11

/** A text in strict E.164 form ("+", 2 to 15 digits, as we write it ourselves), undefined for anything else. */
export function parseE164(text: string): E164 | undefined {
  return /^\+[1-9]\d{1,14}$/.test(text) ? (text as E164) : undefined // the only cast: the shape was just tested
}

/**
 * Reads an outside number. First come the readings that the numbering plans confirm, from the surest to the boldest, then
 * those of which only the length fits.
 */
export function readOutside(given: OutsideDigits, context: NumberContext): Reading | undefined {
  const { digits, by } = given
  if (digits.length < fewest || digits.length > most) return undefined
  if (given.plus) return readInternational(digits)
  return (
    (by === 'system' ? behindTrunkPrefix(digits, context) : undefined) ??
    valid(behindInternationalPrefix(digits, context)) ??
    valid(readNational(digits, context.country)) ??
    behindExitPrefix(digits, context) ??
    behindForeignPrefix(digits) ??
    (by === 'system' ? withoutPlus(digits) : undefined) ??
    behindInternationalPrefix(digits, context) ??
    readNational(digits, context.country)
  )
}

/**
 * Reads the digits after a plus. A trunk prefix written after the calling code ("+44 020…", "+420 0777…") goes, and a number
 * of a plan that has since changed gets its present form.
 */
export function readInternational(digits: string): Reading | undefined {
  const first = reading(parsePhoneNumberFromString(`+${digits}`, { extract: false }), { namesCountry: true })
  if (first?.valid) return first
  const code = callingCodeOf(digits)
  if (code === undefined) return first
  const national = digits.slice(code.length)
  for (const changed of [
    ...withoutTrunk(code, national),
    ...withoutZero(code, national),
    ...renumbered(code, national),
  ]) {
    const found = valid(
      reading(parsePhoneNumberFromString(`+${code}${changed}`, { extract: false }), { namesCountry: true }),
    )
    if (found) return found
  }
  return first
}

/** Reads digits as they are written inside a country; undefined where not even the length fits. */
export function readNational(digits: string, country: CountryCode): Reading | undefined {
  const code = callingCodeIn(country)
  if (code === undefined) return undefined
  const trunk = trunkPrefixIn(country)
  const withTrunk = trunk !== undefined && digits.startsWith(trunk)
  if (trunk !== undefined && !withTrunk && digits.startsWith(code)) {
    // "4930123456": where a trunk prefix is usual and missing, the country code is the better reading than area code 04930
    const withCode = valid(readInternational(digits))
    if (withCode) return { ...withCode, namesCountry: false }
  }
  const plain = inPlan(digits, country, code)
  if (plain?.valid && !isForeignInDisguise(digits, { withTrunk, trunk, plain })) return plain
  for (const changed of [...withoutTrunk(code, digits), ...renumbered(code, digits)]) {
    const found = valid(inPlan(changed, country, code))
    if (found) return found
  }
  if (!plain || plain.valid || plain.e164.startsWith(`+${code}0`)) return undefined
  return withTrunk || trunk === undefined ? plain : undefined
}

function inPlan(digits: string, country: CountryCode, code: string): Reading | undefined {
  const parsed = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false })
  return parsed?.countryCallingCode === code ? reading(parsed, { namesCountry: false }) : undefined
}

function isForeignInDisguise(
  digits: string,
  { withTrunk, trunk, plain }: { withTrunk: boolean; trunk: string | undefined; plain: Reading },
): boolean {
  const bare = trunk !== undefined && !withTrunk && plain.e164.endsWith(digits)
  return bare && digits.length > longestWithoutTrunk && withoutPlus(digits) !== undefined
}

function reading(
  parsed: Parsed | undefined,
  { namesCountry }: { namesCountry: boolean },
): Reading | undefined {
  if (!parsed?.isPossible()) return undefined
  const e164 = parseE164(parsed.number)
  return e164 && { e164, country: countryOf(parsed), namesCountry, valid: parsed.isValid() }
}

function valid(found: Reading | undefined): Reading | undefined {
  return found?.valid ? found : undefined
}

/** "0030123456" from a system that puts 0 before outside numbers; what remains must say by itself what it is. */
function behindTrunkPrefix(digits: string, context: NumberContext): Reading | undefined {
  const rest = after(context.trunkPrefix, digits)
  if (rest === undefined) return undefined
  const whole = valid(behindInternationalPrefix(digits, context))
  const code = callingCodeIn(context.country)
  if (code !== undefined && whole?.e164.startsWith(`+${code}`)) return whole
  const trunk = trunkPrefixIn(context.country)
  const international = valid(behindInternationalPrefix(rest, context))
  if (international) return international
  return trunk === undefined || rest.startsWith(trunk)
    ? valid(readNational(rest, context.country))
    : undefined
}

function behindExitPrefix(digits: string, context: NumberContext): Reading | undefined {
  const rest = after(context.exitPrefix, digits)
  if (rest === undefined) return undefined
  return valid(behindInternationalPrefix(rest, context)) ?? valid(readNational(rest, context.country))
}

function behindInternationalPrefix(digits: string, context: NumberContext): Reading | undefined {
  const usual = after(context.internationalPrefix ?? '00', digits)
  const ofCountry = internationalPrefixIn(context.country)?.exec(digits)?.[0] ?? ''
  const found = [
    usual === undefined ? undefined : readInternational(usual),
    ofCountry === '' ? undefined : behindPrefixOfCountry(digits, ofCountry),
  ]
  return found.find((one) => one?.valid) ?? found.find((one) => one !== undefined)
}

/** Some countries go abroad with 0, 01, 119 or a carrier of their own, which elsewhere begins a number: it may be both. */
function behindPrefixOfCountry(digits: string, prefix: string): Reading | undefined {
  const found = readInternational(digits.slice(prefix.length))
  return found && { ...found, namesCountry: /^(?:00|011)/.test(prefix) }
}

/** "011 44 20…" in a European address book: the prefix of another country, believed only if a real number follows. */
function behindForeignPrefix(digits: string): Reading | undefined {
  for (const prefix of ['00', '0011', '011']) {
    const rest = after(prefix, digits)
    const found = rest === undefined ? undefined : valid(readInternational(rest))
    if (found) return { ...found, namesCountry: prefix === '00' } // 011 is also Turin, Delhi and Buenos Aires
  }
  return undefined
}

/** "420777111222": a trunk that delivers E.164 without its plus. */
function withoutPlus(digits: string): Reading | undefined {
  return digits.startsWith('0') || digits.length < 8 ? undefined : valid(readInternational(digits))
}

function withoutTrunk(code: string, national: string): string[] {
  return trunkPrefixesOf(code)
    .filter((prefix) => national.startsWith(prefix))
    .map((prefix) => national.slice(prefix.length))
}

/** "+45 030…" from somebody who puts a zero there by habit; Italy's zero is part of the number. */
function withoutZero(code: string, national: string): string[] {
  return national.startsWith('0') && code !== '39' && code !== '378' ? [national.slice(1)] : []
}

/**
 * The present form of numbers from before a change of plan: Brazil's mobiles got a ninth digit (completed 2016), Benin put 01
 * before every number (2024). Mexico's mobile 1 (until 2019) counts as a former trunk prefix.
 */
function renumbered(code: string, national: string): string[] {
  if (code === '55' && /^[1-9]{2}[6-9]\d{7}$/.test(national))
    return [`${national.slice(0, 2)}9${national.slice(2)}`]
  if (code === '229' && /^\d{8}$/.test(national)) return [`01${national}`]
  return []
}

function after(prefix: string | undefined, digits: string): string | undefined {
  return prefix !== undefined && prefix !== '' && digits.startsWith(prefix)
    ? digits.slice(prefix.length)
    : undefined
}
