import type { Declaration } from './declare.ts'

/** Of what is there for a company: it goes with the last of its users at the latest. */
export const whenTheCompanyGoes: Declaration['ends'] = [
  'uninstall by the last user',
  'end of subscription',
  'organization deleted',
]

/** Of what is one user's own. */
export const whenTheUserGoes: Declaration['ends'] = ['uninstall by the user', ...whenTheCompanyGoes]

/** Of what is of one user's own telephone. */
export const whenTheirPhoneGoes: Declaration['ends'] = ['phone disconnected by the user', ...whenTheUserGoes]
