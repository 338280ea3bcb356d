const space = '\u00a0'

/** What a number of an article, a paragraph or a point comes after, in the languages of documents. */
const before = [
  'Arts?\\.|Abs\\.|Nr\\.|Buchst\\.',
  'art\\.|alin\\.|lit\\.|pct\\.',
  'čl\\.|odst\\.|písm\\.|bod',
  'člen[ai]?|artikkel|nr\\.|bokstav',
].join('|')
const article = new RegExp(`(?<!\\p{L})(${before}) (?=[\\d(]|\\p{Ll}(?!\\p{L}))`, 'gu')
/** "30 days", "5. November", "Art. 22 GDPR"; not a year, and not before what only goes on. */
const counted = /(?<!\d)(\d{1,2}\.?) (?=\p{L}{3})(?!(?:and|und|din|Abs|odst|alin)(?!\p{L}))/gu

/** Keeps together what no line may end within: an article and its number, a number and what it counts. */
export function tied(text: string): string {
  return text.replace(article, `$1${space}`).replace(counted, `$1${space}`)
}
