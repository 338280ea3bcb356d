import { contract, declare } from './declare.ts'
import { phoneSystem } from './recipients.ts'

/** Addresses and credentials an administrator gave for a connection: user names in them may be people's. */
export const connectionSettings = declare({
  kind: 'connection settings',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems', 'attach the recording in the CRM', 'place a call'],
  ground: contract('the organization connects its phone system and its CRM'),
  columns: { 'connections.settings_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'the organization exists' },
  ends: ['phone system removed', 'end of subscription', 'organization deleted'],
  recipients: phoneSystem,
  region: 'installation',
  source: 'the user',
})
