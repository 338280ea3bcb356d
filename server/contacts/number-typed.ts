import type { NumberContext, NumberKeys } from './number-context.ts'
import { behindLastHyphen, takeExtension, type WithExtension } from './number-extension.ts'
import { callingCodeOf } from './number-plan.ts'
import { type Reading, readInternational, readOutside } from './number-reading.ts'
import { isShortCode } from './number-short.ts'
import { splitTyped } from './number-split.ts'
import { digitsOf } from './number-text.ts'
import { saysEnough } from './ways-to-write.ts'

const nothing: NumberKeys = { exact: undefined, typed: undefined }
const keypad = /[a-z]/gi
/** A number spelled in letters leaves country, service and a few digits at most. */
const mostDigitsBesideLetters = 7
/** In these plans the zero belongs to the number, so "+39 (0)6…" keeps it: Italy with the Vatican, San Marino. */
const keepsZero = new Set(['39', '378'])

/** A typed number before it is read. */
interface TypedDigits {
  plus: boolean
  digits: string
  /** The same with "(0)" kept: "+39 (0)6 …". */
  withZero?: string
}

/**
 * How a number typed into a CRM can be found. A field with several numbers is taken apart by splitTyped first; here only the
 * first one counts.
 *
 * `exact`: the text names the country (+, 00, 011, tel:), or is a number of the organization's country. `typed`: the digits of
 * a text that does not name its country, because they may be a number of another one; never set where the country is named,
 * except for the second reading of a number with an extension or of an Argentinian mobile, which then is an E.164 form.
 * Notes, short codes, extensions and anything too short have no keys. Never throws.
 */
export function keysOfTyped(raw: string, context: NumberContext): NumberKeys {
  const text = splitTyped(raw)[0]
  if (text === undefined) return nothing
  const parts = takeExtension(withoutLabel(joinContext(text)))
  const typed = typedDigits(spelled(parts.main))
  if (typed === undefined || (!typed.plus && isShortCode(typed.digits, context.country))) return nothing
  if (parts.extension !== undefined) {
    return keysWithExtension(typed, { ...parts, extension: parts.extension }, context)
  }
  const whole = read(typed, context)
  return (whole?.valid ? undefined : keysBeforeHyphen(parts.main, typed, context)) ?? keysOf(whole, typed)
}

function keysOf(found: Reading | undefined, typed: TypedDigits): NumberKeys {
  const second = found?.namesCountry ? argentinianMobile(found.e164) : undefined
  return { exact: found?.e164, typed: second ?? nationalKey(found, typed) }
}

/** "777 111 222-21" or "(202) 555-0123"? Longer numbers with shorter endings are those with an extension. */
const fewestBeforeHyphen = 9
const mostBehindHyphen = 3

/** The whole is no number, what stands before the hyphen is one: "777 111 222-21". */
function keysBeforeHyphen(text: string, whole: TypedDigits, context: NumberContext): NumberKeys | undefined {
  const parts = behindLastHyphen(text)
  const typed = parts && typedDigits(parts.main)
  if (!typed || typed.digits.length < fewestBeforeHyphen || parts.extension.length > mostBehindHyphen)
    return undefined
  const base = read(typed, context)
  return base?.valid ? { exact: base.e164, typed: nationalKey(base, whole) } : undefined
}

function nationalKey(found: Reading | undefined, { plus, digits }: TypedDigits): string | undefined {
  const namesCountry = plus || found?.namesCountry || digits.startsWith('00')
  return !namesCountry && saysEnough(digits) ? digits : undefined
}

/**
 * "030 123456-21" is +49 30 123456 21 for the caller's display and +49 30 123456 for the switchboard. The surer reading is
 * `exact`, the other becomes `typed`. Where numbers have a fixed length only one of the two is a number.
 */
function keysWithExtension(
  typed: TypedDigits,
  { extension, manner }: WithExtension & { extension: string },
  context: NumberContext,
): NumberKeys {
  const base = read(typed, context)
  const joinedDigits = { plus: typed.plus, digits: typed.digits + extension }
  const joined = read(joinedDigits, context)
  if (manner === 'direct') {
    if (joined?.valid && base?.valid) return { exact: joined.e164, typed: base.e164 }
    const exact = base?.valid ? base : joined
    return { exact: exact?.e164, typed: nationalKey(exact, joinedDigits) }
  }
  if (joined?.valid && base?.valid) return { exact: base.e164, typed: joined.e164 }
  return keysOf(base, typed)
}

