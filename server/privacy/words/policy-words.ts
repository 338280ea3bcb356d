import type { Declaration } from '../../../policy/index.ts'

/** Sections of the policy, in their order. */
export const sectionIds = [
  'scope',
  'roles',
  'data',
  'purposes',
  'interests',
  'recordings',
  'recipients',
  'place',
  'protection',
  'ending',
  'rights',
  'objection',
  'complaint',
  'obligation',
  'decisions',
  'consent',
  'policies',
  'versions',
] as const
export type SectionId = (typeof sectionIds)[number]

/** What is told of each kind of data, in this order. */
export const fields = [
  'subjects',
  'sealed',
  'hashed',
  'clear',
  'purposes',
  'ground',
  'keep',
  'ends',
  'recipients',
  'source',
  'role',
  'database',
  'region',
  'sealedBy',
] as const
export type Field = (typeof fields)[number]

/** What is told of the app itself. */
export const aboutFields = [
  'operator',
  'seat',
  'contact',
  'representative',
  'officer',
  'phones',
  'crms',
  'policies',
  'backups',
  'notice',
] as const
export type AboutField = (typeof aboutFields)[number]

/** Uses that people fear. One is denied only where no declared purpose amounts to it. */
export const fearedUses = ['analytics', 'marketing', 'profiling'] as const
export type FearedUse = (typeof fearedUses)[number]

/** What each purpose amounts to: a new one does not compile before somebody has said so. */
export const amountsTo = {
  'identify the caller': 'the integration',
  'log the call in the CRM': 'the integration',
  'attach the recording in the CRM': 'the integration',
  'place a call': 'the integration',
  'follow up missed calls in the CRM': 'the integration',
  'show calls to the people they are for': 'the integration',
  'connect the systems': 'the integration',
  'sign in': 'the integration',
  'run the installation': 'the integration',
  'answer requests of people': 'the integration',
  'tell of a breach': 'the integration',
  'tell of a new policy': 'the integration',
  'keep records': 'the integration',
} as const satisfies Record<Declaration['purposes'][number], 'the integration' | FearedUse>

/**
 * What Art. 13 and 14 GDPR ask of a notice. Each stands in every notice, or the sentence that it does not apply
 * (`missing-elements.ts` looks for each).
 */
export const elementIds = [
  'controller',
  'representative',
  'officer',
  'purposes',
  'grounds',
  'interest',
  'categories',
  'recipients',
  'transfers',
  'period',
  'backups',
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdrawal',
  'complaint',
  'obligation',
  'source',
  'decisions',
  'newPurpose',
] as const
export type ElementId = (typeof elementIds)[number]

/** Rights that are listed one by one; the right to object has a section of its own (Art. 21(4) GDPR). */
export const listedRights = ['access', 'rectification', 'erasure', 'restriction', 'portability'] as const

/** Who answers for what, as facts of the section on it. */
export const roleFields = ['operator', 'seat', 'contact', 'representative', 'officer'] as const
export type RoleField = (typeof roleFields)[number]

/** What the sentences of the policy have to know. Names and places are in words already. */
export interface Said {
  operatorNamed: boolean
  /** of the operator; undefined: not told */
  country: string | undefined
  /** the operator's seat is in the European Economic Area; undefined: not told where it is */
  established: boolean | undefined
  hosting: { name: string | undefined; country: string | undefined }
  /** in which everything is kept */
  region: string
  /** feared uses that no declared purpose amounts to */
  never: readonly FearedUse[]
  /** how old a backup gets, in words; undefined: the app makes none */
  backups: string | undefined
  /** that is competent for the operator, in its own language, with its web address; undefined: not known */
  authority: { name: string; url: string } | undefined
  /** the operator is itself a controller of something here */
  controls: boolean
  /** ahead of a version that allows more, in words */
  notice: string
}

type Sentence = string | ((said: Said) => string)

/** Every sentence of the policy, by its section. What stands where, and when, is `policy-outline.ts`'s to say. */
export interface Sentences {
  scope: Readonly<Record<'what' | 'not' | 'terms', Sentence>>
  roles: Readonly<Record<'controller' | 'operator' | 'processor' | 'operatorKinds', Sentence>>
  data: Readonly<Record<'all' | 'source' | 'device', Sentence>>
  purposes: Readonly<Record<'inUse' | 'newPurpose' | 'reading' | 'never', Sentence>>
  interests: Readonly<Record<'kinds' | 'weighed' | 'none', Sentence>>
  recordings: Readonly<Record<'attach' | 'refer' | 'none', Sentence>>
  recipients: Readonly<Record<'these' | 'refused', Sentence>>
  place: Readonly<Record<'hosted' | 'outside' | 'list' | 'vendors' | 'copy', Sentence>>
  protection: Readonly<Record<'sealed' | 'apart', Sentence>>
  ending: Readonly<Record<'end' | 'backups' | 'receipt', Sentence>>
  rights: Readonly<Record<'intro' | 'who' | 'operator' | 'correcting', Sentence>>
  objection: Readonly<Record<'right' | 'none', Sentence>>
  complaint: Readonly<Record<'rule' | 'list' | 'authority' | 'court', Sentence>>
  obligation: Readonly<Record<'callers' | 'users' | 'others', Sentence>>
  decisions: Readonly<Record<'none', Sentence>>
  consent: Readonly<Record<'never' | 'agreement', Sentence>>
  policies: Readonly<Record<'own', Sentence>>
  versions: Readonly<Record<'each' | 'announced', Sentence>>
}

export interface PolicyWords {
  /** of one phone system and one CRM, of one CRM, or of all */
  title(phone: string | undefined, crm: string | undefined): string
  about: string
  aboutFields: Readonly<Record<AboutField, string>>
  roleFields: Readonly<Record<RoleField, string>>
  fields: Readonly<Record<Field, string>>
  headings: Readonly<Record<SectionId, string>>
  /** the kinds of data follow the sentences of `data`, the links those of `policies` */
  sentences: Sentences
  rights: Readonly<Record<(typeof listedRights)[number], string>>
  noRepresentative(said: Said): string
  noOfficer: string
  nobody: string
  /** the European Economic Area */
  area: string
  unnamed: string
  atHosts(recipient: string, hosts: readonly string[]): string
  atConnection(recipient: string): string
  atMailServer(recipient: string): string
  /** of a recipient whose country is not known */
  nowhereKnown: string
  policyOf(vendor: string): string
  noAddress(vendor: string): string
  changes: {
    /** the name of a field within a sentence: where the language writes it small there */
    inSentence(name: string): string
    newKind(kind: string): string
    goneKind(kind: string): string
    replaced(kind: string, field: string, from: string, to: string): string
    added(kind: string, field: string, what: string): string
    removed(kind: string, field: string, what: string): string
    newSection(heading: string): string
    goneSection(heading: string): string
    reworded(what: string): string
    rewordedElsewhere: string
    /** languages by their own names */
    newLanguages(names: string): string
    goneLanguages(names: string): string
  }
}
