import { contract, type Declaration, declare } from './declare.ts'
import { whenTheirPhoneGoes } from './ends.ts'
import { phoneSystem } from './recipients.ts'

const using = contract('the organization and its staff use the telephone integration')

/** What is of one user's own telephone. */
const untilDisconnected = {
  keep: { while: 'the phone of this user is connected' },
  ends: [...whenTheirPhoneGoes, 'phone system removed'],
} satisfies Pick<Declaration, 'keep' | 'ends'>

const throughTheirTelephone: Declaration['purposes'] = [
  'show calls to the people they are for',
  'log the call in the CRM',
  'attach the recording in the CRM',
  'place a call',
]

/**
 * Which telephone is whose. Of the phone system's users only those who are ours, and of them its id and the extension;
 * name and e-mail there are compared in memory only (BX-6).
 */
export const phonePeople = declare({
  kind: 'telephones of users',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: throughTheirTelephone,
  ground: using,
  columns: {
    'phone_people.id': 'hashed',
    'phone_people.user_id': 'clear',
    'phone_people.person_sealed': 'sealed',
  },
  sealedBy: 'organization',
  ...untilDisconnected,
  recipients: phoneSystem,
  region: 'installation',
  source: 'phone system',
})

/** The organization's lines as its phone system lists them, and who is rung by each. A line may be one person's. */
export const phoneLines = declare({
  kind: 'lines',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: ['identify the caller', 'show calls to the people they are for'],
  ground: contract('the organization uses the telephone integration'),
  columns: { 'phone_lines.id': 'hashed', 'phone_lines.line_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'installed by anybody of the company' },
  ends: ['uninstall by the last user', 'phone system removed', 'end of subscription', 'organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'phone system',
})

/** What lets us ask the phone system for a user's own telephone. Sent to the phone system only (BX-6). */
export const phoneAccesses = declare({
  kind: 'access to the phone system',
  database: 'control',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems', 'place a call', 'attach the recording in the CRM'],
  ground: using,
  columns: { 'phone_accesses.user_id': 'clear', 'phone_accesses.tokens_sealed': 'sealed' },
  sealedBy: 'organization',
  ...untilDisconnected,
  recipients: phoneSystem,
  region: 'installation',
  source: 'phone system',
})
