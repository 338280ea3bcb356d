import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { anyCrm } from './recipients.ts'

const writingDown = legitimateInterest('having what was agreed beside the call it belongs to', {
  balancing: 'docs/balancing/call-notes.md',
})

/**
 * What users write about a call and the result they choose. It goes into the CRM with the call and ends with the call
 * here (PD-12).
 */
export const callNotes = declare({
  kind: 'call notes',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['show calls to the people they are for', 'log the call in the CRM'],
  ground: writingDown,
  columns: {
    'call_notes.note_sealed': 'sealed',
    'call_notes.sent_sealed': 'sealed',
    'call_notes.sent_at': 'clear',
  },
  sealedBy: 'call hour',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: whenTheCompanyGoes,
  recipients: anyCrm,
  region: 'installation',
  source: 'the user',
})

/** The same while the call has not ended, as its facts are. */
export const notesUnderWay = declare({
  kind: 'notes under way',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['show calls to the people they are for'],
  ground: writingDown,
  columns: { 'call_notes.note_sealed': 'sealed' },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'the user',
})

/**
 * A person that a user has made from a number nobody knew: name and number until the CRM has them, then only that this
 * number was made into somebody, so that two requests never make two.
 */
export const personsBeingMade = declare({
  kind: 'persons being made',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['identify the caller', 'show calls to the people they are for', 'log the call in the CRM'],
  ground: writingDown,
  columns: {
    'new_persons.id': 'hashed',
    'new_persons.number_hash': 'hashed',
    'new_persons.person_sealed': 'sealed',
    'new_persons.asked_by': 'clear',
    'new_persons.acting_ref': 'clear',
    'new_persons.sent_at': 'clear',
  },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: whenTheCompanyGoes,
  recipients: anyCrm,
  region: 'installation',
  source: 'the user',
})
