import { breachNotices, breachRecord, noticeContacts } from './breaches.ts'
import { callJournal, callsUnderWay, eventsWaiting } from './calls.ts'
import { connectionSettings } from './connections.ts'
import { contactMirror } from './contacts.ts'
import { hookSecrets, installations, organizationAccounts, portals, sessions } from './control.ts'
import { corrections, correctionsUnderWay } from './corrections.ts'
import { openDeals } from './deals.ts'
import type { Declaration } from './declare.ts'
import { dialCounts } from './dial-counts.ts'
import { approvers, organizationDocuments } from './documents.ts'
import { erasedPeople, erasures } from './erasures.ts'
import { narrowedRules, type Rules } from './in-force.ts'
import { liveCalls, liveCallsUnderWay, requestedCalls } from './live-calls.ts'
import { callNotes, notesUnderWay, personsBeingMade } from './notes.ts'
import { phoneAccesses, phoneLines, phonePeople } from './phones.ts'
import { recordingAddresses } from './recordings.ts'
import { followUps, numbersLeftOut } from './rules.ts'
import { terms } from './terms.ts'
import { agreements, extensions, ownNumbers, users } from './users.ts'

export type { AdapterDeclaration, DeclaredAdapter } from './adapters.ts'
export { adapterDeclaration, joinAdapters, kindsFor, sentToAdapter } from './adapters.ts'
export { addressForms } from './address-forms.ts'
export type { Declaration, End, Purpose, Recipient, SealedBy, Terms } from './declare.ts'
export { ends, keptHours, purposes } from './declare.ts'
export { insideFields, logField, mailField, noticeField } from './field-list.ts'
export {
  type JobPayload,
  jobFields,
  type LogFields,
  logFields,
  type Notice,
  noticeFields,
  type TaskName,
} from './fields.ts'
export { type Form, forms } from './forms.ts'
export { isWithheld, type Rules, runUnder, withholds } from './in-force.ts'
export { type JsonContent, jsonContent } from './json.ts'
export { type MailAbout, type MailFields, mailFields, mailForms } from './mails.ts'
export { type NotErased, notErased } from './not-erased.ts'
export { notPersonal } from './not-personal.ts'
export type { Personal, Plain } from './personal.ts'
export { isWithin, type Region } from './places.ts'
export { type SealedContent, sealedContent, sealedField, sealedFields } from './sealed.ts'
export {
  declareSent,
  formOf,
  placeholdersIn,
  type SentFields,
  sentField,
  sentId,
  spelledSent,
} from './sent.ts'
export { terms }

/** Every kind of personal data there is. What is not here cannot be kept: the start is refused. */
export const declarations: readonly Declaration[] = [
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
  erasures,
  erasedPeople,
  corrections,
  correctionsUnderWay,
  noticeContacts,
  breachNotices,
  breachRecord,
  approvers,
  organizationDocuments,
]

/** What the program goes by: row security, sweeps, purges, rights, lives of keys and the way out are derived from this. */
export function inForce(): Rules {
  return narrowedRules() ?? allOf(declarations)
}

/** Everything that these declare, where no version in force narrows it. */
export function allOf(kinds: readonly Declaration[]): Rules {
  return {
    kinds,
    inert: { organization: [], control: [] },
    withheld: new Set(),
    backupDays: terms.backupDays,
  }
}
