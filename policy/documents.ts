import { accountability } from './accountability.ts'
import { contract, declare, legalObligation } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'

/**
 * Who approved a document before it took effect (Art. 5(2), 24 GDPR): name and role, signed with the document's hash. That
 * it was approved, and when, stays on record without a name.
 */
export const approvers = declare({
  ...accountability,
  kind: 'approvers',
  purposes: ['keep records'],
  ground: legalObligation('showing who answers for a document'),
  columns: { 'approvers.entry_sealed': 'sealed' },
})

/** What an organization adds to its record of processing, and the versions of it that somebody there approved. */
export const organizationDocuments = declare({
  kind: 'documents of the organization',
  database: 'control',
  subjects: ['user'],
  role: 'processor',
  purposes: ['keep records'],
  ground: contract('the organization uses the telephone integration'),
  columns: { 'organization_documents.entry_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'the user',
})
