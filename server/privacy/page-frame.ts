import { escaped, prose, sectionsHtml } from './policy-html.ts'
import type { PolicyText } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { pageWords } from './words/page-words.ts'

/** A generated document as a page of its own. What is HTML comes ready made. */
export interface FramedPage {
  language: DocumentLanguage
  title: string
  /** that it can be read in */
  languages: readonly DocumentLanguage[]
  /** of this page, in another language */
  addressIn(language: DocumentLanguage): string
  /** more for its head, as HTML */
  head?: string
  /** between its top and its contents, as HTML */
  before: string
  sections: PolicyText['sections']
  /** after its sections, as HTML */
  after?: string
}

/** No script, no session, nothing from elsewhere; its style sheet is `policy.css`. */
export function framed(page: FramedPage): string {
  const { language, title, head = '', before, sections, after = '' } = page
  const words = pageWords[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/privacy/policy.css">
${head}</head>
<body>
<header>
<p class="wordmark">ringfence</p>
<nav class="languages" aria-label="${words.languages}">${page.languages.map((other) => languageLink(page, other)).join('\n')}</nav>
</header>
<main>
${before}
${contentsNav(page)}${sectionsHtml(sections, language)}
${after}</main>
</body>
</html>
`
}

/** Where there is more than one section to choose from. */
function contentsNav({ sections, language }: FramedPage): string {
  if (sections.length < 2) return ''
  return `<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${pageWords[language].contents}</h2>
<ol>
${sections.map(({ id, heading }) => `<li><a href="#${escaped(id)}">${prose(heading)}</a></li>`).join('\n')}
</ol>
</nav>
`
}

function languageLink({ language, addressIn }: FramedPage, other: DocumentLanguage): string {
  const current = other === language ? ' aria-current="true"' : ''
  return `<a href="${escaped(addressIn(other))}" lang="${other}" hreflang="${other}"${current}>${pageWords[other].languageName}</a>`
}
