import type { Declaration, Recipient } from '../../policy/index.ts'
import { ownBlocks } from '../privacy/own-paragraphs.ts'
import { kindFacts, placeIn } from '../privacy/policy-facts.ts'
import type { PolicyFact, PolicyKind, PolicyText } from '../privacy/policy-text.ts'
import {
  operatorSections,
  organizationSections,
  type RecordSaid,
  type RecordSection,
  recordWords,
} from '../privacy/words/record-words.ts'
import { type Language, recipientWord, type Vocabulary, vocabularies } from '../privacy/words/words.ts'
import { placedText } from './placed-text.ts'
import type { ControllerFacts, RecordFacts } from './record-facts.ts'

/** By its id, because its name goes with it: the record stays. */
export const kindOfOrganization = (id: string): string => `organization:${id}`

/** What the operator keeps on record: of what it is the controller, and what it does for each organization. */
export function operatorRecord(
  language: Language,
  facts: RecordFacts,
  of: { inUse: ReadonlySet<string>; organizations: readonly ControllerFacts[] },
): PolicyText {
  const words = recordWords[language]
  const said = saidOf(language, facts, { organizations: of.organizations.length })
  const kinds = sorted(facts.kinds, language)
  return textOf(language, facts, {
    title: words.titles.operator,
    about: aboutIn(language, facts),
    sections: operatorSections,
    said,
    kinds: {
      'as-controller': kinds
        .filter(({ role }) => role === 'controller')
        .map((kind) => activityIn(language, facts, kind, of.inUse)),
      'as-processor': of.organizations.map((organization) =>
        organizationIn(language, facts, kinds, organization),
      ),
    },
  })
}

/** What an organization keeps on record: it is the controller of what the operator does for it. */
export function organizationRecord(
  language: Language,
  facts: RecordFacts,
  of: ControllerFacts & { name: string },
): PolicyText {
  const words = recordWords[language]
  return textOf(language, facts, {
    title: words.titles.organization(of.name),
    about: aboutIn(language, facts, of.name),
    sections: organizationSections,
    said: saidOf(language, facts, { organizations: 1, name: of.name }),
    kinds: {
      processing: sorted(facts.kinds, language)
        .filter(({ role }) => role === 'processor')
        .map((kind) => activityIn(language, facts, kind, of.inUse)),
    },
  })
}

function textOf(
  language: Language,
  { own, operator }: RecordFacts,
  parts: {
    title: string
    about: PolicyKind
    sections: readonly RecordSection[]
    said: RecordSaid
    kinds: Partial<Record<RecordSection, PolicyKind[]>>
  },
): PolicyText {
  const { headings, prose } = recordWords[language]
  const by = parts.said.organization?.name ?? operator.name
  return {
    title: parts.title,
    about: parts.about,
    sections: parts.sections.map((id) => ({
      id,
      heading: headings[id],
      blocks: [
        ...prose[id](parts.said).map((text) => ({ text })),
        ...(parts.kinds[id] ?? []).map((kind) => ({ kind })),
        ...ownBlocks(own, { document: 'record', place: id, language, by }),
      ],
    })),
  }
}

function saidOf(
  language: Language,
  { operator, hosting, region, own }: RecordFacts,
  of: { organizations: number; name?: string },
): RecordSaid {
  return {
    operator,
    ...(of.name === undefined ? {} : { organization: { name: of.name } }),
    hosting: { name: hosting.name, country: placeIn(language, hosting.country) },
    region: placeIn(language, region) ?? region,
    othersNamed: own.some(({ document, place }) => document === 'record' && place === 'who'),
    organizations: of.organizations,
  }
}

