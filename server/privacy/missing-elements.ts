import type { PolicyBlock, PolicyKind, PolicyText } from './policy-text.ts'
import { type ElementId, elementIds, type listedRights, type SectionId } from './words/policy-words.ts'

/**
 * Where each element of Art. 13 and 14 GDPR is looked for: the facts told of every kind of data, rows of the facts on the
 * operator, single rights, or paragraphs that are marked with it.
 */
type Place =
  | { ofEveryKind: readonly (readonly string[])[] }
  | { operatorFact: string }
  | { right: string }
  | { in: SectionId }

const right = (id: (typeof listedRights)[number]): Place => ({ right: id })

interface Element {
  /** of the GDPR; for data from the person, and from elsewhere */
  articles: readonly string[]
  places: readonly Place[]
}

export const elements: Readonly<Record<ElementId, Element>> = {
  controller: {
    articles: ['13(1)(a)', '14(1)(a)'],
    places: [
      { in: 'roles' },
      { operatorFact: 'operator' },
      { operatorFact: 'seat' },
      { operatorFact: 'contact' },
      { ofEveryKind: [['role']] },
    ],
  },
  representative: { articles: ['13(1)(a)', '14(1)(a)'], places: [{ operatorFact: 'representative' }] },
  officer: { articles: ['13(1)(b)', '14(1)(b)'], places: [{ operatorFact: 'officer' }] },
  purposes: {
    articles: ['13(1)(c)', '14(1)(c)'],
    places: [{ in: 'purposes' }, { ofEveryKind: [['purposes']] }],
  },
  grounds: { articles: ['13(1)(c)', '14(1)(c)'], places: [{ ofEveryKind: [['ground']] }] },
  interest: { articles: ['13(1)(d)', '14(2)(b)'], places: [{ in: 'interests' }] },
  categories: {
    articles: ['14(1)(d)'],
    places: [{ ofEveryKind: [['subjects'], ['sealed', 'hashed', 'clear']] }],
  },
  recipients: {
    articles: ['13(1)(e)', '14(1)(e)'],
    places: [{ in: 'recipients' }, { ofEveryKind: [['recipients']] }],
  },
  transfers: { articles: ['13(1)(f)', '14(1)(f)'], places: [{ in: 'place' }] },
  period: { articles: ['13(2)(a)', '14(2)(a)'], places: [{ in: 'ending' }, { ofEveryKind: [['keep']] }] },
  backups: { articles: ['13(2)(a)', '14(2)(a)'], places: [{ in: 'ending' }] },
  access: { articles: ['13(2)(b)', '14(2)(c)'], places: [right('access')] },
  rectification: { articles: ['13(2)(b)', '14(2)(c)'], places: [right('rectification')] },
  erasure: { articles: ['13(2)(b)', '14(2)(c)'], places: [right('erasure')] },
  restriction: { articles: ['13(2)(b)', '14(2)(c)'], places: [right('restriction')] },
  portability: { articles: ['13(2)(b)', '14(2)(c)'], places: [right('portability')] },
  // clearly, and separately from anything else: a section of its own
  objection: { articles: ['13(2)(b)', '14(2)(c)', '21(4)'], places: [{ in: 'objection' }] },
  withdrawal: { articles: ['13(2)(c)', '14(2)(d)'], places: [{ in: 'consent' }] },
  complaint: { articles: ['13(2)(d)', '14(2)(e)'], places: [{ in: 'complaint' }] },
  obligation: { articles: ['13(2)(e)'], places: [{ in: 'obligation' }] },
  source: { articles: ['14(2)(f)'], places: [{ in: 'data' }, { ofEveryKind: [['source']] }] },
  decisions: { articles: ['13(2)(f)', '14(2)(g)'], places: [{ in: 'decisions' }] },
  newPurpose: { articles: ['13(3)', '14(4)'], places: [{ in: 'purposes' }] },
}

/** The words with which a notice says an element, place by place; empty where it does not (L-13.1). */
export function wordsFor(text: PolicyText, id: ElementId): string[][] {
  return elements[id].places.map((place) => wordsAt(text, id, place))
}

/** What Art. 13 and 14 ask for and this notice does not say, as "transfers (13(1)(f), 14(1)(f))". */
export function missingElements(text: PolicyText): string[] {
  return elementIds
    .filter((id) =>
      wordsFor(text, id).some((words) => words.length === 0 || words.some((one) => !one.trim())),
    )
    .map((id) => `${id} (${elements[id].articles.join(', ')})`)
}

function wordsAt(text: PolicyText, id: ElementId, place: Place): string[] {
  if ('ofEveryKind' in place) {
    const kinds = blocksIn(text, 'data').flatMap((block) => ('kind' in block ? [block.kind] : []))
    return kinds.flatMap((kind) => place.ofEveryKind.map((fields) => factWords(kind, fields)))
  }
  if ('operatorFact' in place)
    return blocksIn(text, 'roles')
      .flatMap((block) => ('facts' in block ? block.facts : []))
      .filter(({ field }) => field === place.operatorFact)
      .flatMap(({ items }) => items.map((one) => one.text))
  if ('right' in place)
    return blocksIn(text, 'rights')
      .flatMap((block) => ('items' in block ? block.items : []))
      .filter((one) => one.id === place.right)
      .map((one) => one.text)
  return blocksIn(text, place.in).flatMap((block) => markedWords(block, id))
}

/** One of these facts has to be there: data that is nowhere kept readable has no such fact. */
function factWords({ facts }: PolicyKind, fields: readonly string[]): string {
  return facts
    .filter(({ field }) => fields.includes(field))
    .flatMap(({ items }) => items.map((one) => one.text))
    .join('; ')
}

function markedWords(block: PolicyBlock, id: ElementId): string[] {
  if (!('elements' in block) || !block.elements?.includes(id)) return []
  return 'items' in block ? block.items.map((one) => one.text) : [block.text]
}

function blocksIn({ sections }: PolicyText, id: SectionId): readonly PolicyBlock[] {
  return sections.find((section) => section.id === id)?.blocks ?? []
}
