/**
 * Telephone numbers: what a phone system reports, what people typed into a CRM, and how the one finds the other.
 *
 * Pure functions over libphonenumber-js (max metadata); no database, no keys. The mirror stores `keysOfTyped` of every typed
 * number as two keyed hashes; a call asks for the hashes of `keysToLookUp`. A hit on `exact` is certain, one on `typed` is a
 * "maybe": the digits fit, the country was not written.
 */
import type { LookUpKeys, NumberContext, PhoneNumber } from './number-context.ts'
import { waysToWrite } from './ways-to-write.ts'

export type {
  CountryCode,
  E164,
  LookUpKeys,
  NumberContext,
  NumberKeys,
  PhoneNumber,
} from './number-context.ts'
export { describeNumber, formatForReader, type NumberType } from './number-format.ts'
export { type Match, matchKeys } from './number-match.ts'
export { callingCodeOf, countriesOf, internationalPrefixIn } from './number-plan.ts'
export { parseE164 } from './number-reading.ts'
export { parseReported } from './number-reported.ts'
export { isEmergencyNumber } from './number-short.ts'
export { splitTyped } from './number-split.ts'
export { digitsOf, longestNumber, plainText } from './number-text.ts'
export { keysOfTyped } from './number-typed.ts'

/**
 * Under which keys somebody may have stored this number: its E.164 form, and as "maybe" every way of writing it without its
 * country, plus the E.164 form itself, under which second readings stand (see keysOfTyped).
 *
 * @returns at most about forty keys to hash
 */
export function keysToLookUp(number: PhoneNumber & { kind: 'e164' }, context: NumberContext): LookUpKeys {
  return { exact: number.e164, typed: [number.e164, ...waysToWrite(number.e164.slice(1), context)] }
}
