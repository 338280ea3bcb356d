import { callJournal, callsUnderWay, eventsWaiting } from './calls.ts'
import { connectionSettings } from './connections.ts'
import { contactMirror } from './contacts.ts'
import { hookSecrets, installations, organizationAccounts, portals, sessions } from './control.ts'
import { openDeals } from './deals.ts'
import { dialCounts } from './dial-counts.ts'
import { liveCalls, liveCallsUnderWay, requestedCalls } from './live-calls.ts'
import { callNotes, notesUnderWay, personsBeingMade } from './notes.ts'
import { phoneAccesses, phoneLines, phonePeople } from './phones.ts'
import { recordingAddresses } from './recordings.ts'
import { followUps, numbersLeftOut } from './rules.ts'
import { agreements, extensions, ownNumbers, users } from './users.ts'

export type { Declaration, End, Purpose, Recipient, SealedBy, Terms } from './declare.ts'
export { purposes } from './declare.ts'
export { notPersonal } from './not-personal.ts'
export { terms } from './terms.ts'

/** Every kind of personal data there is. What is not here cannot be kept: the start is refused. */
export const declarations = [
  callJournal,
  callsUnderWay,
  eventsWaiting,
  recordingAddresses,
  liveCalls,
  liveCallsUnderWay,
  requestedCalls,
  callNotes,
  notesUnderWay,
  personsBeingMade,
  followUps,
  numbersLeftOut,
  contactMirror,
  dialCounts,
  openDeals,
  users,
  extensions,
  phonePeople,
  agreements,
  ownNumbers,
  phoneLines,
  connectionSettings,
  installations,
  phoneAccesses,
  hookSecrets,
  portals,
  sessions,
  organizationAccounts,
]
