import type { Declaration } from '../../../policy/index.ts'

/** Sections of the policy, in their order. */
export const sectionIds = [
  'scope',
  'roles',
  'data',
  'purposes',
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
export const aboutFields = ['operator', 'contact', 'phones', 'crms', 'policies', 'notice'] as const
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
} as const satisfies Record<Declaration['purposes'][number], 'the integration' | FearedUse>

/** What the prose of the policy has to know. Lists are in words already. */
export interface Said {
  phones: string
  crms: string
  operator: { name: string | undefined; contact: string | undefined }
  hosting: { name: string | undefined; country: string | undefined }
  /** in which everything is kept */
  region: string
  /** kinds of which the operator itself is the controller; undefined: none */
  operatorKinds: string | undefined
  /** kinds whose ground is a legitimate interest; undefined: none */
  interestKinds: string | undefined
  purposes: readonly string[]
  /** feared uses that no declared purpose amounts to */
  never: readonly FearedUse[]
  recipients: readonly string[]
  /** ahead of a version that allows more, in words */
  notice: string
}

type Prose = string | { list: readonly string[] }

export interface PolicyWords {
  title(said: Said): string
  about: string
  aboutFields: Readonly<Record<AboutField, string>>
  fields: Readonly<Record<Field, string>>
  headings: Readonly<Record<SectionId, string>>
  /** the kinds of data follow the prose of `data`, the links that of `policies` */
  prose(said: Said): Readonly<Record<SectionId, readonly Prose[]>>
  nobody: string
  /** the European Economic Area */
  area: string
  unnamed: string
  atHosts(recipient: string, hosts: readonly string[]): string
  atConnection(recipient: string): string
  atMailServer(recipient: string): string
  policyOf(vendor: string): string
  noAddress(vendor: string): string
  changes: {
    newKind(kind: string): string
    goneKind(kind: string): string
    replaced(kind: string, field: string, from: string, to: string): string
    added(kind: string, field: string, what: string): string
    removed(kind: string, field: string, what: string): string
    newSection(heading: string): string
    goneSection(heading: string): string
    reworded(what: string): string
    rewordedElsewhere: string
  }
}
