import { callJournal, callsUnderWay, eventsWaiting } from './calls.ts'
import { connectionSettings } from './connections.ts'
import { contactMirror } from './contacts.ts'
import { hookSecrets, installations, organizationAccounts, sessions } from './control.ts'
import { openDeals } from './deals.ts'
import { dialCounts } from './dial-counts.ts'
import { erasedPeople, erasures } from './erasures.ts'
import { callNotes, notesUnderWay, personsBeingMade } from './notes.ts'
import { recordingAddresses } from './recordings.ts'
import { followUps, numbersLeftOut } from './rules.ts'
import { agreements, ownNumbers, users } from './users.ts'

export type { Declaration, End, Purpose, Recipient, SealedBy } from './declare.ts'
export { purposes } from './declare.ts'
export { type NotErased, notErased } from './not-erased.ts'
export { notPersonal } from './not-personal.ts'

/** Every kind of personal data there is. What is not here cannot be kept: the start is refused. */
export const declarations = [
  callJournal,
  callsUnderWay,
  eventsWaiting,
  recordingAddresses,
  callNotes,
  notesUnderWay,
  personsBeingMade,
  followUps,
  numbersLeftOut,
  contactMirror,
  dialCounts,
  openDeals,
  users,
  agreements,
  ownNumbers,
  connectionSettings,
  installations,
  hookSecrets,
  sessions,
  organizationAccounts,
  erasures,
  erasedPeople,
]
