import type { Match } from '../contacts/find-by-number.ts'
import type { RecordingView } from '../http/shapes.ts'
import type { DirectoryUser } from '../organizations/directory.ts'
import type { CallRecord } from './call-record.ts'
import type { DealsRecord } from './deals.ts'
import type { FollowUpRecord } from './follow-up-view.ts'
import type { StoredNote } from './note.ts'

/** A row of `call_logs`, with the addresses the CRM's adapter makes of it. */
export interface LogRecord {
  state: 'waiting' | 'sending' | 'written' | 'failed' | 'left-out'
  marker: string
  tries: number
  reason: string | undefined
  nextAt: Date | undefined
  writtenAt: Date | undefined
  /** whose access wrote it and whose call it was, in the CRM's own ids */
  writtenAs?: string | undefined
  writtenFor?: string | undefined
  url: string | undefined
}

/** A row of `recordings`, without the address. */
export interface RecordingRecord {
  state: RecordingView['state']
  reason: string | undefined
  nextAt: Date | undefined
}

/** A row of `call_notes`, opened. */
export interface NoteRecord {
  note: StoredNote
  crmVersion: number
  state: 'idle' | 'waiting' | 'sending' | 'failed' | 'left'
  reason: string | undefined
  nextAt: Date | undefined
}

/** A row of `new_persons` of the call's number, without the name. */
export interface NewPersonRecord {
  state: 'waiting' | 'sending' | 'made' | 'failed'
  reason: string | undefined
  nextAt: Date | undefined
  /** the CRM's id of the user whose access is used */
  actingRef: string | undefined
}

/** A call with all that is shown beside it, before it is known who looks. */
export interface CallOnScreen {
  record: CallRecord
  matches: readonly Match[]
  log: LogRecord | undefined
  recording?: RecordingRecord | undefined
  note?: NoteRecord | undefined
  newPerson?: NewPersonRecord | undefined
  followUp?: FollowUpRecord | undefined
  /** undefined: not looked up, or it belongs to no one person */
  deals?: DealsRecord | undefined
}

/** A person by the CRM's own id, of the connection that mirrors them. */
export type PersonRef = Pick<Match, 'connectionId' | 'externalId'>

/** Who looks, and whom their own access to the CRM reads as far as it is known: only asking it tells, see read-rights.ts. */
export interface Viewer extends DirectoryUser {
  reads(person: PersonRef): boolean
}
