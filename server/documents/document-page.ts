import { framed } from '../privacy/page-frame.ts'
import { escaped, listHtml } from '../privacy/policy-html.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import { type DocumentLanguage, documentLanguages } from '../privacy/words/languages.ts'

/** A generated document as a page of its own, which prints as one. */
export interface DocumentPage {
  language: DocumentLanguage
  /** that it can be read in; left out: in every one */
  languages?: readonly DocumentLanguage[]
  title: string
  /** under the title: version, date, who approved it */
  lines: readonly string[]
  /** nobody has approved it */
  draft?: boolean
  /** since the version that was approved last */
  changes?: readonly string[]
  sections: PolicyText['sections']
  /** of this page, in another language */
  addressIn(language: string): string
}

export function documentPage({ lines, draft = false, changes = [], ...page }: DocumentPage): string {
  const words = documentWords[page.language]
  return framed({
    languages: documentLanguages,
    ...page,
    before: [
      `<h1>${escaped(page.title)}</h1>`,
      ...lines.map((line) => `<p class="version">${escaped(line)}</p>`),
      ...(draft ? [`<p class="earlier">${words.draft}</p>`] : []),
      ...(changes.length > 0
        ? [
            `<section aria-labelledby="changed">
<h2 id="changed">${words.changed}</h2>
${listHtml(changes)}
</section>`,
          ]
        : []),
    ].join('\n'),
  })
}
