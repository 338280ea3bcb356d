import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { phoneSystemAndCrm } from './recipients.ts'

export const answering = legitimateInterest(
  'answering calls knowing who calls, and recording them in the CRM',
  {
    balancing: 'docs/balancing/call-journal.md',
  },
)

/**
 * The journal of calls: what is known of each, until it is delivered, corrected and a week has passed (PD-12).
 * An ended call is sealed under the hour of its end, and that key dies.
 */
export const callJournal = declare({
  kind: 'call journal',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: [
    'identify the caller',
    'show calls to the people they are for',
    'log the call in the CRM',
    'attach the recording in the CRM',
    'follow up missed calls in the CRM',
    'place a call',
  ],
  ground: answering,
  columns: {
    'calls.id': 'hashed',
    'calls.rang': 'clear',
    'calls.remote_hash': 'hashed',
    'calls.facts_sealed': 'sealed',
    'calls.last_event_at': 'clear',
    'call_logs.call_id': 'hashed',
    'call_logs.marker': 'hashed',
    'call_logs.unlinked_hash': 'hashed',
    'call_logs.external_id': 'clear',
    'call_logs.activity_id': 'clear',
    'call_logs.twin_external_id': 'clear',
    'call_logs.twin_activity_id': 'clear',
    'call_logs.written_as': 'clear',
    'call_logs.written_for': 'clear',
    'call_logs.sent_at': 'clear',
    'call_logs.written_at': 'clear',
    // that there is a note or a recording, and how far it is: not what it says, nor where it lies
    'call_notes.id': 'hashed',
    'recordings.id': 'hashed',
    'call_deals.call_id': 'hashed',
    'call_deals.external_id': 'clear',
    'call_deals.sent_external_id': 'clear',
  },
  sealedBy: 'call hour',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: whenTheCompanyGoes,
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'phone system',
})

/** A call that has not ended has no hour of its end yet: until then it is sealed under the hour in which it began. */
export const callsUnderWay = declare({
  kind: 'calls under way',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['identify the caller', 'show calls to the people they are for'],
  ground: answering,
  columns: { 'calls.facts_sealed': 'sealed' },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'phone system',
})

/** What was delivered while the database was away: sealed files in `spool/`, applied and removed when it is back. */
export const eventsWaiting = declare({
  kind: 'events waiting',
  database: 'data folder',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['identify the caller', 'show calls to the people they are for', 'log the call in the CRM'],
  ground: answering,
  columns: { 'spool.request': 'sealed' },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: ['end of subscription', 'organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'phone system',
})
