import type { PolicyContent } from './policy-content.ts'
import type { PolicyVersion } from './policy-record.ts'
import type { PolicyBlock, PolicyFact, PolicyKind } from './policy-text.ts'
import { dayIn, type PageWords, pageWords } from './words/page-words.ts'
import type { Field } from './words/policy-words.ts'
import { type Language, languages } from './words/words.ts'

export interface PolicyPage {
  language: Language
  shown: PolicyVersion & PolicyContent
  /** every version there is, the latest first */
  versions: readonly PolicyVersion[]
  /** it was asked for by its version, so that its address says which */
  byVersion: boolean
}

/** The public page: no script, no session, nothing from elsewhere; its style sheet is `policy.css`. */
export function policyPage(page: PolicyPage): string {
  const { language, shown, versions } = page
  const words = pageWords[language]
  const { title, sections } = shown.texts[language]
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
${languageLinks(page)}
</header>
<main>
${announcements(page)}
<h1>${escaped(title)}</h1>
${versionLine(page)}
<section aria-labelledby="changes">
<h2 id="changes">${words.changes}</h2>
${changesOf(shown, versions, words, language)}
</section>
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${words.contents}</h2>
<ol>
${sections.map(({ id, heading }) => `<li><a href="#${escaped(id)}">${escaped(heading)}</a></li>`).join('\n')}
</ol>
</nav>
${sections
  .map(
    ({ id, heading, blocks }) => `<section aria-labelledby="${escaped(id)}">
<h2 id="${escaped(id)}">${escaped(heading)}</h2>
${blocks.map(blockHtml).join('\n')}
</section>`,
  )
  .join('\n')}
<section aria-labelledby="all-versions">
<h2 id="all-versions">${words.otherVersions}</h2>
${versionList(page)}
</section>
</main>
</body>
</html>
`
}

function languageLinks({ language, shown, byVersion }: PolicyPage): string {
  const path = byVersion ? addressOf(shown.version) : '/privacy/policy'
  const links = languages.map((other) => {
    const name = pageWords[other].languageName
    const current = other === language ? ' aria-current="true"' : ''
    return `<a href="${path}?lang=${other}" lang="${other}" hreflang="${other}"${current}>${name}</a>`
  })
  return `<nav class="languages" aria-label="${pageWords[language].languages}">${links.join('\n')}</nav>`
}

/** What will be allowed, on top of everything and before it is (OC-9). */
function announcements({ language, versions }: PolicyPage): string {
  const words = pageWords[language]
  return versions
    .filter(({ state }) => state === 'announced')
    .map(({ version, effectiveAt, reasons, changes }, at) => {
      const told = reasons[language].length > 0 ? reasons[language] : changes[language]
      return `<aside class="announced" aria-labelledby="announced-${at}">
<h2 id="announced-${at}">${words.announced(dayIn(language, effectiveAt))}</h2>
<ul>\n${told.map((line) => `<li>${escaped(line)}</li>`).join('\n')}\n</ul>
<p>${words.untilThen} <a href="${addressOf(version)}?lang=${language}">${words.readAnnounced}</a></p>
</aside>`
    })
    .join('\n')
}

function versionLine({ language, shown }: PolicyPage): string {
  const words = pageWords[language]
  const day = `<time datetime="${shown.effectiveAt.toISOString()}">${dayIn(language, shown.effectiveAt)}</time>`
  const when = {
    'in force': words.inForceSince,
    announced: words.inForceFrom,
    earlier: words.wasInForceSince,
    withdrawn: words.announcedFor,
  }
  const line = `<p class="version">${words.version(escaped(shown.version))}, ${when[shown.state](day)}</p>`
  return shown.state === 'in force'
    ? line
    : `${line}
<p class="earlier">${words.states[shown.state]} <a href="/privacy/policy?lang=${language}">${words.toCurrent}</a></p>`
}

function changesOf(
  shown: PolicyVersion,
  versions: readonly PolicyVersion[],
  words: PageWords,
  language: Language,
): string {
  const first = versions.at(-1)?.effectiveAt.getTime() === shown.effectiveAt.getTime()
  if (first) return `<p>${words.firstVersion}</p>`
  return `<ul>\n${shown.changes[language].map((change) => `<li>${escaped(change)}</li>`).join('\n')}\n</ul>`
}

function versionList({ language, shown, versions }: PolicyPage): string {
  const words = pageWords[language]
  const lines = versions.map(({ version, effectiveAt, state }) => {
    const isShown = effectiveAt.getTime() === shown.effectiveAt.getTime()
    const notes = [...(state === 'earlier' ? [] : [words.marks[state]]), ...(isShown ? [words.thisOne] : [])]
    const name = words.version(escaped(version))
    const link = isShown ? name : `<a href="${addressOf(version)}?lang=${language}">${name}</a>`
    return `<li>${dayIn(language, effectiveAt)}: ${link}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}</li>`
  })
  return `<ul class="versions">\n${lines.join('\n')}\n</ul>`
}

export function addressOf(version: string): string {
  return `/privacy/policy/${encodeURIComponent(version)}`
}

function blockHtml(block: PolicyBlock): string {
  if ('text' in block) return `<p>${escaped(block.text)}</p>`
  if ('list' in block)
    return `<ul>\n${block.list.map((line) => `<li>${escaped(line)}</li>`).join('\n')}\n</ul>`
  if ('kind' in block) return kindHtml(block.kind)
  const { text, url } = block.link
  return url === undefined
    ? `<p>${escaped(text)}</p>`
    : `<p><a href="${escaped(url)}" rel="noreferrer">${escaped(text)}</a></p>`
}

/** The same of every kind, as long as its list has one entry: a section of its own says it. */
const saidOnce: ReadonlySet<string> = new Set<Field>(['region'])

function kindHtml({ name, facts }: PolicyKind): string {
  return `<div class="kind">
<h3>${escaped(name)}</h3>
<dl>
${facts
  .filter(({ field }) => !saidOnce.has(field))
  .map((fact) => `<div><dt>${escaped(fact.name)}</dt><dd>${escaped(itemsIn(fact))}</dd></div>`)
  .join('\n')}
</dl>
</div>`
}

/** Two columns may say the same to a reader: it is said once. */
function itemsIn({ items }: PolicyFact): string {
  return [...new Set(items.map(({ text }) => text))].join('; ')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
