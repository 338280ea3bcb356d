import type { PolicyContent } from './policy-content.ts'
import type { PolicyFact, PolicyKind, PolicyText } from './policy-text.ts'
import { type Language, policyWords } from './words/words.ts'

/** What changed from one version to the next, a sentence for each, in every language. Empty only where nothing did. */
export type PolicyChanges = Record<Language, string[]>

/**
 * Compares two versions: facts kind by kind, by their ids; then the wording. Words come from the version they stand in,
 * because what is gone has none any more.
 */
export function changesBetween(before: PolicyContent, after: PolicyContent): PolicyChanges {
  const lines = {
    en: changesIn('en', before.texts.en, after.texts.en),
    cs: changesIn('cs', before.texts.cs, after.texts.cs),
  }
  const changed = lines.en.length + lines.cs.length > 0
  for (const language of ['en', 'cs'] as const)
    if (changed && lines[language].length === 0)
      lines[language].push(policyWords[language].changes.rewordedElsewhere)
  return lines
}

function changesIn(language: Language, before: PolicyText, after: PolicyText): string[] {
  const words = policyWords[language].changes
  const [old, now] = [kindsOf(before), kindsOf(after)]
  const gone = [...old.values()].filter(({ kind }) => !now.has(kind))
  return [
    ...[...now.values()].flatMap((kind) => {
      const was = old.get(kind.kind)
      return was ? kindChanges(language, was, kind) : [words.newKind(kind.name)]
    }),
    ...gone.map(({ name }) => words.goneKind(name)),
    ...wordingChanges(language, before, after),
  ]
}

function kindsOf({ about, sections }: PolicyText): Map<string, PolicyKind> {
  const blocks = sections.flatMap((section) => section.blocks)
  const kinds = blocks.flatMap((block) => ('kind' in block ? [block.kind] : []))
  return new Map([about, ...kinds].map((kind) => [kind.kind, kind]))
}

function kindChanges(language: Language, was: PolicyKind, is: PolicyKind): string[] {
  const words = policyWords[language].changes
  const fields = new Set([...is.facts, ...was.facts].map(({ field }) => field))
  const factOf = (kind: PolicyKind, field: string) => kind.facts.find((fact) => fact.field === field)
  const lines = [...fields].flatMap((field) => {
    const [old, now] = [factOf(was, field), factOf(is, field)]
    const name = (now ?? old)?.name.toLowerCase() ?? ''
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
  return lines.length === 0 && JSON.stringify(was) !== JSON.stringify(is) ? [words.reworded(is.name)] : lines
}

function onlyIn(fact: PolicyFact | undefined, other: PolicyFact | undefined): string[] {
  const known = new Set(other?.items.map(({ id }) => id))
  return fact?.items.filter(({ id }) => !known.has(id)).map(({ text }) => text) ?? []
}

/** Title and sections, without the kinds that stand in them. */
function wordingChanges(language: Language, before: PolicyText, after: PolicyText): string[] {
  const words = policyWords[language].changes
  const [old, now] = [proseOf(before), proseOf(after)]
  return [
    ...[...now].flatMap(([id, { heading, prose }]) => {
      const was = old.get(id)
      if (!was) return [words.newSection(heading)]
      return was.prose === prose ? [] : [words.reworded(heading)]
    }),
    ...[...old].flatMap(([id, { heading }]) => (now.has(id) ? [] : [words.goneSection(heading)])),
  ]
}

function proseOf(text: PolicyText): Map<string, { heading: string; prose: string }> {
  const sections = text.sections.map(({ id, heading, blocks }) => {
    const prose = JSON.stringify([heading, ...blocks.filter((block) => !('kind' in block))])
    return [id, { heading, prose }] as const
  })
  return new Map([['', { heading: text.title, prose: text.title }], ...sections])
}
