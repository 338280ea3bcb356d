import type { Declaration } from './declare.ts'

/** Of what is one user's own. */
export const whenTheUserGoes: Declaration['ends'] = [
  'uninstall by the user',
  'uninstall by the last user',
  'end of subscription',
  'organization deleted',
]

/** Of what is of one user's own telephone. */
export const whenTheirPhoneGoes: Declaration['ends'] = ['phone disconnected by the user', ...whenTheUserGoes]
