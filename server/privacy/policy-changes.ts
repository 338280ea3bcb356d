import { canonical } from './canonical.ts'
import { everyOther } from './diff-fields.ts'
import { languagesOf, type PolicyContent } from './policy-content.ts'
import type { PolicyFact, PolicyKind, PolicyText } from './policy-text.ts'
import { diffWords } from './words/diff-words.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { pageWords } from './words/page-words.ts'
import type { PolicyWords } from './words/policy-words.ts'
import { type Language, policyWords, vocabularies } from './words/words.ts'

type Words = PolicyWords['changes']
/** Other documents are made of the same parts, and have less of them. */
type Compared = Pick<PolicyContent, 'texts' | 'apps' | 'declared'>

/**
 * What changed from one version to the next, a sentence for each, in the languages of the later one. Empty only where nothing
 * did.
 */
export type PolicyChanges = Record<Language, string[]> &
  Partial<Record<DocumentLanguage, string[] | undefined>>

/**
 * Compares two versions: facts kind by kind, by their ids; then the wording. Words come from the version they stand in,
 * because what is gone has none any more. A language that the earlier one was not in tells new things alone.
 */
export function changesBetween(
  before: Compared,
  after: Compared,
  wordsIn: (language: DocumentLanguage) => Words = (language) => policyWords[language].changes,
): PolicyChanges {
  const languages = languagesOf(after)
  const told = languages.map((language) => {
    const [was, is] = [before.texts[language], after.texts[language]]
    const lines = was && is ? changesIn(wordsIn(language), was, is) : []
    const fields = fieldChanges(language, before, after)
    return [language, [...lines, ...fields, ...languageChanges(language, before, after)]] as const
  })
  const changed =
    told.some(([, lines]) => lines.length > 0) || JSON.stringify(before.apps) !== JSON.stringify(after.apps)
  return Object.fromEntries(
    told.map(([language, lines]) => [
      language,
      changed && lines.length === 0 ? [wordsIn(language).rewordedElsewhere] : lines,
    ]),
  ) as PolicyChanges
}

function languageChanges(
  language: DocumentLanguage,
  before: Pick<PolicyContent, 'texts'>,
  after: Pick<PolicyContent, 'texts'>,
): string[] {
  const words = policyWords[language].changes
  const [old, now] = [languagesOf(before), languagesOf(after)]
  const only = (some: DocumentLanguage[], others: DocumentLanguage[]) =>
    some.filter((one) => !others.includes(one)).map((one) => pageWords[one].languageName)
  const [added, gone] = [only(now, old), only(old, now)]
  const { list } = vocabularies[language]
  return [
    ...(added.length > 0 ? [words.newLanguages(list(added))] : []),
    ...(gone.length > 0 ? [words.goneLanguages(list(gone))] : []),
  ]
}

/** Single fields stand in the lists and not in the text: told by the names they have there, also those that tell of nobody. */
function fieldChanges(language: DocumentLanguage, before: Compared, after: Compared): string[] {
  const [was, now] = [before.declared?.fields, after.declared?.fields]
  const { reasons } = diffWords[language]
  if (was === undefined || now === undefined)
    return was === now ? [] : [reasons[now === undefined ? 'new field' : 'gone field']('', everyOther)]
  return [
    ...now.filter((field) => !was.includes(field)).map((field) => reasons['new field']('', field)),
    ...was.filter((field) => !now.includes(field)).map((field) => reasons['gone field']('', field)),
  ]
}

function changesIn(words: Words, before: PolicyText, after: PolicyText): string[] {
  const [old, now] = [kindsOf(before), kindsOf(after)]
  const gone = [...old.values()].filter(({ kind }) => !now.has(kind))
  return [
    ...[...now.values()].flatMap((kind) => {
      const was = old.get(kind.kind)
      return was ? kindChanges(words, was, kind) : [words.newKind(kind.name)]
    }),
    ...gone.map(({ name }) => words.goneKind(name)),
    ...wordingChanges(words, before, after),
  ]
}

function kindsOf({ about, sections }: PolicyText): Map<string, PolicyKind> {
  const blocks = sections.flatMap((section) => section.blocks)
  const kinds = blocks.flatMap((block) => ('kind' in block ? [block.kind] : []))
  return new Map([about, ...kinds].map((kind) => [kind.kind, kind]))
}

function kindChanges(words: Words, was: PolicyKind, is: PolicyKind): string[] {
  const fields = new Set([...is.facts, ...was.facts].map(({ field }) => field))
  const factOf = (kind: PolicyKind, field: string) => kind.facts.find((fact) => fact.field === field)
  const lines = [...fields].flatMap((field) => {
    const [old, now] = [factOf(was, field), factOf(is, field)]
    const name = words.inSentence((now ?? old)?.name ?? '')
    const added = onlyIn(now, old)
    const removed = onlyIn(old, now)
    const [from, to] = [removed[0], added[0]]
    if (removed.length === 1 && added.length === 1 && from !== undefined && to !== undefined)
      return [words.replaced(is.name, name, from, to)]
    return [
      ...added.map((what) => words.added(is.name, name, what)),
      ...removed.map((what) => words.removed(is.name, name, what)),
    ]
  })
  return lines.length === 0 && !readsAs(was, is) ? [words.reworded(is.name)] : lines
}

function onlyIn(fact: PolicyFact | undefined, other: PolicyFact | undefined): string[] {
  const known = new Set(other?.items.map(({ id }) => id))
  return fact?.items.filter(({ id }) => !known.has(id)).map(({ text }) => text) ?? []
}

/** Title and sections, without the kinds that stand in them. */
function wordingChanges(words: Words, before: PolicyText, after: PolicyText): string[] {
  const [old, now] = [proseOf(before), proseOf(after)]
  return [
    ...[...now].flatMap(([id, { heading, prose }]) => {
      const was = old.get(id)
      if (!was) return [words.newSection(heading)]
      return readsAs(was.prose, prose) ? [] : [words.reworded(heading)]
    }),
    ...[...old].flatMap(([id, { heading }]) => (now.has(id) ? [] : [words.goneSection(heading)])),
  ]
}

function proseOf(text: PolicyText): Map<string, { heading: string; prose: unknown }> {
  const sections = text.sections.map(({ id, heading, blocks }) => {
    const prose: unknown = [heading, ...blocks.filter((block) => !('kind' in block))]
    return [id, { heading, prose }] as const
  })
  return new Map([['', { heading: text.title, prose: text.title as unknown }], ...sections])
}

/** Do they read the same? Which part is of which app, and which element of the law it is, is no matter of reading. */
function readsAs(one: unknown, other: unknown): boolean {
  // Nearly always they are equal as they stand; a database may have turned the names around.
  return JSON.stringify(one) === JSON.stringify(other) || canonical(readIn(one)) === canonical(readIn(other))
}

function readIn(part: unknown): unknown {
  return JSON.parse(
    JSON.stringify(part, (key, value: unknown) => (key === 'only' || key === 'elements' ? undefined : value)),
  )
}
