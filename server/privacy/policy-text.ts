import { z } from 'zod'
import { type Declaration, declarations, isWithin, terms } from '../../policy/index.ts'
import type { Operator } from '../settings/operator.ts'
import { authorityOf } from './authorities.ts'
import { type OwnParagraph, ownBlocks } from './own-paragraphs.ts'
import {
  appsFor,
  appsOf,
  appsWith,
  type CrmVendor,
  type NoticeApp,
  nameOf,
  onlyIn,
  type PhoneVendor,
  receivesIn,
  type Vendor,
} from './policy-apps.ts'
import { kindFacts, placeIn, recipientId } from './policy-facts.ts'
import { outline } from './policy-outline.ts'
import { diffWords } from './words/diff-words.ts'
import type { DocumentLanguage } from './words/languages.ts'
import { aboutFields, amountsTo, fearedUses, type Said } from './words/policy-words.ts'
import { policyWords, type Vocabulary, vocabularies } from './words/words.ts'

/** What somebody has added in their own words. `language`: as it was written, where it is not that of the document. */
export const ownBlock = z.object({
  own: z.object({ by: z.string(), text: z.string(), language: z.string().optional() }),
})
/** In the notices of these apps; left out: in all. */
const only = z.array(z.string()).optional()
/** Something that is true of a kind. `id` is the same in every language, and changes when the fact does. */
const item = z.object({ id: z.string(), text: z.string(), only })
const fact = z.object({ field: z.string(), name: z.string(), items: z.array(item) })
const kind = z.object({ kind: z.string(), name: z.string(), facts: z.array(fact), only })
/** which elements of Art. 13 and 14 GDPR stand here */
const elements = z.array(z.string()).optional()
const block = z.union([
  z.object({ text: z.string(), elements, only }),
  z.object({ list: z.array(z.string()) }),
  z.object({ items: z.array(item), elements }),
  z.object({ facts: z.array(fact) }),
  z.object({ kind }),
  z.object({ link: z.object({ text: z.string(), url: z.string().optional() }), only }),
  ownBlock,
])
const section = z.object({ id: z.string(), heading: z.string(), blocks: z.array(block) })

/** The policy in one language. What was stored of earlier versions is read by this too: it may grow, never shrink. */
export const policyText = z.object({
  title: z.string(),
  /** of the notices of single apps, and of all apps of one CRM, by their names in addresses */
  titles: z.record(z.string(), z.string()).optional(),
  /** where nobody receives something in one app that somebody receives in another */
  nobody: z.string().optional(),
  /** the app itself as a kind of its own: shown in the sections, compared between versions */
  about: kind,
  sections: z.array(section),
})
export type PolicyText = z.infer<typeof policyText>
export type PolicyBlock = z.infer<typeof block>
export type PolicyItem = z.infer<typeof item>
export type PolicyKind = z.infer<typeof kind>
export type PolicyFact = z.infer<typeof fact>
export type OwnBlock = z.infer<typeof ownBlock>

/** What an installation says of itself besides `policy/`. */
export interface PolicySubject {
  operator: Operator
  /** whose machines it runs on; undefined: not told */
  hosting?: { name: string | undefined; country: string | undefined }
  /** `EU`, or a country */
  region?: string
  /** how old a backup gets; undefined: the app makes none */
  backupDays?: number | undefined
  phones: readonly PhoneVendor[]
  crms: readonly CrmVendor[]
  /** what the operator adds in its own words */
  own?: readonly OwnParagraph[]
}

/**
 * The app's own policy (PD-10), made from the declarations: Art. 13 and 14 GDPR, each element or why there is none.
 * @throws when something declared has no words in this language: `missingWords` lists them
 */
