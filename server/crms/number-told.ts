import type { PhoneNumber } from '../contacts/numbers.ts'

/** In E.164, or the digits of an extension or short number; undefined where it was withheld or nobody could read it. */
export function numberTold(number: PhoneNumber | undefined): string | undefined {
  switch (number?.kind) {
    case 'e164':
      return number.e164
    case 'extension':
    case 'short':
      return number.digits
    default:
      return undefined
  }
}