function read({ plus, digits, withZero }: TypedDigits, context: NumberContext): Reading | undefined {
  if (withZero === undefined) return readOutside({ digits, plus, by: 'person' }, context)
  const zeroFirst = keepsZero.has(callingCodeOf(digits) ?? '')
  const tries = zeroFirst ? [withZero, digits] : [digits, withZero]
  const found = tries.map((one) => readInternational(one))
  return found.find((one) => one?.valid) ?? found[zeroFirst ? 0 : 1] ?? found[0]
}

/** RFC 3966: a local number in a tel: URI carries its country in `phone-context`; other parameters go. */
function joinContext(text: string): string {
  const found = /^(?:tel|callto|sips?|phone):\s*(?:\/\/)?(.*)$/i.exec(text)
  if (found?.[1] === undefined) return text
  const [number = '', ...parameters] = percentDecoded(found[1]).split(/[;?]/)
  const value = (name: string) =>
    parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const global =
    value('phone-context')?.startsWith('+') && !number.startsWith('+') ? value('phone-context') : ''
  const extension = value('ext')
  return `${global}${number.replace(/@.*$/, '')}${extension ? ` ext ${extension}` : ''}`
}

function percentDecoded(text: string): string {
  return text.replace(/%(2b|20|28|29|2d|2e|2f)/gi, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  )
}

/** "mobile: +49…", "Tel. (work) 030…", "a) 030…": everything before the first digit that is no part of a number. */
function withoutLabel(text: string): string {
  const start = text.search(/[\d+]/)
  if (start <= 0) return text
  const opening = /[([{]\s*$/.exec(text.slice(0, start))
  return text.slice(opening ? opening.index : start)
}

const zeroInBrackets = /^\D{0,3}(\d{1,6})\s?[)\]]?[\s./-]*[([]\s?0\s?[)\]]/

function typedDigits(text: string): TypedDigits | undefined {
  const plusAt = /^[^\d+]*\+[\s+]*/.exec(text)
  const digits = digitsOf(text)
  if (digits === '') return undefined
  const plus = plusAt !== null
  const trunk = zeroInBrackets.exec(text)
  if (trunk) {
    const withZero = digitsOf(trunk[0])
    const code = plus ? (trunk[1] ?? '') : (trunk[1] ?? '').replace(/^0{2}|^011/, '')
    const rest = digits.slice(withZero.length)
    if (callingCodeOf(code) === code) return { plus: true, digits: code + rest, withZero: `${code}0${rest}` }
  }
  if (!plus) return { plus, digits }
  if (digits.startsWith('00')) return { plus, digits: digits.slice(2) } // "+00420 …"
  return digits.startsWith('0') ? { plus: false, digits } : { plus, digits } // "+030 …": no calling code begins with 0
}

/**
 * "1-800-FLOWERS" with its letters as the keypad has them. Only where the digits alone are no number, so that the note in
 * "030 123456 Office" stays a note. North America ignores letters beyond the number's length.
 */
function spelled(text: string): string {
  if (digitsOf(text).length > mostDigitsBesideLetters || !/\d[\s().-]*[a-z-]{3,}/i.test(text)) return text
  const plus = /^[^\da-z]*\+/i.test(text) ? '+' : ''
  const digits = digitsOf(text.replace(keypad, keyOf))
  const northAmerican = /^1?8\d\d/.exec(digits) ? (digits.startsWith('1') ? 11 : 10) : digits.length
  return plus + digits.slice(0, northAmerican)
}

function keyOf(letter: string): string {
  return '22233344455566677778889999'.charAt(letter.toLowerCase().charCodeAt(0) - 97)
}

/** Inside Argentina a mobile may be written like a fixed line; from abroad the 9 is often left out. */
function argentinianMobile(e164: string): string | undefined {
  return /^\+54[1-8]\d{9}$/.test(e164) ? `+549${e164.slice(3)}` : undefined
}
