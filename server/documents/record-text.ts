import { type Declaration, isWithin } from '../../policy/index.ts'
import { ownBlocks } from '../privacy/own-paragraphs.ts'
import { kindFacts, placeIn } from '../privacy/policy-facts.ts'
import type { PolicyFact, PolicyKind, PolicyText } from '../privacy/policy-text.ts'
import { diffWords } from '../privacy/words/diff-words.ts'
import type { DocumentLanguage } from '../privacy/words/languages.ts'
import {
  operatorSections,
  organizationSections,
  type RecordSection,
  recordWords,
} from '../privacy/words/record-words.ts'
import { type Vocabulary, vocabularies } from '../privacy/words/words.ts'
import type { ControllerFacts, RecordFacts } from './record-facts.ts'
import { type RecordSaid, recordProse } from './record-prose.ts'
import { recipientFacts } from './record-recipients.ts'

/** By its id, because its name goes with it: the record stays. */
export const kindOfOrganization = (id: string): string => `organization:${id}`

/** What the operator keeps on record: of what it is the controller, and what it does for each organization. */
export function operatorRecord(
  language: DocumentLanguage,
  facts: RecordFacts,
  of: { inUse: ReadonlySet<string>; organizations: readonly ControllerFacts[] },
): PolicyText {
  const words = recordWords[language]
  const said = saidOf(language, facts, { organizations: of.organizations.length })
  const kinds = sorted(facts.kinds)
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
  language: DocumentLanguage,
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
      processing: sorted(facts.kinds)
        .filter(({ role }) => role === 'processor')
        .map((kind) => activityIn(language, facts, kind, of.inUse)),
    },
  })
}

function textOf(
  language: DocumentLanguage,
  { own, operator }: RecordFacts,
  parts: {
    title: string
    about: PolicyKind
    sections: readonly RecordSection[]
    said: RecordSaid
    kinds: Partial<Record<RecordSection, PolicyKind[]>>
  },
): PolicyText {
  const { headings } = recordWords[language]
  const by = parts.said.organization ?? operator.name
  return {
    title: parts.title,
    about: parts.about,
    sections: parts.sections.map((id) => ({
      id,
      heading: headings[id],
      blocks: [
        ...recordProse(language, id, parts.said).map((text) => ({ text })),
        ...(parts.kinds[id] ?? []).map((kind) => ({ kind })),
        ...ownBlocks(own, { document: 'record', place: id, language, by }),
      ],
    })),
  }
}

function saidOf(
  language: DocumentLanguage,
  { operator, hosting, region, backupDays, own }: RecordFacts,
  of: { organizations: number; name?: string },
): RecordSaid {
  return {
    operator,
    organization: of.name,
    established: operator.country === undefined ? undefined : isWithin(operator.country, 'EU'),
    hosting: { name: hosting.name, country: placeIn(language, hosting.country) },
    region: placeIn(language, region) ?? region,
    backups: backupDays > 0 ? diffWords[language].days(backupDays) : undefined,
    othersNamed: own.some(({ document, place }) => document === 'record' && place === 'who'),
    organizations: of.organizations,
  }
}

/** In the order of the English words, so that neither the order of declarations nor that of a translation says anything. */
function sorted(kinds: readonly Declaration[]): Declaration[] {
  const order = Object.keys(vocabularies.en.kinds)
  return kinds.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** Fields of a declaration that the law asks for, in the order of Art. 30(1); recipients are told with their places. */
const told = ['purposes', 'ground', 'subjects', 'sealed', 'hashed', 'clear', 'keep', 'ends']

function activityIn(
  language: DocumentLanguage,
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
  language: DocumentLanguage,
  facts: RecordFacts,
  kinds: readonly Declaration[],
  { id, inUse }: ControllerFacts,
): PolicyKind {
  const words = recordWords[language]
  const vocabulary: Vocabulary = vocabularies[language]
  const mine = kinds.filter(({ role }) => role === 'processor')
  const all = new Set(mine.flatMap((kind) => kind.purposes))
  // In an order that says nothing, as kinds are.
  const purposes = (Object.keys(vocabularies.en.purposes) as Declaration['purposes'][number][]).filter(
    (one) => all.has(one),
  )
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
        purposes.map((purpose) => ({ id: purpose, text: vocabulary.purposes[purpose] })),
      ),
      fact(
        'data',
        mine.map(({ kind }) => ({ id: kind, text: vocabulary.kinds[kind]?.name ?? kind })),
      ),
      ...recipientFacts(language, facts, [...recipients.values()]),
    ],
  }
}

function aboutIn(
  language: DocumentLanguage,
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
