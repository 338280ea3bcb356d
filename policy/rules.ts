import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { pipedrive } from './recipients.ts'

/** Numbers whose calls an administrator leaves out of the CRM, as typed: kept so that the wish can be kept. */
export const numbersLeftOut = declare({
  kind: 'numbers left out',
  database: 'organization',
  subjects: ['caller', 'contact'],
  role: 'processor',
  purposes: ['log the call in the CRM', 'follow up missed calls in the CRM'],
  ground: legitimateInterest('keeping calls out of the CRM that nobody wants there', {
    balancing: 'docs/balancing/rules.md',
  }),
  columns: { 'rules.numbers_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'the user',
})

/**
 * Who still has to be called back: which missed call it was, who is to call and which activity says so in the CRM
 * (PD-4). It goes with the missed call; the activity stays in the CRM.
 */
export const followUps = declare({
  kind: 'follow-ups',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['follow up missed calls in the CRM', 'show calls to the people they are for'],
  ground: legitimateInterest('calling back whoever was missed, once', {
    balancing: 'docs/balancing/rules.md',
  }),
  columns: {
    'follow_ups.caller_hash': 'hashed',
    'follow_ups.call_id': 'hashed',
    'follow_ups.marker': 'hashed',
    'follow_ups.owner_ref': 'clear',
    'follow_ups.activity_id': 'clear',
    'follow_ups.sent_at': 'clear',
    'follow_ups.reached_call_id': 'hashed',
    'follow_ups.again_call_id': 'hashed',
    'call_logs.follow_up_id': 'clear',
  },
  sealedBy: 'nothing',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: whenTheCompanyGoes,
  recipients: [pipedrive],
  region: 'installation',
  source: 'phone system',
})
