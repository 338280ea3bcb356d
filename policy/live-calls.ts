import { answering } from './calls.ts'
import { contract, declare } from './declare.ts'
import { whenTheCompanyGoes, whenTheUserGoes } from './ends.ts'
import { crmWithCards, phoneSystemAndCrm } from './recipients.ts'

/**
 * A call in a CRM that opens a card of its own: with which words it was begun there, what it is called there, and whose
 * cards are open. It ends with the call (BX-5).
 */
export const liveCalls = declare({
  kind: 'cards of calls',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: [
    'log the call in the CRM',
    'attach the recording in the CRM',
    'show calls to the people they are for',
  ],
  ground: answering,
  columns: { 'live_calls.call_id': 'hashed', 'live_calls.live_sealed': 'sealed' },
  sealedBy: 'call hour',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: whenTheCompanyGoes,
  recipients: crmWithCards,
  region: 'installation',
  source: 'phone system',
})

/** The same while the call has not ended, as its facts are. */
export const liveCallsUnderWay = declare({
  kind: 'cards of calls in progress',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['log the call in the CRM'],
  ground: answering,
  columns: { 'live_calls.live_sealed': 'sealed' },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: whenTheCompanyGoes,
  recipients: crmWithCards,
  region: 'installation',
  source: 'phone system',
})

/** A number somebody clicked inside the CRM: until their telephone has called it, or it is told that nothing came of it. */
export const requestedCalls = declare({
  kind: 'calls asked for in the CRM',
  database: 'organization',
  subjects: ['contact', 'user'],
  role: 'processor',
  purposes: ['place a call', 'log the call in the CRM'],
  ground: contract('the organization and its staff use the telephone integration'),
  columns: {
    'requested_calls.id': 'hashed',
    'requested_calls.user_id': 'clear',
    'requested_calls.number_hash': 'hashed',
    'requested_calls.request_sealed': 'sealed',
  },
  sealedBy: 'arrival hour',
  keep: { hours: 48, from: 'arrival' },
  ends: whenTheUserGoes,
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'CRM',
})
