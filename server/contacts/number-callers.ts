import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import type { NumberContext } from './number-context.ts'
import { trunkPrefixesOf } from './number-plan.ts'
import { splitTyped } from './number-split.ts'
import { keysOfTyped } from './number-typed.ts'

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))]

/**
 * Numbers a call may come from when this text is found by it: the way back from a typed number to its callers. Written
 * with its country that is one or two; without, one for each country and each of its trunk prefixes, most of them nobody's.
 * Whether a call found by one of them is this person's the look-up says (keysToLookUp), never this list. Missing are ways
 * of writing that only one or two countries know and that drop or add digits in the middle (Argentinian mobiles, Brazil's
 * carriers, Irish and Malaysian neighbours).
 *
 * @returns E.164 forms, at most some six hundred for each number in the text
 */
export function callersOf(raw: string, context: NumberContext): string[] {
  const found = splitTyped(raw).flatMap((text) => {
    const { exact, typed } = keysOfTyped(text, context)
    return [...(exact === undefined ? [] : [exact]), ...(typed === undefined ? [] : readings(typed))]
  })
  return [...new Set(found)]
}

function readings(typed: string): string[] {
  if (typed.startsWith('+')) return [typed]
  return callingCodes.flatMap((code) => {
    const national = typed.startsWith(code) ? [typed, typed.slice(code.length)] : [typed]
    // A "0" that spreadsheets ate belongs to the number where there is no trunk prefix to drop, as in Italy.
    const whole = national.flatMap((digits) => [digits, `0${digits}`, ...withoutTrunk(digits, code)])
    return whole.map((digits) => `+${code}${digits}`)
  })
}

function withoutTrunk(digits: string, code: string): string[] {
  return trunkPrefixesOf(code)
    .filter((prefix) => digits.startsWith(prefix))
    .map((prefix) => digits.slice(prefix.length))
}
