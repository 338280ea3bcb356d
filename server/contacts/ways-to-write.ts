import type { CountryCode } from 'libphonenumber-js/max'
import type { NumberContext } from './number-context.ts'
import { callingCodeIn, callingCodeOf, trunkPrefixesOf, trunkPrefixIn } from './number-plan.ts'

/**
 * Below six significant digits (leading zeros apart) digits typed without a country say too little. They are extensions and
 * short codes, and the five-digit number of an island would meet the extensions of every company. Hardly any country but
 * such islands has shorter national numbers, and those are still found when typed with their country code.
 */
export const fewestSignificantDigits = 6

/** The longest national way of writing: calling code and 15 digits of E.164, with trunk and exit prefix. */
export const mostTypedDigits = 20

/** Carriers people really dial in Brazil (Vivo, Claro, Oi, TIM, Algar): "0 15 11 91234-5678". */
const brazilianCarriers = ['12', '14', '15', '21', '31', '41']

/** Neighbours reached like a distant part of the own country: [from, E.164 digits that begin with, dialled instead]. */
const neighbours: readonly (readonly [CountryCode, string, string])[] = [
  ['IE', '4428', '048'],
  ['MY', '65', '02'],
]

/**
 * Every way in which a number may stand in an address book without its country: with the trunk prefixes of its own country,
 * without, and with the calling code but no plus. No prefix is used that the number's country never had, so "030 123456" is
 * no way of writing Denmark's +4530123456.
 *
 * @param internationalDigits E.164 without the plus
 * @param context the organization that typed: neighbours it dials nationally, and its exit prefix
 * @returns digits only, without repetition, each with at least six significant digits
 */
export function waysToWrite(internationalDigits: string, context: NumberContext): string[] {
  const code = callingCodeOf(internationalDigits)
  if (code === undefined) return [internationalDigits].filter(saysEnough)
  const national = internationalDigits.slice(code.length)
  const prefixes = ['', ...trunkPrefixesOf(code)]
  const ways = prefixes.flatMap((prefix) => [prefix + national, code + prefix + national])
  ways.push(...particularWays(code, national), ...fromNextDoor(internationalDigits, context))
  ways.push(...behindExit(code, national, context))
  return [...new Set(ways)].filter(saysEnough)
}

/** Whether digits typed without a country are enough to look for a person by them. */
export function saysEnough(digits: string): boolean {
  const significant = digits.replace(/^0+/, '')
  const isPlaceholder = /^(\d)\1*$/.test(significant)
  return significant.length >= fewestSignificantDigits && digits.length <= mostTypedDigits && !isPlaceholder
}

function particularWays(code: string, national: string): string[] {
  switch (code) {
    case '39':
      return italian(national)
    case '54':
      return argentinian(national)
    case '55':
      return brazilian(national)
    case '225': // Ivory Coast put two digits before every number in 2021
    case '229': // Benin put 01 before every number in 2024
      return national.length === 10 ? [national.slice(2)] : []
    case '378': // San Marino is dialled from Italy as area 0549, and inside without it
      return national.startsWith('0549') ? [national.slice(4)] : [`0549${national}`]
    default:
      return []
  }
}

/** The zero belongs to the number, but spreadsheets eat it; and mobiles had one until 2001. */
function italian(national: string): string[] {
  return national.startsWith('0') ? [national.slice(1)] : [`0${national}`]
}

/** A mobile is +54 9 11 1234 5678 from abroad, 11 1234 5678 or 011 15 1234 5678 inside; area codes have 2 to 4 digits. */
function argentinian(national: string): string[] {
  if (!/^9\d{10}$/.test(national)) return []
  const line = national.slice(1)
  const with15 = [2, 3, 4].map((area) => `${line.slice(0, area)}15${line.slice(area)}`)
  return [line, ...with15].flatMap((way) => [way, `0${way}`])
}

/** Long distance names a carrier; mobiles had eight digits before the 9 came. */
function brazilian(national: string): string[] {
  const former = /^\d{2}9\d{8}$/.test(national) ? [national.slice(0, 2) + national.slice(3)] : []
  const withTrunk = former.flatMap((way) => [way, `0${way}`, `55${way}`])
  return [...brazilianCarriers.map((carrier) => `0${carrier}${national}`), ...withTrunk]
}

function fromNextDoor(internationalDigits: string, { country }: NumberContext): string[] {
  return neighbours
    .filter(([from, start]) => from === country && internationalDigits.startsWith(start))
    .map(([, start, dialled]) => dialled + internationalDigits.slice(start.length))
}

/** People write down what they dial: "0-030 123456". Only for the own country, as abroad needs an international prefix. */
function behindExit(code: string, national: string, { country, exitPrefix }: NumberContext): string[] {
  if (!exitPrefix || callingCodeIn(country) !== code) return []
  return [`${exitPrefix}${trunkPrefixIn(country) ?? ''}${national}`]
}
