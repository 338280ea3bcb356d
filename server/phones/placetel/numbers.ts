import { type NumberContext, type PhoneNumber, parseReported } from '../../contacts/numbers.ts'
import type { PhonePeople } from '../contract.ts'

/** Placetel is German and tells numbers as they are dialled in Germany, wherever the organization is. */
export const german = (numbers: NumberContext): NumberContext => ({ ...numbers, country: 'DE' })

/** Numbers that a portal user may not see come back with their end masked: such a one names nobody. */
const masked = /\d[x*]+$/i

export const isAccount = (text: string | undefined): text is string => text?.includes('@') === true

/** A number as it is told, or the extension of one of its SIP users. */
export function partyOf(text: string, numbers: NumberContext, people: PhonePeople): PhoneNumber {
  if (isAccount(text)) return extensionOf(text, people) ?? { kind: 'malformed' }
  if (masked.test(text)) return { kind: 'malformed' }
  return parseReported(text, german(numbers))
}

/** @returns undefined for a SIP user of whom nothing is known (yet) */
export function extensionOf(account: string | undefined, people: PhonePeople): PhoneNumber | undefined {
  if (account === undefined) return undefined
  const digits = people.extensionOf.get(account)
  return digits === undefined ? undefined : { kind: 'extension', digits }
}

/** As somebody would dial it there: nationally, or with 00 in front of another country's. */
export function dialledFromGermany(number: string): string {
  if (number.startsWith('+49')) return `0${number.slice(3)}`
  return number.startsWith('+') ? `00${number.slice(1)}` : number
}
