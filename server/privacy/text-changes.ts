import { canonical } from './canonical.ts'
import { linesOf } from './policy-lines.ts'
import type { PolicyFact, PolicyKind, PolicyText } from './policy-text.ts'
import type { DocumentLanguage } from './words/languages.ts'
import type { PolicyWords } from './words/policy-words.ts'

export type ChangeGroup = 'added' | 'removed' | 'changed'

/** One difference between two versions of a document. */
export interface Change {
  group: ChangeGroup
  /** in a sentence */
  says: string
  /** where only the wording is another: the lines that are gone, and those in their place */
  was?: readonly string[]
  is?: readonly string[]
}

export type ChangeWords = PolicyWords['changes']

interface Reading {
  language: DocumentLanguage
  words: ChangeWords
}

/**
 * Compares a document with an earlier version in the same language: facts kind by kind, by their ids; then the wording.
 * Words come from the version they stand in, because what is gone has none any more.
 */
export function textChanges(reading: Reading, before: PolicyText, after: PolicyText): Change[] {
  const { words } = reading
  const [old, now] = [kindsOf(before), kindsOf(after)]
  const gone = [...old.values()].filter(({ kind }) => !now.has(kind))
  return [
    ...[...now.values()].flatMap((kind) => {
      const was = old.get(kind.kind)
      return was ? kindChanges(reading, was, kind) : [added(words.newKind(kind.name))]
    }),
    ...gone.map(({ name }) => removed(words.goneKind(name))),
    ...wordingChanges(reading, before, after),
  ]
}

export const added = (says: string): Change => ({ group: 'added', says })
export const removed = (says: string): Change => ({ group: 'removed', says })

function kindsOf({ about, sections }: PolicyText): Map<string, PolicyKind> {
  const blocks = sections.flatMap((section) => section.blocks)
  const kinds = blocks.flatMap((block) => ('kind' in block ? [block.kind] : []))
  return new Map([about, ...kinds].map((kind) => [kind.kind, kind]))
}

function kindChanges({ language, words }: Reading, was: PolicyKind, is: PolicyKind): Change[] {
  const fields = new Set([...is.facts, ...was.facts].map(({ field }) => field))
  const factOf = (kind: PolicyKind, field: string) => kind.facts.find((fact) => fact.field === field)
  const changes = [...fields].flatMap((field): Change[] => {
    const [old, now] = [factOf(was, field), factOf(is, field)]
    const name = words.inSentence((now ?? old)?.name ?? '')
    const more = onlyIn(now, old)
    const less = onlyIn(old, now)
    const [from, to] = [less[0], more[0]]
    if (less.length === 1 && more.length === 1 && from !== undefined && to !== undefined)
      return [{ group: 'changed', says: words.replaced(is.name, name, from, to) }]
    return [
      ...more.map((what) => added(words.added(is.name, name, what))),
      ...less.map((what) => removed(words.removed(is.name, name, what))),
    ]
  })
  if (changes.length > 0 || readsAs(was, is)) return changes
  const lines = (kind: PolicyKind) => [kind.name, ...linesOf({ kind }, language)]
  return [rewording(words.reworded(is.name), lines(was), lines(is))]
}

function onlyIn(fact: PolicyFact | undefined, other: PolicyFact | undefined): string[] {
  const known = new Set(other?.items.map(({ id }) => id))
  return fact?.items.filter(({ id }) => !known.has(id)).map(({ text }) => text) ?? []
}

/** Title and sections, without the kinds that stand in them. */
function wordingChanges({ language, words }: Reading, before: PolicyText, after: PolicyText): Change[] {
  const [old, now] = [partsOf(before, language), partsOf(after, language)]
  return [
    ...[...now].flatMap(([id, { heading, prose, lines }]) => {
      const was = old.get(id)
      if (!was) return [added(words.newSection(heading))]
      return readsAs(was.prose, prose) ? [] : [rewording(words.reworded(heading), was.lines(), lines())]
    }),
    ...[...old].flatMap(([id, { heading }]) => (now.has(id) ? [] : [removed(words.goneSection(heading))])),
  ]
}

interface Part {
  heading: string
  prose: unknown
  lines(): string[]
}

function partsOf(text: PolicyText, language: DocumentLanguage): Map<string, Part> {
  const title: Part = { heading: text.title, prose: text.title, lines: () => [text.title] }
  const sections = text.sections.map(({ id, heading, blocks }): [string, Part] => {
    const rest = blocks.filter((block) => !('kind' in block))
    const lines = () => [heading, ...rest.flatMap((block) => linesOf(block, language))]
    return [id, { heading, prose: [heading, ...rest], lines }]
  })
  return new Map([['', title], ...sections])
}

function rewording(says: string, was: readonly string[], is: readonly string[]): Change {
  return {
    group: 'changed',
    says,
    was: was.filter((line) => !is.includes(line)),
    is: is.filter((line) => !was.includes(line)),
  }
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
