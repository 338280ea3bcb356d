import { contract, declare } from './declare.ts'
import { whenTheCompanyGoes, whenTheUserGoes } from './ends.ts'
import { anyCrm, phoneSystemAndCrm } from './recipients.ts'

/** What lets us act for a user in the CRM. Refreshed and sent to the CRM only; gone at uninstall. */
export const installations = declare({
  kind: 'installations',
  database: 'control',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems', 'sign in', 'log the call in the CRM'],
  ground: contract('the user installed the app for their company'),
  columns: {
    'installations.company_ref': 'clear',
    'installations.user_ref': 'clear',
    'installations.administrator': 'clear',
    'installations.api_base': 'clear',
    'installations.tokens_sealed': 'sealed',
  },
  sealedBy: 'organization',
  keep: { while: 'installed by this user' },
  ends: whenTheUserGoes,
  recipients: anyCrm,
  region: 'installation',
  source: 'CRM',
})

/** The secrets of hooks: they open nothing outside, but show who may speak to us. */
export const hookSecrets = declare({
  kind: 'hook secrets',
  database: 'control',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems'],
  ground: contract('the organization connects its phone system and its CRM'),
  columns: { 'hook_keys.secret_sealed': 'sealed', 'hook_keys.hash': 'hashed' },
  sealedBy: 'organization',
  keep: { while: 'the organization exists' },
  ends: ['phone system removed', 'end of subscription', 'organization deleted'],
  recipients: phoneSystemAndCrm,
  region: 'installation',
  source: 'Ringfence',
})

/** Of portals that tell their events without a hook: which one, and the token by which it proves that it speaks. */
export const portals = declare({
  kind: 'portals',
  database: 'control',
  subjects: ['user'],
  role: 'processor',
  purposes: ['connect the systems', 'sign in'],
  ground: contract('the organization connects its phone system and its CRM'),
  columns: { 'portals.company_ref': 'clear', 'portals.application_token_sealed': 'sealed' },
  sealedBy: 'organization',
  keep: { while: 'installed by anybody of the company' },
  ends: whenTheCompanyGoes,
  recipients: [],
  region: 'installation',
  source: 'CRM',
})

/** Who is signed in. The token itself is only in the browser. */
export const sessions = declare({
  kind: 'sessions',
  database: 'control',
  subjects: ['user', 'operator staff'],
  role: 'controller',
  purposes: ['sign in'],
  ground: contract('the user signs in'),
  columns: { 'sessions.token_hash': 'hashed', 'sessions.user_id': 'clear', 'sessions.created_at': 'clear' },
  sealedBy: 'nothing',
  keep: { hours: 12, from: 'creation' },
  ends: ['sign-out', 'uninstall by the user', 'end of subscription', 'organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'the user',
})

/** Names of organizations: a sole trader's is personal data. */
export const organizationAccounts = declare({
  kind: 'organization accounts',
  database: 'control',
  subjects: ['user'],
  role: 'controller',
  purposes: ['run the installation'],
  ground: contract('the organization is a customer of the operator'),
  columns: { 'organizations.name': 'clear' },
  sealedBy: 'nothing',
  keep: { while: 'the organization exists' },
  ends: ['organization deleted'],
  recipients: [],
  region: 'installation',
  source: 'the operator',
})