/** Kinds in the order of their words, so that the order of declarations says nothing. */
function sorted(kinds: readonly Declaration[], language: Language): Declaration[] {
  const order = Object.keys(vocabularies[language].kinds)
  return kinds.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** Fields of a declaration that the law asks for, in the order of Art. 30(1); recipients are told with their places. */
const told = ['purposes', 'ground', 'subjects', 'sealed', 'hashed', 'clear', 'keep', 'ends']

function activityIn(
  language: Language,
  facts: RecordFacts,
  declared: Declaration,
  inUse: ReadonlySet<string>,
): PolicyKind {
  const { kind, name, facts: all } = kindFacts(declared, language)
  const recipients = declared.recipients.filter((to) => inUse.has(to.name))
  const plain = told.flatMap((field) => all.filter((fact) => fact.field === field))
  const at = plain.findIndex(({ field }) => field === 'keep')
  return { kind, name, facts: plain.toSpliced(at, 0, ...recipientFacts(language, facts, recipients)) }
}

/** Art. 30(2): what is done for one controller, who receives it, and where that is. */
function organizationIn(
  language: Language,
  facts: RecordFacts,
  kinds: readonly Declaration[],
  { id, inUse }: ControllerFacts,
): PolicyKind {
  const words = recordWords[language]
  const vocabulary: Vocabulary = vocabularies[language]
  const mine = kinds.filter(({ role }) => role === 'processor')
  const purposes = new Set(mine.flatMap((kind) => kind.purposes))
  const recipients = new Map(
    mine
      .flatMap((kind) => kind.recipients)
      .flatMap((to) => (inUse.has(to.name) ? [[to.name, to] as const] : [])),
  )
  const fact = (field: 'categories' | 'data', items: PolicyFact['items']) => ({
    field,
    name: words.fields[field],
    items,
  })
  return {
    kind: kindOfOrganization(id),
    name: words.organization(id),
    facts: [
      fact(
        'categories',
        [...purposes].sort().map((purpose) => ({ id: purpose, text: vocabulary.purposes[purpose] })),
      ),
      fact(
        'data',
        mine.map(({ kind }) => ({ id: kind, text: vocabulary.kinds[kind]?.name ?? kind })),
      ),
      ...recipientFacts(language, facts, [...recipients.values()]),
    ],
  }
}

/** Who receives it, where that is, and the ground on which it goes there: each a difference when it changes. */
function recipientFacts(
  language: Language,
  facts: RecordFacts,
  recipients: readonly Recipient[],
): PolicyFact[] {
  const words = recordWords[language]
  const inOrder = recipients.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const placed = inOrder.map((recipient) => {
    const at = facts.place(recipient)
    const { country, ground, transfer } = at
    return {
      id: [recipient.name, country, ground, transfer?.id].filter(Boolean).join(' '),
      text: `${recipientWord(language, recipient)} – ${placedText(language, at)}`,
      outside: ground !== 'in-region' && ground !== undefined,
    }
  })
  const items = (some: typeof placed, none: string) =>
    some.length > 0 ? some.map(({ id, text }) => ({ id, text })) : [{ id: '', text: none }]
  return [
    { field: 'recipients', name: words.fields.recipients, items: items(placed, words.nobody) },
    {
      field: 'transfers',
      name: words.fields.transfers,
      items: items(
        placed.filter(({ outside }) => outside),
        words.noTransfers,
      ),
    },
  ]
}

function aboutIn(
  language: Language,
  { operator, hosting, region }: RecordFacts,
  controller?: string,
): PolicyKind {
  const words = recordWords[language]
  const country = placeIn(language, hosting.country)
  const all = {
    ...(controller === undefined ? {} : { controller }),
    operator: operator.name ?? words.unnamed,
    contact: operator.contact ?? words.unnamed,
    host: [hosting.name ?? words.unnamed, country].filter(Boolean).join(', '),
    region: placeIn(language, region) ?? region,
  }
  return {
    kind: '',
    name: words.about,
    facts: Object.entries(all).map(([field, text]) => ({
      field,
      name: words.aboutFields[field as keyof typeof all],
      items: [{ id: text, text }],
    })),
  }
}
