import { wordsHtml } from './call-log.ts'

/** A piece of a note: text of one line, or what separates lines. */
interface Piece {
  html: string
  /** as people read it; empty for separators and blank lines */
  text: string
}

// No tag reaches over the beginning of another: else a note full of "<" would be read as often as it has letters.
const separators = /(<br\s*\/?>|<\/?(?:p|div|ul|ol|li|h[1-6]|blockquote|pre)(?:\s[^<>]*)?>|\r?\n)/i

/**
 * A note after the user's words became `text`: where words of ours are found as we wrote them, they are replaced; else the
 * new ones are added behind everything. What stands around them is left as it is, to the byte.
 *
 * UNVERIFIED how Pipedrive re-formats a note that is opened in its editor (paragraphs instead of line breaks, other
 * entities): so lines are compared as people read them.
 *
 * @param ours words that may stand there; several, while it is not known which took effect
 * @returns undefined when there is nothing to change
 */
export function amendedNote(html: string, text: string, ours: readonly string[]): string | undefined {
  const pieces = piecesOf(html)
  const wanted = readableLines(wordsHtml(text))
  const candidates = ours
    .map((words) => readableLines(wordsHtml(words)))
    .filter((lines) => lines.length > 0)
    // The longest first: one text may be the beginning of another.
    .sort((a, b) => b.length - a.length || b.join('\n').length - a.join('\n').length)
  for (const lines of candidates) {
    const found = onlyRun(pieces, lines)
    if (!found) continue
    return same(lines, wanted) ? undefined : replaced(pieces, found, text)
  }
  if (wanted.length === 0 || onlyRun(pieces, wanted)) return undefined
  return appended(html, text)
}

function piecesOf(html: string): Piece[] {
  return html.split(separators).map((part, index) => ({
    html: part,
    text: index % 2 === 1 ? '' : readable(part),
  }))
}

function readableLines(html: string): string[] {
  return piecesOf(html)
    .map(({ text }) => text)
    .filter((text) => text !== '')
}

/** Where these lines stand one after the other; undefined when nowhere or more than once, because then whose they are is a guess. */
function onlyRun(
  pieces: readonly Piece[],
  lines: readonly string[],
): { from: number; to: number } | undefined {
  const written = pieces.flatMap(({ text }, at) => (text === '' ? [] : [{ text, at }]))
  const runs = written.flatMap((_, start) => {
    const [first, last] = [written[start], written[start + lines.length - 1]]
    const fits = first && last && lines.every((line, at) => line === written[start + at]?.text)
    return fits ? [{ from: first.at, to: last.at }] : []
  })
  const [run, ...more] = runs
  if (!run || more.length > 0) return undefined
  return isWhole(pieces.slice(run.from, run.to + 1)) ? run : undefined
}

/** Taken out, it leaves nothing half open around it. */
function isWhole(pieces: readonly Piece[]): boolean {
  const open = new Map<string, number>()
  for (const { html } of pieces) {
    for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
      const tag = name.toLowerCase()
      if (tag !== 'br') open.set(tag, (open.get(tag) ?? 0) + (close === '' ? 1 : -1))
    }
  }
  return [...open.values()].every((count) => count === 0)
}

function replaced(
  pieces: readonly Piece[],
  { from, to }: { from: number; to: number },
  text: string,
): string {
  const before = pieces.slice(0, from).map(({ html }) => html)
  const after = pieces.slice(to + 1).map(({ html }) => html)
  if (text.trim() !== '') return [...before, wordsHtml(text), ...after].join('')
  // With the words their line goes, not only what stood in it.
  if (/^<br/i.test(after[0] ?? '')) after.shift()
  return [...before, ...after].join('')
}

function appended(html: string, text: string): string {
  if (html.trim() === '') return wordsHtml(text)
  return /<\/(p|div|ul|ol)>\s*$/i.test(html)
    ? `${html}<p>${wordsHtml(text)}</p>`
    : `${html}<br>${wordsHtml(text)}`
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Without tags, entities and spare blanks. */
function readable(html: string): string {
  return html
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, at) => line === b[at])
