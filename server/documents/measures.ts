import type { App } from '../app.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { checkWords } from '../privacy/words/check-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import { momentIn } from '../privacy/words/page-words.ts'
import { recordWords } from '../privacy/words/record-words.ts'

/** What the check of the running installation confirmed in the last 24 hours, and nothing else (GD-12). */
export interface Measures {
  /** undefined: none was made, or not in time */
  checkedAt: Date | undefined
  confirmed: string[]
  /** looked at and wrong, or not looked at: named, so that nobody takes silence for a yes */
  notConfirmed: string[]
}

export async function measuresNow(app: Pick<App, 'checks'>, language: DocumentLanguage): Promise<Measures> {
  const { measures } = checkWords[language]
  const names = new Set(await app.checks.confirmed())
  const [latest] = await app.checks.list(1)
  const all = Object.entries(measures) as [keyof typeof measures, string][]
  return {
    checkedAt: names.size > 0 ? latest?.checkedAt : undefined,
    confirmed: all.flatMap(([name, words]) => (names.has(name) ? [words] : [])),
    notConfirmed: all.flatMap(([name, words]) => (names.has(name) ? [] : [words])),
  }
}

/** The same as blocks of a document. */
export function measureBlocks(
  { checkedAt, confirmed, notConfirmed }: Measures,
  language: DocumentLanguage,
): PolicyText['sections'][number]['blocks'] {
  const words = recordWords[language]
  if (checkedAt === undefined) return [{ text: words.noneConfirmed }]
  return [
    { text: words.confirmed(momentIn(language, checkedAt)) },
    { list: confirmed },
    ...(notConfirmed.length > 0 ? [{ text: words.notConfirmed }, { list: notConfirmed }] : []),
  ]
}
