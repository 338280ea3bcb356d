import { type CountryCode, type PhoneNumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { E164 } from './number-context.ts'
import { countryOf } from './number-plan.ts'

/** What kind of line a number belongs to, as far as the numbering plan tells. */
export type NumberType =
  | 'mobile'
  | 'fixed'
  | 'fixed-or-mobile'
  | 'toll-free'
  | 'shared-cost'
  | 'premium-rate'
  | 'voip'
  | 'personal'
  | 'pager'
  | 'uan'
  | 'voicemail'

const typeNames: Readonly<Record<PhoneNumberType, NumberType>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  FIXED_LINE_OR_MOBILE: 'fixed-or-mobile',
  TOLL_FREE: 'toll-free',
  SHARED_COST: 'shared-cost',
  PREMIUM_RATE: 'premium-rate',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personal',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
}

/** The number as people in the reader's country write it: national if it is theirs, else with + and calling code. */
export function formatForReader(number: E164, readerCountry: CountryCode): string {
  const parsed = parsePhoneNumberFromString(number, { extract: false })
  if (!parsed) return number
  const isOwn = countryOf(parsed) === readerCountry
  return isOwn ? parsed.formatNational() : parsed.formatInternational()
}

/** Country and kind of line; a property is missing where the plan does not tell. */
export function describeNumber(e164: E164): { country?: CountryCode; type?: NumberType } {
  const parsed = parsePhoneNumberFromString(e164, { extract: false })
  const country = parsed && countryOf(parsed)
  const type = parsed?.getType()
  return { ...(country ? { country } : {}), ...(type ? { type: typeNames[type] } : {}) }
}
