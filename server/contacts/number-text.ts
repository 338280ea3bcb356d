/** No number and no field of numbers is longer; what lies beyond is not read, so that a pasted book costs nothing. */
export const longestField = 1000
/** One number with label, note and extension; also the longest SIP URI that is read. */
export const longestNumber = 250

/** Direction marks, zero-width characters and controls; the Japanese long-vowel sign counts as the dash it is typed for. */
const invisible = /[\p{Cf}\p{Cc}]/gu
const dashes = /[\p{Pd}\u2212\u30fc]/gu
const foreignDigits = /\p{Nd}/gu

/**
 * The text as a keyboard in London would have produced it: full-width and Arabic-Indic digits become 0 to 9, any kind of
 * space one space, any dash a hyphen; direction marks, soft hyphens and zero-width characters vanish. Line breaks and tabs
 * separate numbers and become a semicolon.
 */
export function plainText(raw: string): string {
  return raw
    .slice(0, longestField)
    .normalize('NFKC')
    .slice(0, longestField)
    .replace(/[\r\n\t\u2028\u2029]+/g, '; ')
    .replace(invisible, '')
    .replace(foreignDigits, asciiDigit)
    .replace(dashes, '-')
    .replace(/\u2044/g, '/')
    .replace(/\s+/g, ' ')
    .replace(/^[\s'’‘`´"]+|[\s'’‘`´"]+$/g, '')
}

/** Unicode gives every script's ten digits as one run in order (UAX #44), so the value is the place in its run. */
function asciiDigit(digit: string): string {
  if (digit <= '9') return digit
  let value = 0
  const point = digit.codePointAt(0) ?? 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value++
  return String(value)
}

/** Only the digits 0 to 9, in order. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}
