import { digitsOf, longestNumber, plainText } from './number-text.ts'

/** Fewer digits are an extension, a house number or an ending, never a second telephone number. */
const fewestDigits = 6
/** More digits than E.164 allows cannot be one number. */
const mostDigits = 15
/** A field holds a handful of numbers at most; the rest of a pasted list is left out. */
const mostNumbers = 10

/** Words that announce an extension, so what follows belongs to the number before. One place for splitting and reading. */
export const extensionWords =
  'extension|extn|ext|x|durchwahl|dwl|dw|klappe|klapka|kl|linka|l|nebenstelle|nst|apparat|app|wewnętrzny|wewn|wew|w|poste|interno|int|anexo|ramal|toestel|tst|anknytning|ankn|lokal|lok|mellék|mell|dahili|доб|вн|p'
const announcesExtension = new RegExp(`^(?:${extensionWords})$`, 'iu')

interface Piece {
  /** What stood before the piece: a mark, a word, or '' at the start. */
  before: string
  body: string
}

/**
 * The numbers in one typed field: "0777 111 222 / 0777 333 444", "… or …", "Tel … Fax …", one per line.
 *
 * A slash may also stand between area code and number ("030/123456"), so it separates only where both sides can be numbers;
 * "030 123456/57" means two lines with the endings 56 and 57. Text without any digit yields nothing.
 *
 * @returns plain text (see plainText), at most ten pieces, each with its label, extension and note still on it
 */
export function splitTyped(raw: string): string[] {
  if (isOnePlain(raw)) return [raw]
  const numbers: string[] = []
  const text = plainText(raw)
  if (/^tel:.*;phone-context=/i.test(text)) return [text.slice(0, longestNumber)]
  let current = ''
  for (const piece of piecesOf(text)) {
    if (startsAnother(current, piece)) {
      numbers.push(...withEnding(current))
      current = /^\p{L}/u.test(piece.before) || piece.before === '+' ? piece.before + piece.body : piece.body
    } else {
      current += piece.before + piece.body
    }
  }
  numbers.push(...withEnding(current))
  return numbers
    .flatMap(apartBySpace)
    .map((number) => number.trim().slice(0, longestNumber))
    .filter((number) => /\d/.test(number))
    .slice(0, mostNumbers)
}

/** One number as most people type it: nothing to separate and nothing to clean, which is told ten times as fast. */
function isOnePlain(raw: string): boolean {
  if (raw.length > longestNumber || !/^\+?[\d().-]+(?: [\d().-]+)*$/.test(raw)) return false
  const digits = digitsOf(raw).length
  return digits > 0 && digits <= mostDigits
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  const separators = / ?[/] ?|[;,|&•·+]|[\p{L}][\p{L}.:]*/gu
  let before = ''
  let from = 0
  for (const found of text.matchAll(separators)) {
    pieces.push({ before, body: text.slice(from, found.index) })
    before = found[0]
    from = found.index + before.length
  }
  pieces.push({ before, body: text.slice(from) })
  return pieces
}

function startsAnother(current: string, { before, body }: Piece): boolean {
  const left = digitsOf(current).length
  const right = digitsOf(body).length
  if (left < fewestDigits || right < fewestDigits) return false
  if (before.includes('/')) return slashSeparates(current, before, body)
  return !announcesExtension.test(before.replace(/[.:]+$/, '')) || right > 7
}

function slashSeparates(current: string, slash: string, body: string): boolean {
  const left = digitsOf(current).length
  const right = digitsOf(body).length
  if (left + right > mostDigits) return true
  if (/^\s*\(?0/.test(body) && !current.trimStart().startsWith('+')) return left >= 7
  if (slash === ' / ') return left >= 8 && right >= 7
  return left >= 8 && right >= 7 && Math.abs(left - right) <= 1
}

/** "030 123456/57" names two lines; the second differs in its last digits only. */
function withEnding(number: string): string[] {
  const found = /^(.*\d) ?\/ ?(\d{1,2})$/.exec(number.trim())
  const line = found?.[1]
  const ending = found?.[2]
  if (line === undefined || ending === undefined || digitsOf(line).length < 8) return [number]
  const last = new RegExp(`\\d{${ending.length}}$`)
  return last.test(line) ? [line, line.replace(last, ending)] : [line]
}

/** "777111222 777333444": unbroken runs with nothing but a space between, together too long for one number. */
function apartBySpace(number: string): string[] {
  if (digitsOf(number).length <= mostDigits) return [number]
  const runs = number.trim().split(' ')
  return runs.length > 1 && runs.every((run) => /^\+?\d{7,15}$/.test(run)) ? runs : [number]
}
