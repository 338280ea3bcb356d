import { accountability } from './accountability.ts'
import { declare, legalObligation } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { mailServer } from './recipients.ts'

/**
 * What happened, what followed and what was done, of every breach (Art. 33(5) GDPR), and who of the operator answers for
 * it. It holds numbers and ids of organizations, none of their data, and so outlives them.
 */
export const breachRecord = declare({
  ...accountability,
  kind: 'breach record',
  purposes: ['tell of a breach'],
  ground: legalObligation('recording every breach'),
  columns: { 'breach_entries.entry_sealed': 'sealed' },
})

/** What an organization was told of a breach, in the words it was told in. */
export const breachNotices = declare({
  kind: 'breach notices',
  database: 'control',
  subjects: ['operator staff'],
  role: 'controller',
  purposes: ['tell of a breach'],
  ground: legalObligation('telling the organization of a breach'),
  columns: { 'breach_notices.notice_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'the organization exists' },
  ends: ['end of subscription', 'organization deleted'],
  recipients: [mailServer],
  region: 'installation',
  source: 'the operator',
})

/**
 * Where the organization wants to be told of a breach, or of a policy that will allow more, and by which the operator's record
 * of processing names it: the address may be a person's.
 */
export const noticeContacts = declare({
  kind: 'notice contacts',
  database: 'organization',
  subjects: ['user'],
  role: 'controller',
  purposes: ['tell of a breach', 'tell of a new policy', 'keep records'],
  ground: legalObligation('reaching the organization as its processor'),
  columns: { 'notice_contacts.address_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [mailServer],
  region: 'installation',
  source: 'the user',
})
