import { declare, legalObligation } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { pipedrive } from './recipients.ts'

const puttingRight = legalObligation(
  'putting right what is wrong about a person, and telling who received it',
)

/**
 * That data of a person was put right: when, by whom, in which fields, and what came of telling those who had received it.
 * The CRM's ids of the person and of what people look after there by themselves, until every recipient has confirmed.
 */
export const corrections = declare({
  kind: 'corrections',
  database: 'organization',
  subjects: ['contact', 'user'],
  role: 'processor',
  purposes: ['answer requests of people'],
  ground: puttingRight,
  columns: {
    'corrections.person_external_id': 'clear',
    'corrections.asked_by': 'clear',
    'corrections.asked_at': 'clear',
    'correction_recipients.external_id': 'clear',
    'correction_recipients.activity_id': 'clear',
    'correction_recipients.told_at': 'clear',
  },
  sealedBy: 'nothing',
  keep: { hours: 3 * 365 * 24, from: 'creation' },
  ends: whenTheCompanyGoes,
  recipients: [pipedrive],
  region: 'installation',
  source: 'the user',
})

/** What was wrong and what is right, until the CRM has it; seven days at the longest. The only place that has the old value. */
export const correctionsUnderWay = declare({
  kind: 'corrections under way',
  database: 'organization',
  subjects: ['contact'],
  role: 'processor',
  purposes: ['answer requests of people'],
  ground: puttingRight,
  columns: {
    'correction_changes.person_external_id': 'clear',
    'correction_changes.changes_sealed': 'sealed',
  },
  sealedBy: 'mirror bucket',
  keep: { hours: 7 * 24, from: 'creation' },
  ends: whenTheCompanyGoes,
  recipients: [pipedrive],
  region: 'installation',
  source: 'the user',
})
