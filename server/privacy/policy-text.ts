import { z } from 'zod'
import { type Declaration, declarations, terms } from '../../policy/index.ts'
import { kindFacts, recipientIn } from './policy-facts.ts'
import { diffWords } from './words/diff-words.ts'
import { aboutFields, amountsTo, fearedUses, type Said, sectionIds } from './words/policy-words.ts'
import { type Language, policyWords, type Vocabulary, vocabularies, wordOf } from './words/words.ts'

/** Something that is true of a kind. `id` is the same in every language, and changes when the fact does. */
const item = z.object({ id: z.string(), text: z.string() })
const fact = z.object({ field: z.string(), name: z.string(), items: z.array(item) })
const kind = z.object({ kind: z.string(), name: z.string(), facts: z.array(fact) })
const block = z.union([
  z.object({ text: z.string() }),
  z.object({ list: z.array(z.string()) }),
  z.object({ kind }),
  z.object({ link: z.object({ text: z.string(), url: z.string().optional() }) }),
])
const section = z.object({ id: z.string(), heading: z.string(), blocks: z.array(block) })

/** The policy in one language. What was stored of earlier versions is read by this too: it may grow, never shrink. */
export const policyText = z.object({
  title: z.string(),
  /** the app itself as a kind of its own: shown in the sections, compared between versions */
  about: kind,
  sections: z.array(section),
})
export type PolicyText = z.infer<typeof policyText>
export type PolicyBlock = z.infer<typeof block>
export type PolicyKind = z.infer<typeof kind>
export type PolicyFact = z.infer<typeof fact>

/** What an installation says of itself besides `policy/`. */
export interface PolicySubject {
  operator: { name: string | undefined; contact: string | undefined }
  /** whose machines it runs on; undefined: not told */
  hosting?: { name: string | undefined; country: string | undefined }
  /** `EU`, or a country */
  region?: string
  phones: readonly Vendor[]
  crms: readonly Vendor[]
}

/** A service that is connected, and the address of its own policy where its adapter knows one. */
export interface Vendor {
  title: string
  policyUrl?: string
}

/**
 * The app's own policy (PD-10), made from the declarations: Art. 13 and 14 GDPR, each element or why there is none.
 * @throws when something declared has no words in this language: `missingWords` lists them
 */
export function policyIn(
  language: Language,
  subject: PolicySubject,
  from: readonly Declaration[] = declarations,
): PolicyText {
  const words = policyWords[language]
  const vocabulary: Vocabulary = vocabularies[language]
  // In the order of the words, so that the order of declarations says nothing.
  const order = Object.keys(vocabulary.kinds)
  const sorted = from.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const said = saidOf(language, subject, sorted)
  const prose = words.prose(said)
  return {
    title: words.title(said),
    about: aboutIn(language, subject),
    sections: sectionIds.map((id) => ({
      id,
      heading: words.headings[id],
      blocks: [
        ...prose[id].map((one) => (typeof one === 'string' ? { text: one } : { list: [...one.list] })),
        ...(id === 'data' ? sorted.map((one) => ({ kind: kindFacts(one, language) })) : []),
        ...(id === 'policies' ? vendorsOf(subject).map((vendor) => linkTo(vendor, language)) : []),
      ],
    })),
  }
}

function saidOf(language: Language, subject: PolicySubject, from: readonly Declaration[]): Said {
  const { kinds, purposes, list }: Vocabulary = vocabularies[language]
  const nameAll = (some: readonly Declaration[]) =>
    some.length === 0 ? undefined : list(some.map(({ kind }) => kinds[kind]?.name ?? wordOf({}, kind)))
  const used = new Set(from.flatMap((one) => one.purposes))
  const inUse = (Object.keys(purposes) as (keyof typeof purposes)[]).filter((purpose) => used.has(purpose))
  const recipients = from.flatMap((one) => one.recipients.map((to) => recipientIn(language, to)))
  return {
    phones: list(subject.phones.map(({ title }) => title)),
    crms: list(subject.crms.map(({ title }) => title)),
    operator: subject.operator,
    hosting: { name: subject.hosting?.name, country: placeIn(language, subject.hosting?.country) },
    region: placeIn(language, subject.region ?? 'EU') ?? '',
    operatorKinds: nameAll(from.filter(({ role }) => role === 'controller')),
    interestKinds: nameAll(from.filter(({ ground }) => ground.article === '6(1)(f)')),
    purposes: inUse.map((purpose) => purposes[purpose]),
    never: fearedUses.filter((use) => inUse.every((purpose) => (amountsTo[purpose] as string) !== use)),
    recipients: [...new Set(recipients)].sort(),
    notice: diffWords[language].days(terms.noticeDays),
  }
}

function aboutIn(language: Language, subject: PolicySubject): PolicyKind {
  const words = policyWords[language]
  const { operator, phones, crms } = subject
  const told = {
    operator: [operator.name ?? words.unnamed],
    contact: [operator.contact ?? words.unnamed],
    phones: phones.map(({ title }) => title),
    crms: crms.map(({ title }) => title),
    policies: vendorsOf(subject).map(({ title, policyUrl }) => policyUrl ?? words.noAddress(title)),
    notice: [diffWords[language].days(terms.noticeDays)],
  }
  const ids: Partial<Record<keyof typeof told, string[]>> = {
    operator: [operator.name ?? ''],
    contact: [operator.contact ?? ''],
    policies: vendorsOf(subject).map(({ title, policyUrl }) => `${title} ${policyUrl ?? ''}`),
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

const vendorsOf = ({ phones, crms }: PolicySubject): readonly Vendor[] => [...phones, ...crms]

function linkTo({ title, policyUrl }: Vendor, language: Language): PolicyBlock {
  const words = policyWords[language]
  return {
    link: policyUrl ? { text: words.policyOf(title), url: policyUrl } : { text: words.noAddress(title) },
  }
}

/** A country, or the region of several, as the language calls it. */
function placeIn(language: Language, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  return code === 'EU'
    ? policyWords[language].area
    : (new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code)
}
