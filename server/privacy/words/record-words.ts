import type { DocumentLanguage } from './languages.ts'
import type { PolicyWords } from './policy-words.ts'
import { cs } from './record-cs.ts'
import { de } from './record-de.ts'
import { en } from './record-en.ts'
import { nb } from './record-nb.ts'
import { ro } from './record-ro.ts'
import { sl } from './record-sl.ts'

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

/** Every sentence of a record. Which of them stands where, and when, is `record-prose.ts`'s to say. */
export interface RecordSentences {
  /** with its seat, where that is told */
  operator(name: string, contact: string): string
  operatorWithoutContact(name: string): string
  operatorUnnamed: string
  operatorRuns: string
  representative(who: string): string
  representativeNotNeeded: string
  noRepresentative: string
  officer(who: string): string
  noOfficer: string
  /** in a paragraph of the operator's own */
  jointNamed: string
  noJoint: string
  controller(name: string): string
  othersNamed: string
  noOthers: string
  asController: string
  /** who provides the servers has what is on them */
  serversToo: string
  backups(age: string): string
  noBackups: string
  asProcessor: string
  asProcessorOfNobody: string
  processing: string
  processor: string
  host(name: string, country: string | undefined): string
  hostUnnamed(country: string): string
  hostUnknown: string
  noSubProcessors: string
  ownContracts: string
  transfers(region: string): string
  noDerogation: string
  measures: string
  /** what no check of a program can confirm */
  beyondChecks: string
}

export interface RecordWords {
  titles: { operator: string; organization(name: string): string }
  about: string
  aboutFields: Readonly<Record<'operator' | 'contact' | 'host' | 'region' | 'controller', string>>
  headings: Readonly<Record<RecordSection, string>>
  sentences: RecordSentences
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

export const recordWords: Readonly<Record<DocumentLanguage, RecordWords>> = { en, de, cs, sl, nb, ro }
