import type { Clock } from '../clock.ts'
import { lockCall } from '../crms/call-log-rows.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import { type CallRecord, retentionOf } from './call-record.ts'
import { type LoggedOutcome, readResults } from './results.ts'

/** What users wrote about a call, and the result they chose. The result keeps its words when the list changes. */
export interface Note {
  text: string
  result?: { id: string; label: string; outcome: LoggedOutcome }
}

export interface StoredNote extends Note {
  version: number
}

export interface NoteParts {
  clock: Clock
  /** takes what was written into the CRM, in a moment */
  amendLater(organizationId: string, callId: string): Promise<void>
}

const noteAt = (row: string) => ({ table: 'call_notes', column: 'note_sealed', row })
const sentAt = (row: string) => ({ table: 'call_notes', column: 'sent_sealed', row })

/**
 * Keeps what a user typed. Two people who type at the same time each name the version they saw: whoever comes second gets
 * the other's text and loses nothing.
 * @param wished.result the id of one of the organization's results; undefined: none
 * @returns the version that is kept now, or what somebody else had written
 * @throws RingfenceError `not-found` when the call's week is over, `invalid-input` for a result that is not in the list
 */
export async function saveNote(
  parts: NoteParts,
  organization: Organization,
  callId: string,
  wished: { text: string; result?: string | undefined; version: number },
): Promise<{ saved: number } | { other: StoredNote }> {
  return organization.transaction(async (db) => {
    const record = await lockCall(parts.clock, organization, db, callId)
    if (!record) return failed({ code: 'not-found', what: 'call' })
    const stored = await readNote(organization, db, callId)
    const version = stored?.version ?? 0
    const same = (stored?.text ?? '') === wished.text && stored?.result?.id === wished.result
    if (same) return { saved: version } // sent again, because nobody heard that it was kept
    if (version !== wished.version) return { other: stored ?? { text: '', version } }
    const note: Note = {
      text: wished.text,
      ...(wished.result === undefined
        ? {}
        : { result: await resultOf(organization, db, stored, wished.result) }),
    }
    // Before the commit, so that a crash in between leaves a job that finds nothing, never a note that stays here.
    if (record.call.state === 'ended') await parts.amendLater(organization.id, callId)
    await db.rows(
      `insert into call_notes (id, version, note_sealed, expires_at) values ($1, $2, $3, $4)
       on conflict (id) do update
         set version = excluded.version, note_sealed = excluded.note_sealed, expires_at = excluded.expires_at,
             state = case when call_notes.state in ('waiting', 'failed') then 'idle' else call_notes.state end`,
      [callId, version + 1, sealWith(organization, record, noteAt(callId), note), record.expiresAt],
    )
    db.send('update calls set version = version + 1 where id = $1', [callId])
    return { saved: version + 1 }
  }, 'show calls to the people they are for')
}

/** Of the list as it is, or the one that was chosen already and has left the list since. */
async function resultOf(
  organization: Organization,
  db: Db,
  stored: StoredNote | undefined,
  id: string,
): Promise<NonNullable<Note['result']>> {
  const listed = (await readResults(organization, db)).find((result) => result.id === id)
  const known = stored?.result?.id === id ? stored.result : undefined
  return listed ?? known ?? failed({ code: 'invalid-input', field: 'result', rule: 'one of the list' })
}

async function readNote(organization: Organization, db: Db, callId: string): Promise<StoredNote | undefined> {
  const row = await db.row<{ version: number; note_sealed: Buffer | null }>(
    'select version, note_sealed from call_notes where id = $1',
    [callId],
  )
  return row && openNote(organization, callId, row)
}

/** @throws RingfenceError `unreadable` */
export function openNote(
  organization: Organization,
  callId: string,
  row: { version: number; note_sealed: Buffer | null },
): StoredNote | undefined {
  if (!row.note_sealed) return undefined
  const note = JSON.parse(organization.keys.open(noteAt(callId), row.note_sealed)) as Note
  return { ...note, version: row.version }
}

/** Our own words as they may stand in the CRM's entry of the call. @throws RingfenceError `unreadable` */
export function openSent(organization: Organization, callId: string, sealed: Buffer | null): string[] {
  return sealed ? (JSON.parse(organization.keys.open(sentAt(callId), sealed)) as string[]) : []
}

/** @throws RingfenceError `unreadable` when the call's week is over */
export function sealSent(organization: Organization, record: CallRecord, texts: readonly string[]): Buffer {
  return sealWith(organization, record, sentAt(record.id), texts)
}

/**
 * A call has ended, or earlier than was known: what was written about it goes under the key of the end's hour, and ends
 * with the call. Done by whoever writes the call into the CRM, within the key's life of the hour it began.
 */
export async function followEndOfNote(organization: Organization, db: Db, record: CallRecord): Promise<void> {
  const row = await db.row<{ note_sealed: Buffer | null; sent_sealed: Buffer | null; expires_at: Date }>(
    'select note_sealed, sent_sealed, expires_at from call_notes where id = $1 for update',
    [record.id],
  )
  if (!row || row.expires_at.getTime() === record.expiresAt.getTime()) return
  const again = (place: typeof noteAt, sealed: Buffer | null) =>
    sealed &&
    sealWith(
      organization,
      record,
      place(record.id),
      JSON.parse(organization.keys.open(place(record.id), sealed)),
    )
  db.send('update call_notes set note_sealed = $2, sent_sealed = $3, expires_at = $4 where id = $1', [
    record.id,
    again(noteAt, row.note_sealed),
    again(sentAt, row.sent_sealed),
    record.expiresAt,
  ])
}

/** Under the key of the call's own facts, so that both become unreadable together. */
function sealWith(
  organization: Organization,
  record: CallRecord,
  place: ReturnType<typeof noteAt>,
  value: object,
): Buffer {
  const { key } = retentionOf({
    knowledge: record.knowledge,
    firstArrival: record.firstArrival,
    ...(record.retainedFrom === undefined ? {} : { endBase: record.retainedFrom }),
  })
  return organization.keys.seal(place, value, key)
}
