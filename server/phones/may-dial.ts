import {
  type CountryCode,
  callingCodeOf,
  countriesOf,
  describeNumber,
  digitsOf,
  type E164,
  internationalPrefixIn,
  isEmergencyNumber,
  keysOfTyped,
  longestNumber,
  type NumberContext,
  plainText,
} from '../contacts/numbers.ts'

/** Why a number is not dialled. */
export type DialRefusal =
  | 'emergency'
  | 'service-code'
  | 'short-number'
  | 'premium'
  | 'satellite'
  | 'malformed'

/** `dial`: what is dialled, in E.164, or a colleague's extension. */
export type Verdict = { may: true; dial: E164 | Extension } | { may: false; why: DialRefusal }
/** Two to eight digits that belong to a user. */
export type Extension = string & { readonly __brand: 'Extension' }

/**
 * What click-to-call may dial (PD-6). A list of what is allowed, not of what is forbidden: a colleague's extension, or a
 * number that reads as E.164; of these, what is dear is refused. What is dialled is always our own spelling of it, never
 * the text that was given.
 *
 * Calling for help from a browser is refused, because the phone that rings may stand in another town than the person.
 * @param given as somebody typed it into a CRM, or as we show it
 * @param extensions those of the organization's users
 */
export function mayDial(
  given: string,
  { numbers, extensions }: { numbers: NumberContext; extensions: ReadonlySet<string> },
): Verdict {
  if (given.length > longestNumber) return no('malformed')
  const text = plainText(given)
  const digits = digitsOf(text)
  if (digits === '') return no('malformed')
  const isColleagues = /^\d{2,8}$/.test(text) && extensions.has(text)
  if (callsForHelp(text, numbers, { isColleagues })) return no('emergency')
  if (/[*#]/.test(text)) return no('service-code')
  if (isColleagues) return { may: true, dial: text as Extension }
  const { exact: e164, typed: nationally } = keysOfTyped(text, numbers)
  if (e164 === undefined || e164.length < fewestDigits + 1)
    return no(digits.length < fewestDigits ? 'short-number' : 'malformed')
  // Written without its country it may belong to another one: then it has to fit a known range of ours.
  if (nationally !== undefined && !isKnownRange(e164)) return hidden(e164, numbers.country) ?? no('malformed')
  if (satellite.test(e164)) return no('satellite')
  return (
    dear(e164) ??
    (isKnownRange(e164) ? undefined : hidden(e164, numbers.country)) ?? { may: true, dial: e164 }
  )
}

const no = (why: DialRefusal): Verdict => ({ may: false, why })

/** Shorter ones are services of some network. The shortest subscribers of the world (Niue) have seven with their country. */
const fewestDigits = 7

/**
 * Codes of no country: Inmarsat, satellite and "international networks" (870, 881, 882, 883), personal numbers (878),
 * relief (888), international premium (979), trial (991), shared cost (808). International freephone (800) is none of them.
 */
const satellite = /^\+(?:808|87[08]|88[1238]|979|991)/

const dearTypes: ReadonlySet<string> = new Set(['premium-rate', 'shared-cost'])
/** "Universal" numbers (UAN) are ordinary ones: Swiss 058, British 03. See docs/decisions/0023. */
function dear(e164: string): Verdict | undefined {
  const { type } = parsedType(e164)
  return type !== undefined && dearTypes.has(type) ? no('premium') : undefined
}

const parsedType = (e164: string) => describeNumber(e164 as E164)
const isKnownRange = (e164: E164): boolean => parsedType(e164).type !== undefined

/**
 * A number in no known range may be a new one, or a dear or emergency number with digits behind it: networks that
 * connect at the last digit they need never read the rest.
 */
function hidden(e164: E164, country: CountryCode): Verdict | undefined {
  for (let length = fewestDigits; length < e164.length; length += 1) {
    const verdict = dear(e164.slice(0, length))
    if (verdict) return verdict
  }
  const code = callingCodeOf(e164.slice(1)) ?? ''
  if (!countriesOf(code).includes(country)) return undefined
  const national = e164.slice(1 + code.length)
  const help = [3, 4, 5].some((length) => isHelp(national.slice(0, length), [country]))
  return help ? no('emergency') : undefined
}

/** 112 and 911 are in every country's numbers already; 999 is dialled by those who grew up with it. */
const isHelp = (digits: string, countries: readonly CountryCode[]): boolean =>
  ['112', '911', '999'].includes(digits) || countries.some((country) => isEmergencyNumber(digits, country))

/**
 * Does any way of dialling this text reach an emergency number? With or without what leads out of the house (0, 9), a
 * trunk zero, an international prefix or a country code in front, and up to any pause behind which more is dialled.
 */
function callsForHelp(text: string, numbers: NumberContext, known: { isColleagues: boolean }): boolean {
  const parts = text.split(/[^\d\s()+.*#/-]+/)
  const upToEachPause = parts.map((_, index) => digitsOf(parts.slice(0, index + 1).join('')))
  return upToEachPause.some((digits) => {
    if (isHelp(digits, [numbers.country])) return true
    // A colleague may have 9112; nobody has 112, nor with a zero in front.
    return (
      !(known.isColleagues && !digits.startsWith('0')) &&
      fronts(digits, numbers).some((rest) => isAbroadHelp(rest, numbers.country))
    )
  })
}

/** What may be left when what is dialled in front is taken off. */
function fronts(digits: string, numbers: NumberContext): string[] {
  const { country, exitPrefix, trunkPrefix, internationalPrefix } = numbers
  const ofCountry = internationalPrefixIn(country)?.exec(digits)?.[0]
  const prefixes = ['0', '00', '000', '9', exitPrefix, trunkPrefix, internationalPrefix, ofCountry]
  const once = cut(digits, prefixes)
  return [digits, ...once, ...once.flatMap((rest) => cut(rest, prefixes))]
}

const cut = (digits: string, prefixes: readonly (string | undefined)[]): string[] =>
  prefixes.flatMap((prefix) => (prefix && digits.startsWith(prefix) ? [digits.slice(prefix.length)] : []))

/** The number for help of this country, or of the one whose code stands in front of it. */
function isAbroadHelp(digits: string, country: CountryCode): boolean {
  if (isHelp(digits, [country])) return true
  const code = callingCodeOf(digits)
  if (code === undefined) return false
  const national = digits.slice(code.length).replace(/^0/, '')
  return isHelp(national, countriesOf(code)) || isHelp(national, [country])
}
