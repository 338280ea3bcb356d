import { sectionIds } from './words/policy-words.ts'
import { operatorSections, organizationSections } from './words/record-words.ts'

/** Sections of the agreement, in their order. */
export const agreementSections = ['what', 'who', 'duties', 'end', 'yours'] as const
export type AgreementSection = (typeof agreementSections)[number]

/** Places of each document at whose end paragraphs can be added: its sections. */
export const placesIn = {
  policy: sectionIds,
  agreement: agreementSections,
  record: [...new Set([...operatorSections, ...organizationSections])],
} as const
