import { escaped, sectionsHtml } from '../privacy/policy-html.ts'
import type { PolicyText } from '../privacy/policy-text.ts'
import { documentWords } from '../privacy/words/document-words.ts'
import { pageWords } from '../privacy/words/page-words.ts'
import { type Language, languages } from '../privacy/words/words.ts'

/** A generated document as a page of its own, which prints as one. */
export interface DocumentPage {
  language: Language
  title: string
  /** under the title: version, date, who approved it */
  lines: readonly string[]
  /** nobody has approved it */
  draft: boolean
  /** since the version that was approved last */
  changes: readonly string[]
  sections: PolicyText['sections']
  /** of this page, in another language */
  addressIn(language: Language): string
}

/** No script, nothing from elsewhere; the style sheet is that of the policy's page. */
export function documentPage(page: DocumentPage): string {
  const { language, title, lines, draft, changes, sections } = page
  const words = documentWords[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/privacy/policy.css">
</head>
<body>
<header>
<p class="wordmark">ringfence</p>
<nav class="languages" aria-label="${pageWords[language].languages}">${languages.map((other) => languageLink(page, other)).join('\n')}</nav>
</header>
<main>
<h1>${escaped(title)}</h1>
${lines.map((line) => `<p class="version">${escaped(line)}</p>`).join('\n')}
${draft ? `<p class="earlier">${words.draft}</p>` : ''}
${
  changes.length === 0
    ? ''
    : `<section aria-labelledby="changed">
<h2 id="changed">${words.changed}</h2>
<ul>\n${changes.map((line) => `<li>${escaped(line)}</li>`).join('\n')}\n</ul>
</section>`
}
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${words.contents}</h2>
<ol>
${sections.map(({ id, heading }) => `<li><a href="#${escaped(id)}">${escaped(heading)}</a></li>`).join('\n')}
</ol>
</nav>
${sectionsHtml(sections, language)}
</main>
</body>
</html>
`
}

function languageLink({ language, addressIn }: DocumentPage, other: Language): string {
  const current = other === language ? ' aria-current="true"' : ''
  return `<a href="${escaped(addressIn(other))}" lang="${other}" hreflang="${other}"${current}>${pageWords[other].languageName}</a>`
}
