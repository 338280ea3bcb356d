import type { Difference } from './differences.ts'
import type { PolicyContent } from './policy-content.ts'
import { type Comparable, policyDiff, type Verdict, verdictOf } from './policy-diff.ts'
import type { PolicyText } from './policy-text.ts'
import { diffWords } from './words/diff-words.ts'
import { type DocumentLanguage, documentLanguages } from './words/languages.ts'
import { vocabularies } from './words/words.ts'

/** What a comparison of two versions says, for people and for machines. */
export interface ToldDiff {
  verdict: Verdict
  differences: (Difference & { text: Record<DocumentLanguage, string> })[]
}

/**
 * Compares two versions and says why one is less restrictive, in every language. A version of before there were
 * declarations in it cannot be compared: then what follows it counts as less restrictive.
 */
export function compareVersions(before: PolicyContent, after: PolicyContent): ToldDiff {
  const [was, now] = [comparableIn(before), comparableIn(after)]
  const differences =
    was && now
      ? policyDiff(was, now).differences
      : [{ kind: '', way: 'less restrictive', reason: 'other field', what: 'declarations' } as const]
  return {
    verdict: verdictOf(differences),
    differences: differences.map((one) => ({
      ...one,
      text: Object.fromEntries(
        documentLanguages.map((language) => [language, sentence(language, one, before, after)]),
      ) as Record<DocumentLanguage, string>,
    })),
  }
}

function comparableIn({ declared, texts }: PolicyContent): Comparable | undefined {
  return declared && { declared, sections: texts.en.sections.map(({ id }) => id) }
}

function sentence(
  language: DocumentLanguage,
  one: Difference,
  before: PolicyContent,
  after: PolicyContent,
): string {
  // Words stand in the version that still has the thing; the first versions were not in every language.
  const texts = [after.texts[language], before.texts[language], after.texts.en, before.texts.en]
  const first = (find: (text: PolicyText) => string | undefined) =>
    texts.flatMap((text) => (text ? [find(text)] : [])).find((found) => found !== undefined)
  const kind = first((text) => kindIn(text, one.kind)?.name) ?? one.kind
  const what = first((text) => whatIn(language, text, one)) ?? one.what
  return diffWords[language].reasons[one.reason](kind, what)
}

const kindIn = ({ sections }: PolicyText, kind: string) =>
  sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => ('kind' in block && block.kind.kind === kind ? [block.kind] : []))[0]

/** Where the words of a thing stand among the facts of its kind: by its id, or as the only one of its field. */
const fieldOf: Partial<Record<Difference['reason'], { field: string; only?: true }>> = {
  'new subject': { field: 'subjects' },
  'gone subject': { field: 'subjects' },
  'new purpose': { field: 'purposes' },
  'gone purpose': { field: 'purposes' },
  'new end': { field: 'ends' },
  'gone end': { field: 'ends' },
  'kept longer': { field: 'keep', only: true },
  'kept shorter': { field: 'keep', only: true },
  'kept otherwise': { field: 'keep', only: true },
  'stored otherwise': { field: 'database', only: true },
  'other ground': { field: 'ground', only: true },
  'other role': { field: 'role', only: true },
  'other source': { field: 'source', only: true },
  'other region': { field: 'region', only: true },
}
const forms = ['sealed', 'hashed', 'clear']

function whatIn(
  language: DocumentLanguage,
  text: PolicyText,
  { kind, reason, what }: Difference,
): string | undefined {
  if (reason.startsWith('notice') || reason.startsWith('backups'))
    return diffWords[language].days(Number(what))
  if (reason.endsWith('section')) return text.sections.find(({ id }) => id === what)?.heading
  if (reason.endsWith('recipient')) {
    const recipients: Readonly<Record<string, string>> = vocabularies[language].recipients
    return recipients[what]
  }
  const facts = kindIn(text, kind)?.facts ?? []
  const where = fieldOf[reason]
  if (where) {
    const items = facts.find(({ field }) => field === where.field)?.items
    return items?.find(({ id }) => where.only || id === what)?.text
  }
  const columns = facts.filter(({ field }) => forms.includes(field)).flatMap(({ items }) => items)
  return columns.find(({ id }) => id === what)?.text
}
