import { contract, type Declaration, declare } from './declare.ts'
import { whenTheCompanyGoes, whenTheirPhoneGoes, whenTheUserGoes } from './ends.ts'
import { phoneSystemAndCrm } from './recipients.ts'

const workOfUsers: Declaration['purposes'] = [
  'show calls to the people they are for',
  'log the call in the CRM',
  'place a call',
  'sign in',
]

/** People who work for an organization: id, name, extension and settings; an e-mail is compared in memory only (PD-1). */
export const users = declare({
  kind: 'users',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: workOfUsers,
  ground: contract('the organization and its staff use the telephone integration'),
  columns: {
    'users.external_id': 'clear',
    'users.name_sealed': 'sealed',
    'users.role': 'clear',
    'users.sees': 'clear',
    'users.language': 'clear',
    'users.extensions_by_hand': 'clear',
  },
  sealedBy: 'organization',
  keep: { while: 'installed by this user' },
  ends: whenTheUserGoes,
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'CRM',
})

/** By which extension calls are known to be a user's. */
export const extensions = declare({
  kind: 'extensions of users',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: workOfUsers,
  ground: contract('the organization and its staff use the telephone integration'),
  columns: {
    'user_extensions.extension': 'clear',
    'user_extensions.user_id': 'clear',
    'user_extensions.sees_after': 'clear',
  },
  sealedBy: 'nothing',
  keep: { while: 'installed by this user' },
  ends: whenTheirPhoneGoes,
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'the user',
})

/**
 * Who accepted the agreement for their company, and when. It outlives that user's uninstall, because the colleagues work
 * on under it; what stays is an id, whose name went with the user.
 */
export const agreements = declare({
  kind: 'agreements',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems'],
  ground: contract('the organization accepted it through this user'),
  columns: { 'agreements.accepted_by': 'clear', 'agreements.accepted_at': 'clear' },
  sealedBy: 'nothing',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'the user',
})

/** The organization's own lines: they never match a contact. A line may be one person's direct number. */
export const ownNumbers = declare({
  kind: 'own numbers',
  database: 'organization',
  subjects: ['user'],
  role: 'processor',
  purposes: ['identify the caller'],
  ground: contract('the organization uses the telephone integration'),
  columns: { 'connections.own_numbers_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'the organization exists' },
  ends: ['phone system removed', 'end of subscription', 'organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'the user',
})
