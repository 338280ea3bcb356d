import { callJournal } from './calls.ts'
import { contactMirror } from './contacts.ts'
import { hookSecrets, installations, organizationAccounts, sessions } from './control.ts'
import type { Declaration } from './declare.ts'
import { ownNumbers, users } from './users.ts'

export * from './declare.ts'
export { notPersonal } from './not-personal.ts'

/** Every kind of personal data there is. What is not here cannot be kept: the start is refused. */
export const declarations: readonly Declaration[] = [
  callJournal,
  contactMirror,
  users,
  ownNumbers,
  installations,
  hookSecrets,
  sessions,
  organizationAccounts,
]
