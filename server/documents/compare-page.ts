import { framed } from '../privacy/page-frame.ts'
import { escaped, prose } from '../privacy/policy-html.ts'
import type { Change, ChangeGroup } from '../privacy/text-changes.ts'
import { compareWords } from '../privacy/words/compare-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'

/** A version that can be chosen, with what is known of it. */
export interface ComparedVersion {
  /** in the address */
  id: string
  /** its name, when it holds, who approved it */
  facts: readonly string[]
}

export interface ComparePage {
  language: DocumentLanguage
  /** that both versions are in */
  languages: readonly DocumentLanguage[]
  /** of the document */
  title: string
  /** the latest first */
  versions: readonly ComparedVersion[]
  /** undefined: there is nothing to compare */
  compared?: { from: ComparedVersion; to: ComparedVersion; parts: readonly ComparedPart[]; verdict?: string }
  /** of this page, without what is asked */
  path: string
}

/** A document of its own within what is compared: the agreement, which is approved with the policy. */
export interface ComparedPart {
  /** left out for the document itself */
  heading?: string
  changes: readonly Change[]
}

const groups: readonly ChangeGroup[] = ['added', 'removed', 'changed']

/** Any two versions of a document side by side, each difference in words. Without a script: the form asks by its address. */
export function comparePage(page: ComparePage): string {
  const { language, languages, path, compared } = page
  const words = compareWords[language]
  const title = words.title(page.title)
  return framed({
    language,
    languages,
    title,
    sections: [],
    before: [
      `<h1>${prose(title)}</h1>`,
      ...(compared
        ? [formOf(page), factsOf(page), ...compared.parts.map((part, at) => partHtml(part, at, language))]
        : [`<p>${words.single}</p>`]),
    ].join('\n'),
    addressIn: (other) => {
      const chosen = compared
        ? `&from=${encodeURIComponent(compared.from.id)}&to=${encodeURIComponent(compared.to.id)}`
        : ''
      return `${path}?lang=${other}${chosen}`
    },
  })
}

function formOf({ language, path, versions, compared }: ComparePage): string {
  const words = compareWords[language]
  const choice = (name: 'from' | 'to', label: string) => {
    const options = versions.map(({ id, facts }) => {
      const selected = compared?.[name].id === id ? ' selected' : ''
      return `<option value="${escaped(id)}"${selected}>${escaped(facts.join(', '))}</option>`
    })
    return `<label>${label}\n<select name="${name}">\n${options.join('\n')}\n</select></label>`
  }
  return `<form class="compare" method="get" action="${path}">
<input type="hidden" name="lang" value="${language}">
${choice('from', words.earlier)}
${choice('to', words.later)}
<button type="submit">${words.show}</button>
</form>`
}

function factsOf({ language, compared }: ComparePage): string {
  if (!compared) return ''
  const words = compareWords[language]
  const fact = (name: string, { facts }: ComparedVersion) =>
    `<div><dt>${name}</dt><dd>${prose(facts.join(', '))}</dd></div>`
  const verdict = compared.verdict === undefined ? '' : `\n<p>${prose(words.verdict(compared.verdict))}</p>`
  return `<dl class="compared">
${fact(words.earlier, compared.from)}
${fact(words.later, compared.to)}
</dl>${verdict}`
}

/** Its own heading is one level above those of the groups in it. */
function partHtml({ heading, changes }: ComparedPart, at: number, language: DocumentLanguage): string {
  const words = compareWords[language]
  const level = heading === undefined ? 2 : 3
  const told = groups.flatMap((group) => {
    const some = changes.filter((change) => change.group === group)
    if (some.length === 0) return []
    const id = `${group}-${at}`
    return [
      `<section aria-labelledby="${id}">
<h${level} id="${id}">${words.groups[group]} (${some.length})</h${level}>
<ul class="differences">
${some.map((change) => changeHtml(change, language)).join('\n')}
</ul>
</section>`,
    ]
  })
  return [
    ...(heading === undefined ? [] : [`<h2>${prose(heading)}</h2>`]),
    ...(told.length > 0 ? told : [`<p>${words.same}</p>`]),
  ].join('\n')
}

/** What was and what is are said in words, and not by a colour or a line alone. */
function changeHtml({ says, was = [], is = [] }: Change, language: DocumentLanguage): string {
  const words = compareWords[language]
  const lines = (element: 'del' | 'ins', label: string, some: readonly string[]) =>
    some.map(
      (line) => `\n<p class="difference"><span>${label}:</span> <${element}>${prose(line)}</${element}></p>`,
    )
  return `<li>${prose(says)}${[...lines('del', words.was, was), ...lines('ins', words.is, is)].join('')}</li>`
}
