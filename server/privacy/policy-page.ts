import { type NoticeChoice, noticeOf } from './notice-of.ts'
import { framed } from './page-frame.ts'
import type { PolicyChanges } from './policy-changes.ts'
import { languagesOf, type PolicyContent } from './policy-content.ts'
import { escaped, listHtml } from './policy-html.ts'
import type { PolicyVersion } from './policy-versions.ts'
import { tied } from './tied.ts'
import { compareWords } from './words/compare-words.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { ownWords } from './words/own-words.ts'
import { dayIn, type PageWords, pageWords } from './words/page-words.ts'

export interface PolicyPage {
  /** one that the version shown is in */
  language: DocumentLanguage
  shown: PolicyVersion & PolicyContent
  /** every version there is, the latest first */
  versions: readonly PolicyVersion[]
  /** it was asked for by its version, so that its address says which */
  byVersion: boolean
  /** undefined: the whole policy */
  choice?: NoticeChoice | undefined
  /** where people reach this installation, without a trailing slash; undefined: not told */
  origin?: string | undefined
}

const path = '/privacy/policy'

/** The public page of the policy. */
export function policyPage(page: PolicyPage): string {
  const { language, shown, versions } = page
  const words = pageWords[language]
  const { title, sections } = noticeIn(page)
  return framed({
    language,
    title,
    sections,
    languages: languagesOf(shown),
    addressIn: (other) => urlOf(page, { language: other }),
    head: `${alternates(page)}\n`,
    before: `${announcements(page)}
<h1>${escaped(title)}</h1>
${versionLine(page)}
${choiceLine(page)}<section aria-labelledby="changes">
<h2 id="changes">${words.changes}</h2>
${changesOf(shown, versions, words, language)}
</section>`,
    after: `${noticeList(page)}<section aria-labelledby="all-versions">
<h2 id="all-versions">${words.otherVersions}</h2>
${versionList(page)}
</section>
`,
  })
}

/** The policy as far as it is asked for. */
export function noticeIn({ shown, language, choice }: PolicyPage) {
  const text = shown.texts[language] ?? shown.texts.en
  return choice ? noticeOf(text, choice) : text
}

interface Wish {
  language?: DocumentLanguage
  version?: string
  app?: string | undefined
}

/** An address of this page, in another language, of another version, or of another choice of apps. */
function urlOf(page: PolicyPage, other: Wish = {}): string {
  const { version = page.byVersion ? page.shown.version : '' } = other
  const app = 'app' in other ? other.app : page.choice?.name
  const wishes = [
    ...(app ? [`app=${encodeURIComponent(app)}`] : []),
    `lang=${other.language ?? page.language}`,
  ]
  return `${version === '' ? path : addressOf(version)}?${wishes.join('&')}`
}

const addressIn = (page: PolicyPage, other: Wish): string => escaped(urlOf(page, other))

/** For whoever indexes the page: it is the same in each language, and without one it comes as the reader asks. */
function alternates(page: PolicyPage): string {
  const origin = escaped(page.origin ?? '')
  const links = languagesOf(page.shown).map(
    (other) =>
      `<link rel="alternate" hreflang="${other}" href="${origin}${addressIn(page, { language: other })}">`,
  )
  const plain = escaped(urlOf(page).replace(/[&?]lang=\w+$/, ''))
  return [...links, `<link rel="alternate" hreflang="x-default" href="${origin}${plain}">`].join('\n')
}

function choiceLine(page: PolicyPage): string {
  if (!page.choice) return ''
  const words = pageWords[page.language]
  return `<p class="choice">${words.ofOneApp} <a href="${addressIn(page, { app: undefined })}">${words.ofAllApps}</a></p>\n`
}

