import { z } from 'zod'
import { type Carried, formNames, type SomeOf } from './forms.ts'

/**
 * What leaves the databases without being sent to anybody: lines of the log, jobs, and what nodes tell each other. These
 * lists are closed. What is not in them does not compile, and whatever comes all the same is left out or refused.
 */
const fields = z.record(z.string().regex(/^[a-z][A-Za-z]*$/), z.enum(formNames)).readonly()
const named = z.record(z.string().regex(/^[a-z]+(?:[- ][a-z]+)*$/), fields).readonly()

function declareFields<const Said extends z.input<typeof fields>>(said: Said): Said {
  return fields.parse(said) as Said // the same, looked at
}

function declareCarried<const Said extends z.input<typeof named>>(said: Said): Said {
  return named.parse(said) as Said // the same, looked at
}

/** What a line of the log may say beside its time, level and event. */
export const logFields = declareFields({
  // whom it is about
  organizationId: 'id',
  connectionId: 'id',
  callId: 'id',
  installationId: 'id',
  accessId: 'id',
  followUpId: 'id',
  // of a defect: to find this line by
  id: 'id',
  class: 'class',
  sqlState: 'error code',
  frames: 'frames',
  // what happened
  code: 'code',
  why: 'code',
  state: 'code',
  doing: 'code',
  how: 'code',
  task: 'code',
  what: 'codes',
  without: 'codes',
  route: 'route',
  version: 'version',
  url: 'own address',
  // how much of it
  applied: 'count',
  bytes: 'count',
  calls: 'count',
  connections: 'count',
  count: 'count',
  erasures: 'count',
  gone: 'count',
  healed: 'count',
  jobs: 'count',
  lockers: 'count',
  mostHeld: 'count',
  removed: 'count',
  rows: 'count',
  waiting: 'count',
  // fields of this line that were left out, because they are not in this list or hold something else
  refused: 'count',
})
export type LogFields = SomeOf<Omit<typeof logFields, 'refused'>>

/** What a job carries, by its task. Ids of ours: whoever works on it reads the rest under the rights of its purpose. */
export const jobFields = declareCarried({
  'write-call': { organizationId: 'id', callId: 'id' },
  'live-call': { organizationId: 'id', callId: 'id' },
  'requested-call': { organizationId: 'id', requestId: 'id' },
  'follow-up': { organizationId: 'id', followUpId: 'id' },
  'amend-call': { organizationId: 'id', callId: 'id' },
  'make-person': { organizationId: 'id', personId: 'id' },
  'link-deal': { organizationId: 'id', callId: 'id' },
  'find-recording': { organizationId: 'id', callId: 'id' },
  'attach-recording': { organizationId: 'id', callId: 'id' },
  'read-contacts': { organizationId: 'id', connectionId: 'id' },
  'read-deals': { organizationId: 'id', connectionId: 'id' },
  'read-users': { organizationId: 'id', connectionId: 'id' },
  night: { organizationId: 'id', connectionId: 'id' },
  'read-phone': { organizationId: 'id', connectionId: 'id' },
  'tend-phone': { organizationId: 'id', connectionId: 'id' },
  'night-phone': { organizationId: 'id', connectionId: 'id' },
  'forget-phone': { organizationId: 'id', userId: 'id' },
  uninstall: { organizationId: 'id', connectionId: 'id', userId: 'id', installationId: 'id' },
  'portal-removed': { organizationId: 'id', connectionId: 'id' },
  erasure: { organizationId: 'id', erasureId: 'id' },
  'erasure-bytes': { organizationId: 'id', erasureId: 'id' },
  correction: { organizationId: 'id', correctionId: 'id' },
  'correction-bytes': { organizationId: 'id', correctionId: 'id' },
  'send-notice': { organizationId: 'id', noticeId: 'id' },
  'send-policy': { organizationId: 'id', noticeId: 'id' },
  // without an organization it is the control database
  rewrite: { organizationId: 'id or nothing' },
  'end-subscription': { organizationId: 'id' },
  sweep: {},
  installations: {},
  watchdog: {},
  'check-policy': {},
  backup: {},
})
export type TaskName = keyof typeof jobFields
export type JobPayload<Task extends TaskName> = Carried<(typeof jobFields)[Task]>

/** What nodes tell each other, by what it is about. Never content: whoever hears of a call reads it again. */
export const noticeFields = declareCarried({
  call: { organizationId: 'id', callId: 'id', version: 'count' },
  // a user has opened the call's card: whoever holds a screen of theirs asks whether they may see whose call it is
  'looked-at': { organizationId: 'id', callId: 'id', userId: 'id' },
  // the CRM told that this person changed
  person: { organizationId: 'id', connectionId: 'id', externalId: 'reference' },
  directory: { organizationId: 'id' },
  connections: { organizationId: 'id' },
  // administrators were told of a breach
  notices: { organizationId: 'id' },
  hooks: {},
  // somebody was erased: whatever screens and caches know of the organization may know them
  erased: { organizationId: 'id' },
  // the operator put a ground for a transfer on record, or ended one
  transfers: {},
  'organization gone': { organizationId: 'id' },
  // its screens are told why nothing more comes; what is known of it goes as with one that is gone
  'subscription ended': { organizationId: 'id' },
})
type About = keyof typeof noticeFields
export type Notice = { [Of in About]: { readonly about: Of } & Carried<(typeof noticeFields)[Of]> }[About]
