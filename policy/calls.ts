import { declare, legitimateInterest } from './declare.ts'
import { phoneSystemAndCrm } from './recipients.ts'

/**
 * The journal of calls: what is known of each, until it is delivered, corrected and a week has passed (PD-12).
 * A live call is sealed under the hour of its first event and an ended one under the hour of its end; both keys die.
 */
export const callJournal = declare({
  kind: 'call journal',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['identify the caller', 'show calls to the people they are for', 'log the call in the CRM'],
  ground: legitimateInterest('answering calls knowing who calls, and recording them in the CRM', {
    balancing: 'docs/balancing/call-journal.md',
  }),
  columns: {
    'calls.id': 'hashed',
    'calls.rang': 'clear',
    'calls.remote_hash': 'hashed',
    'calls.facts_sealed': 'sealed',
    'calls.last_event_at': 'clear',
    'call_logs.call_id': 'hashed',
    'call_logs.marker': 'hashed',
    'call_logs.external_id': 'clear',
    'call_logs.activity_id': 'clear',
    'call_logs.sent_at': 'clear',
    'call_logs.written_at': 'clear',
  },
  sealedBy: 'call hour',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: ['uninstall by the last user', 'organization deleted'],
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'phone system',
})