/** The notices of single apps, where there is more than one. */
function noticeList(page: PolicyPage): string {
  const { apps = [] } = page.shown
  if (page.choice || apps.length < 2) return ''
  const { title: whole, titles = {} } = page.shown.texts[page.language] ?? page.shown.texts.en
  const names = new Set([...apps.map(({ crm }) => crm), ...apps.map(({ id }) => id)])
  const lines = [...names].map(
    (app) => `<li><a href="${addressIn(page, { app })}">${escaped(titles[app] ?? whole)}</a></li>`,
  )
  return `<section aria-labelledby="notices">
<h2 id="notices">${pageWords[page.language].notices}</h2>
<ul>\n${lines.join('\n')}\n</ul>
</section>
`
}

const dayHtml = (language: DocumentLanguage, at: Date): string => tied(dayIn(language, at))

/** In the reader's language, or as it was told when the version was made. */
const linesIn = (lines: PolicyChanges, language: DocumentLanguage): readonly string[] =>
  lines[language] ?? lines.en

/** What will be allowed, on top of everything and before it is (OC-9). */
function announcements(page: PolicyPage): string {
  const { language, versions } = page
  const words = pageWords[language]
  return versions
    .filter(({ state }) => state === 'announced')
    .map(({ version, effectiveAt, reasons, changes }, at) => {
      const why = linesIn(reasons, language)
      const told = why.length > 0 ? why : linesIn(changes, language)
      return `<aside class="announced" aria-labelledby="announced-${at}">
<h2 id="announced-${at}">${words.announced(dayHtml(language, effectiveAt))}</h2>
${listHtml(told)}
<p>${words.untilThen} <a href="${addressIn(page, { version })}">${words.readAnnounced}</a></p>
</aside>`
    })
    .join('\n')
}

function versionLine(page: PolicyPage): string {
  const { language, shown } = page
  const words = pageWords[language]
  const day = `<time datetime="${shown.effectiveAt.toISOString()}">${dayHtml(language, shown.effectiveAt)}</time>`
  const approved = shown.approval && ownWords[language].approvedOn(dayHtml(language, shown.approval.at))
  const facts = [
    words.version(escaped(shown.version)),
    whenIn(language, shown, day),
    ...(approved ? [approved] : []),
  ]
  const line = `<p class="version">${facts.join(', ')}</p>`
  return shown.state === 'in force'
    ? line
    : `${line}
<p class="earlier">${words.states[shown.state]} <a href="${addressIn(page, { version: '' })}">${words.toCurrent}</a></p>`
}

/** When a version holds, or held. @param day in words, or as HTML */
export function whenIn(
  language: DocumentLanguage,
  { state }: Pick<PolicyVersion, 'state'>,
  day: string,
): string {
  const words = pageWords[language]
  return {
    'in force': words.inForceSince,
    announced: words.inForceFrom,
    earlier: words.wasInForceSince,
    withdrawn: words.announcedFor,
  }[state](day)
}

function changesOf(
  shown: PolicyVersion,
  versions: readonly PolicyVersion[],
  words: PageWords,
  language: DocumentLanguage,
): string {
  const first = versions.at(-1)?.effectiveAt.getTime() === shown.effectiveAt.getTime()
  if (first) return `<p>${words.firstVersion}</p>`
  return listHtml(linesIn(shown.changes, language))
}

function versionList(page: PolicyPage): string {
  const { language, shown, versions } = page
  const words = pageWords[language]
  const lines = versions.map(({ version, effectiveAt, state }) => {
    // One that was announced for a day and one that came in its place have the same day.
    const isShown = version === shown.version && effectiveAt.getTime() === shown.effectiveAt.getTime()
    const notes = [...(state === 'earlier' ? [] : [words.marks[state]]), ...(isShown ? [words.thisOne] : [])]
    const name = words.version(escaped(version))
    const link = isShown ? name : `<a href="${addressIn(page, { version })}">${name}</a>`
    return `<li>${dayHtml(language, effectiveAt)}: ${link}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}</li>`
  })
  const compare = `<p class="choice"><a href="${path}/compare?lang=${language}">${compareWords[language].link}</a></p>`
  return `<ul class="versions">\n${lines.join('\n')}\n</ul>${lines.length > 1 ? `\n${compare}` : ''}`
}

export function addressOf(version: string): string {
  return `/privacy/policy/${encodeURIComponent(version)}`
}
