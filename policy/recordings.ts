import { declare, legitimateInterest } from './declare.ts'
import { whenTheCompanyGoes } from './ends.ts'
import { phoneSystemAndCrm } from './recipients.ts'

/**
 * Where the recording of a call lies at the phone system, which names it once. It is kept until the recording is
 * attached in the CRM, at most as long as the call, and only where an administrator chose it (PD-5). The recording itself
 * is kept nowhere: it is passed on as it comes.
 */
export const recordingAddresses = declare({
  kind: 'recording addresses',
  database: 'organization',
  subjects: ['caller', 'contact', 'user'],
  role: 'processor',
  purposes: ['attach the recording in the CRM'],
  ground: legitimateInterest('having the recording beside the call it belongs to', {
    balancing: 'docs/balancing/recordings.md',
  }),
  columns: { 'recordings.address_sealed': 'sealed' },
  sealedBy: 'call hour',
  keep: { hours: 7 * 24, from: 'end of the call' },
  ends: whenTheCompanyGoes,
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'phone system',
})
