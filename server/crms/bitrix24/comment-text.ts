/** The line by which a comment of ours is found again. */
export function referenceLine(mark: string): string {
  return `Ref. ${mark}`
}

/** What users wrote about a call, and the line by which it is found. */
export function commentText(words: string, mark: string): string {
  return [...linesOf(words), referenceLine(mark)].join('\n')
}

export function carriesMark(text: string, mark: string): boolean {
  return linesOf(text).includes(readable(referenceLine(mark)))
}

/**
 * A comment after the user's words became `text`: where words of ours are found as we wrote them they are replaced; else the
 * new ones are added behind everything. What people wrote around them stays.
 *
 * @param ours words that may stand there; several, while it is not known which took effect
 * @returns undefined when there is nothing to change; empty when nothing but our own line would be left
 */
export function amendedComment(
  comment: string,
  text: string,
  { ours, mark }: { ours: readonly string[]; mark: string },
): string | undefined {
  const lines = linesOf(comment)
  const wanted = linesOf(text)
  const candidates = ours
    .map(linesOf)
    .filter((one) => one.length > 0)
    // The longest first: one text may be the beginning of another.
    .sort((a, b) => b.length - a.length || b.join('\n').length - a.join('\n').length)
  for (const one of candidates) {
    const at = onlyRun(lines, one)
    if (at === undefined) continue
    if (same(one, wanted)) return undefined
    const left = lines.toSpliced(at, one.length, ...wanted)
    return left.every((line) => line === readable(referenceLine(mark))) ? '' : left.join('\n')
  }
  if (wanted.length === 0 || onlyRun(lines, wanted) !== undefined) return undefined
  return [...lines, ...wanted].join('\n')
}

/** Where these lines stand one after the other; undefined when nowhere or more than once, because then whose they are is a guess. */
function onlyRun(lines: readonly string[], run: readonly string[]): number | undefined {
  const starts = lines.flatMap((_, start) =>
    same(lines.slice(start, start + run.length), run) ? [start] : [],
  )
  return starts.length === 1 ? starts[0] : undefined
}

/** As people read it: UNVERIFIED whether a comment comes back as it was sent, or with line breaks of HTML and entities. */
function linesOf(text: string): string[] {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .split(/\r?\n/)
    .map(readable)
    .filter((line) => line !== '')
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#039': "'",
  nbsp: ' ',
}

function readable(line: string): string {
  return line
    .replace(/&(amp|lt|gt|quot|#0?39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, at) => line === b[at])
