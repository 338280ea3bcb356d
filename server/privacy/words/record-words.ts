import type { PolicyWords } from './policy-words.ts'
import { cs } from './record-cs.ts'
import { en } from './record-en.ts'
import type { Language } from './words.ts'

/** Sections of the operator's record: Art. 30(1) and 30(2) GDPR. */
export const operatorSections = [
  'who',
  'as-controller',
  'as-processor',
  'sub-processors',
  'transfers',
  'measures',
] as const
/** Sections of an organization's record of what it has done here as a controller: Art. 30(1). */
export const organizationSections = ['who', 'processing', 'processors', 'transfers', 'measures'] as const
export type RecordSection = (typeof operatorSections)[number] | (typeof organizationSections)[number]

/** Art. 30(1)(a) and (2)(a): who the operator is, and who stands for it, as far as its settings say. */
export interface RecordOperator {
  name: string | undefined
  contact: string | undefined
  seat?: string | undefined
  representative?: string | undefined
  officer?: string | undefined
}

/** What the prose of a record has to know, in words already. */
export interface RecordSaid {
  operator: RecordOperator
  /** the organization whose record it is */
  organization?: { name: string }
  hosting: { name: string | undefined; country: string | undefined }
  region: string
  /** somebody has added a paragraph: joint controllers, representative and officer may stand there */
  othersNamed: boolean
  organizations: number
}

export interface RecordWords {
  titles: { operator: string; organization(name: string): string }
  about: string
  aboutFields: Readonly<Record<'operator' | 'contact' | 'host' | 'region' | 'controller', string>>
  headings: Readonly<Record<RecordSection, string>>
  prose: Readonly<Record<RecordSection, (said: RecordSaid) => readonly string[]>>
  fields: Readonly<Record<'name' | 'contact' | 'categories' | 'data' | 'recipients' | 'transfers', string>>
  /** an organization that stands in the record by its id */
  organization(id: string): string
  /** one that has been deleted since, or has entered no address */
  deleted: string
  noContact: string
  unnamed: string
  nobody: string
  /** where a recipient is, and why data may go there */
  placed(country: string | undefined, ground: 'in-region' | 'adequacy' | 'clauses' | undefined): string
  noTransfers: string
  confirmed(at: string): string
  noneConfirmed: string
  notConfirmed: string
  changes: PolicyWords['changes']
}

export const recordWords: Record<Language, RecordWords> = { en, cs }
