import { contract, declare, legalObligation } from './declare.ts'

/**
 * Who approved a document before it took effect (Art. 5(2), 24 GDPR): name and role, signed with the document's hash. That
 * it was approved, and when, stays on record without a name.
 */
export const approvers = declare({
  kind: 'approvers',
  database: 'control',
  subjects: ['operator staff'],
  role: 'controller',
  purposes: ['keep records'],
  ground: legalObligation('showing who answers for a document'),
  columns: { 'approvers.entry_sealed': 'sealed' },
  sealedBy: 'installation',
  keep: { hours: 5 * 365 * 24, from: 'creation' },
  ends: [],
  recipients: [],
  region: 'installation',
  source: 'the operator',
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
  ends: ['uninstall by the last user', 'end of subscription', 'organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'the user',
})
