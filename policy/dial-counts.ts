import { contract, declare } from './declare.ts'
import { whenTheUserGoes } from './ends.ts'

/**
 * How often somebody asked for a call within the last minute and the last hour, so that dialling can be limited. Whom they
 * called does not stand here. A count whose hour is over goes with the organization's next call.
 */
export const dialCounts = declare({
  kind: 'dial counts',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: ['place a call'],
  ground: contract('the organization and its staff use the telephone integration'),
  columns: {
    'dial_counts.user_id': 'clear',
    'dial_counts.begun_at': 'clear',
    'dial_counts.count': 'clear',
  },
  sealedBy: 'nothing',
  keep: { while: 'installed by this user' },
  ends: whenTheUserGoes,
  recipients: [],
  region: 'installation',
  source: 'Ringfence',
})