export function policyIn(
  language: DocumentLanguage,
  subject: PolicySubject,
  from: readonly Declaration[] = declarations,
): PolicyText {
  const words = policyWords[language]
  const vocabulary: Vocabulary = vocabularies[language]
  const apps = appsOf(subject)
  const added = (place: string) =>
    ownBlocks(subject.own, { document: 'policy', place, language, by: subject.operator.name })
  const named = (some: readonly Vendor[]) => vocabulary.list(some.map(({ title }) => title)) || undefined
  // In the order of the English words, so that neither the order of declarations nor that of a translation says anything.
  const order = Object.keys(vocabularies.en.kinds)
  const sorted = from.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return {
    title: words.title(named(subject.phones), named(subject.crms)),
    titles: Object.fromEntries([
      ...subject.crms.map((crm) => [nameOf(crm), words.title(undefined, crm.title)]),
      ...apps.map(({ id, phone, crm }) => [id, words.title(phone.title, crm.title)]),
    ]),
    nobody: words.nobody,
    about: aboutIn(language, subject),
    sections: outline({
      language,
      subject,
      said: saidOf(language, subject, sorted),
      declarations: sorted,
      kinds: sorted.map((one) => kindIn(one, language, { apps, from })),
      apps,
    }).map((section) => ({ ...section, blocks: [...section.blocks, ...added(section.id)] })),
  }
}

/** The kind, with the apps that bring it about, and at each recipient and purpose those in which there is one. */
function kindIn(
  declared: Declaration,
  language: DocumentLanguage,
  of: { apps: readonly NoticeApp[]; from: readonly Declaration[] },
): PolicyKind {
  const told = kindFacts(declared, language)
  const all = of.from.flatMap(({ recipients }) => recipients)
  const bringing = appsWith(declared, of.apps)
  const recipients = declared.recipients.map((to) => {
    const receiving = bringing.filter((app) => receivesIn(to, app, all))
    return [recipientId(to), onlyIn(bringing, receiving)] as const
  })
  const purposes = declared.purposes.map(
    (purpose) => [purpose, onlyIn(bringing, appsFor(purpose, [declared], bringing))] as const,
  )
  const scoped: Record<string, Map<string, { only?: string[] }>> = {
    recipients: new Map(recipients),
    purposes: new Map(purposes),
  }
  return {
    ...told,
    facts: told.facts.map((fact) => ({
      ...fact,
      items: fact.items.map((one) => ({ ...one, ...scoped[fact.field]?.get(one.id) })),
    })),
    ...onlyIn(of.apps, bringing),
  }
}

function saidOf(
  language: DocumentLanguage,
  { operator, hosting, region, backupDays }: PolicySubject,
  from: readonly Declaration[],
): Said {
  const used = new Set(from.flatMap((one) => one.purposes))
  const days = diffWords[language].days
  return {
    operatorNamed: operator.name !== undefined,
    country: placeIn(language, operator.country),
    established: operator.country === undefined ? undefined : isWithin(operator.country, 'EU'),
    authority: operator.authority ?? authorityOf(operator.country),
    hosting: { name: hosting?.name, country: placeIn(language, hosting?.country) },
    region: placeIn(language, region ?? 'EU') ?? '',
    never: fearedUses.filter((use) => [...used].every((purpose) => (amountsTo[purpose] as string) !== use)),
    backups: backupDays === undefined ? undefined : days(backupDays),
    controls: from.some(({ role }) => role === 'controller'),
    notice: days(terms.noticeDays),
  }
}

function aboutIn(language: DocumentLanguage, subject: PolicySubject): PolicyKind {
  const words = policyWords[language]
  const { operator, phones, crms, backupDays } = subject
  const days = diffWords[language].days
  const vendors: readonly Vendor[] = [...phones, ...crms]
  const some = (text: string | undefined) => (text === undefined ? [] : [text])
  const told = {
    operator: [operator.name ?? words.unnamed],
    seat: some(operator.seat),
    contact: [operator.contact ?? words.unnamed],
    representative: some(operator.representative),
    officer: some(operator.officer),
    phones: phones.map(({ title }) => title),
    crms: crms.map(({ title }) => title),
    policies: vendors.map(({ title, policyUrl }) => policyUrl ?? words.noAddress(title)),
    backups: backupDays === undefined ? [] : [days(backupDays)],
    notice: [days(terms.noticeDays)],
  }
  const ids: Partial<Record<keyof typeof told, string[]>> = {
    operator: [operator.name ?? ''],
    contact: [operator.contact ?? ''],
    policies: vendors.map(({ title, policyUrl }) => `${title} ${policyUrl ?? ''}`),
    backups: [`${backupDays} d`],
    notice: [`${terms.noticeDays} d`],
  }
  return {
    kind: '',
    name: words.about,
    facts: aboutFields.map((field) => ({
      field,
      name: words.aboutFields[field],
      items: told[field].map((text, at) => ({ id: ids[field]?.[at] ?? text, text })),
    })),
  }
}
