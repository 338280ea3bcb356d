import { MinuteMemo } from '../minute-memo.ts'
import { type NumberContext, nameOf, type PhoneNumber } from './number-context.ts'
import { takeExtension } from './number-extension.ts'
import { readOutside } from './number-reading.ts'
import { isShortCode } from './number-short.ts'
import { digitsOf, longestNumber, plainText } from './number-text.ts'
import { saysHidden, saysWithheld } from './number-withheld.ts'

const withheld: PhoneNumber = { kind: 'withheld' }
const malformed: PhoneNumber = { kind: 'malformed' }

/**
 * What a phone system reports as caller or called party: E.164 with or without its plus, national digits, an extension, a
 * short code, a tel: or SIP URI, or a word for "no number".
 *
 * Digits up to `longestExtension` that do not begin with 0 are an extension, emergency and directory numbers excepted. A SIP
 * user without a leading + or 0 is an account, not a number. Never throws.
 */
export function parseReported(raw: string | null | undefined, context: NumberContext): PhoneNumber {
  if (raw === null || raw === undefined) return withheld
  if (raw.length > longestNumber) return malformed
  return recent.get(`${nameOf(context)}|${raw}`, () => read(raw, context))
}

const recent = new MinuteMemo<PhoneNumber>(2_000)

function read(raw: string, context: NumberContext): PhoneNumber {
  const address = addressOf(plainText(raw))
  if (address.hidden || saysWithheld(address.user)) return withheld
  const { main, extension } = markedExtension(address.user)
  if (/\p{L}/u.test(main)) return malformed
  const code = main.replace(/[\s().-]/g, '')
  if (/[*#]/.test(code)) return /^[+\d*#]+$/.test(code) ? { kind: 'short', digits: code } : malformed
  const digits = digitsOf(main)
  const plus = /^[^\d]*\+/.test(main)
  const inner = insideNumber(digits, context)
  if (inner && (!plus || inner.kind === 'short')) return inner
  if (address.isAccount && !plus && !digits.startsWith('0')) return malformed
  return outsideNumber(main, address.extension ?? extension, context)
}

/** A phone system's hyphen only groups digits; just a marked extension is one. */
function markedExtension(text: string): { main: string; extension: string | undefined } {
  const parts = takeExtension(text)
  return parts.manner === 'marked' ? parts : { main: text, extension: undefined }
}

function outsideNumber(main: string, extension: string | undefined, context: NumberContext): PhoneNumber {
  const all = digitsOf(main)
  const hasPlus = main.includes('+')
  const digits = hasPlus ? all.replace(/^00/, '') : all
  const found = readOutside({ digits, plus: hasPlus && !digits.startsWith('0'), by: 'system' }, context)
  if (!found) return malformed
  const { e164, country } = found
  return { kind: 'e164', e164, country, ...(extension === undefined ? {} : { extension }) }
}

function insideNumber(digits: string, context: NumberContext): PhoneNumber | undefined {
  if (isShortCode(digits, context.country)) return { kind: 'short', digits }
  for (const prefix of [context.exitPrefix, context.trunkPrefix]) {
    const behind = prefix && digits.startsWith(prefix) ? digits.slice(prefix.length) : ''
    if (behind !== '' && isShortCode(behind, context.country)) return { kind: 'short', digits: behind }
  }
  const fits = digits !== '' && digits.length <= (context.longestExtension ?? 5)
  return fits && !digits.startsWith('0') ? { kind: 'extension', digits } : undefined
}

interface Address {
  user: string
  extension: string | undefined
  /** The address has a host, so the user part may be the name of a SIP account. */
  isAccount: boolean
  hidden: boolean
}

/** Takes `"Ada" <sip:+49…@host;user=phone>` apart (RFC 3261, RFC 3966). */
function addressOf(text: string): Address {
  const named = /^([^<]*)<([^>]*)>?/.exec(text)
  const name = named?.[1] ?? ''
  const uri = (named?.[2] ?? text).replace(/^(?:tel|sips?|callto):\s*/i, '').replace(/%2b/gi, '+')
  const [beforeHost = '', host] = uri.split('@')
  const [user = '', ...own] = beforeHost.split(/;(?=\s*[a-z-]+(?:=|;|$))/i)
  const parameters = [...own, ...(host ?? '').split(';').slice(1)].map((one) => one.trim().toLowerCase())
  const global = parameters.find((one) => one.startsWith('phone-context=+'))?.slice('phone-context='.length)
  return {
    user: global && !user.startsWith('+') ? global + user : user,
    extension: parameters.find((one) => /^ext=\d{1,7}$/.test(one))?.slice('ext='.length),
    isAccount: host !== undefined && !parameters.includes('user=phone'),
    hidden: saysHidden(name) || /(?:^|\.)anonymous\.invalid(?:$|[;>])/i.test(host ?? ''),
  }
}
