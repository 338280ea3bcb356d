import type { Declaration } from '../../policy/index.ts'
import type { DeclaredKind } from './declared.ts'
import type { PolicyContent } from './policy-content.ts'
import { kindFacts } from './policy-facts.ts'
import type { PolicyFact, PolicyKind } from './policy-text.ts'

/** A kind that has none of these has no line for them; any other line is told of every kind. */
const mayBeNone = ['sealed', 'hashed', 'clear', 'ends'] as const

/**
 * Does a version declare what its text says? Its name and its approval are of the text, because the text tells every field; the
 * program goes by the declarations beside it. What this program has no words for cannot be compared, and counts as told.
 */
export function isAsTold({ texts, declared }: Pick<PolicyContent, 'texts' | 'declared'>): boolean {
  if (!declared) return true
  const { about, sections } = texts.en
  const told = new Map(
    sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => ('kind' in block ? [[block.kind.kind, block.kind] as const] : [])),
    ),
  )
  const { noticeDays, backupDays } = declared.terms
  return (
    told.size === declared.kinds.length &&
    declared.kinds.every((kind) => isKindAsTold(kind, told.get(kind.kind))) &&
    says(about, 'notice', `${noticeDays} d`) &&
    says(about, 'backups', `${backupDays} d`)
  )
}

function isKindAsTold(declared: DeclaredKind, told: PolicyKind | undefined): boolean {
  const facts = factsOf(declared)
  if (!facts) return true
  const names = new Set([...mayBeNone, ...(told?.facts ?? []).map(({ field }) => field)])
  return told !== undefined && [...names].every((field) => idsOf(facts, field) === idsOf(told.facts, field))
}

function factsOf(declared: DeclaredKind): readonly PolicyFact[] | undefined {
  try {
    return kindFacts(declared as unknown as Declaration, 'en').facts // words are looked for, whatever it holds
  } catch {
    return undefined // of another release, which has words for it
  }
}

const idsOf = (facts: readonly PolicyFact[], name: string): string =>
  JSON.stringify(
    facts
      .flatMap(({ field, items }) => (field === name ? items : []))
      .map(({ id }) => id)
      .sort(),
  )

/** Versions of before there was such a line say nothing. */
function says({ facts }: PolicyKind, name: string, id: string): boolean {
  const [item] = facts.find(({ field }) => field === name)?.items ?? []
  return item === undefined || item.id === id
}
