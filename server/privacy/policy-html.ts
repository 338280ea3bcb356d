import { ownBy } from './policy-lines.ts'
import type { OwnBlock, PolicyBlock, PolicyFact, PolicyKind, PolicyText } from './policy-text.ts'
import { tied } from './tied.ts'
import type { DocumentLanguage } from './words/languages.ts'
import type { Field } from './words/policy-words.ts'

/** The sections of a generated document, without script and without a style of their own. */
export function sectionsHtml(sections: PolicyText['sections'], language: DocumentLanguage): string {
  return sections
    .map(
      ({ id, heading, blocks }) => `<section aria-labelledby="${escaped(id)}">
<h2 id="${escaped(id)}">${prose(heading)}</h2>
${blocks.map((block) => blockHtml(block, language)).join('\n')}
</section>`,
    )
    .join('\n')
}

function blockHtml(block: PolicyBlock, language: DocumentLanguage): string {
  if ('own' in block) return ownHtml(block, language)
  if ('text' in block) return `<p>${prose(block.text)}</p>`
  if ('list' in block) return listHtml(block.list)
  if ('items' in block) return listHtml(block.items.map(({ text }) => text))
  if ('facts' in block) return factsHtml(block.facts)
  if ('kind' in block) return kindHtml(block.kind)
  const { text, url } = block.link
  return url === undefined
    ? `<p>${prose(text)}</p>`
    : `<p><a href="${escaped(url)}" rel="noreferrer">${prose(text)}</a></p>`
}

/** Plain text, with whose words they are: nobody may take them for the program's own. */
function ownHtml({ own: { by, text, language: written } }: OwnBlock, language: DocumentLanguage): string {
  const whose = ownBy(by, language)
  const inAnother =
    written === undefined ? '' : ` (${new Intl.DisplayNames([language], { type: 'language' }).of(written)})`
  const lang = written === undefined ? '' : ` lang="${escaped(written)}"`
  return `<aside class="own">
<p class="own-by">${escaped(`${whose}${inAnother}`)}</p>
${text
  .split(/\n\s*\n/)
  .map((one) => `<p${lang}>${escaped(one.trim()).replaceAll('\n', '<br>')}</p>`)
  .join('\n')}
</aside>`
}

export function listHtml(lines: readonly string[]): string {
  return `<ul>\n${lines.map((line) => `<li>${prose(line)}</li>`).join('\n')}\n</ul>`
}

/** The same of every kind, as long as its list has one entry: a section of its own says it. */
const saidOnce: ReadonlySet<string> = new Set<Field>(['region'])

function kindHtml({ name, facts }: PolicyKind): string {
  return `<div class="kind">
<h3>${prose(name)}</h3>
${factsHtml(facts.filter(({ field }) => !saidOnce.has(field)))}
</div>`
}

function factsHtml(facts: readonly PolicyFact[]): string {
  const lines = facts.map((fact) => `<div><dt>${prose(fact.name)}</dt><dd>${prose(itemsIn(fact))}</dd></div>`)
  return `<dl>\n${lines.join('\n')}\n</dl>`
}

/** Two columns may say the same to a reader: it is said once. */
function itemsIn({ items }: PolicyFact): string {
  return [...new Set(items.map(({ text }) => text))].join('; ')
}

/** Text of ours, for a reader: as HTML, and with its articles and numbers in one piece. */
export const prose = (text: string): string => escaped(tied(text))

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
