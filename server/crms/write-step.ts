import type { CallRecord } from '../calls/call-record.ts'
import { leftOutBecause } from '../calls/fold.ts'
import { followEndOfNote } from '../calls/note.ts'
import type { Db } from '../database/transaction.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { type LogRow, lockCall, markMaybeSent, markSending, upsertLog } from './call-log-rows.ts'
import type { CallToWrite, Crm } from './contract.ts'
import { noteSentDeal } from './deal-of-call.ts'
import { describeCall, markerOf, numberHashOf } from './describe-call.ts'
import type { Installation } from './installations.ts'
import { enqueueLive } from './live-call.ts'
import { liveRefOf, requestOf } from './live-ref.ts'
import { beganAt, restoredSince } from './maybe-sent.ts'
import { later, unknownWaitOf } from './next-time.ts'
import { readNoteRow, rememberWords } from './note-rows.ts'
import { crmConnection, has } from './parts.ts'
import { releaseRequested } from './requested-call.ts'
import { leftOutBy, readRules } from './rules.ts'
import type { WriteParts } from './write-parts.ts'

/** What is to be done with a call now. */
export type Step =
  | { do: 'nothing' }
  | { do: 'left out' }
  | { do: 'come back'; at: Date }
  | {
      do: 'send' | 'ask'
      crm: Crm
      installation: Installation
      record: CallRecord
      call: CallToWrite
      tries: number
      /** of the note that goes along */
      noteVersion: number
      /** of the outer number, by which a person may be found later */
      numberHash: Buffer | undefined
    }

/** Decides under a lock, so that two workers with the same call cannot both decide to send. */
export async function nextStep(
  parts: WriteParts,
  organization: Organization,
  directory: Directory,
  db: Db,
  callId: string,
): Promise<Step> {
  const record = await lockCall(parts.clock, organization, db, callId)
  if (record?.call.state !== 'ended') return { do: 'nothing' }
  await followEndOfNote(organization, db, record)
  const row = await db.row<LogRow>(
    'select state, marker, written_by, sent_at, tries from call_logs where call_id = $1',
    [callId],
  )
  if (row?.state === 'written' || row?.state === 'failed') return { do: 'nothing' }
  const connection = crmConnection(directory)
  const crm = connection && parts.crms.get(connection.adapter)
  // What may have been sent already is finished, whatever the rules say since.
  const out =
    connection && row?.state !== 'sending'
      ? leftOutBy(await readRules(organization, db, connection.id), record.call)
      : leftOutBecause(record.call)
  if (out) {
    // A late event may still say that it was a customer call: then it is written after all.
    if (row?.state === 'left-out') return { do: 'nothing' }
    await leaveOut(db, organization, record, out, connection)
    const live =
      crm && has(crm, 'live')
        ? await requestOf(organization, db, { record, connection, directory })
        : undefined
    if (live !== undefined) await releaseRequested(parts, organization, db, live)
    return { do: 'left out' }
  }
  if (!connection || !crm) return { do: 'come back', at: later(600) }
  const installations = await parts.installations.active(connection.id)
  const live = has(crm, 'live')
    ? await liveRefOf(organization, db, { record, connectionId: connection.id, directory })
    : { ref: undefined }
  if (live === 'unresolved')
    return unresolved(parts, organization, db, { record, connectionId: connection.id })
  const noted = await readNoteRow(organization, db, callId)
  const described = await describeCall(organization, directory, db, record, noted?.note)
  // The marker that was committed is the one it is found by, also where the organization came from other keys since.
  const call: CallToWrite = { ...described, ...(row ? { marker: row.marker } : {}), liveRef: live.ref }
  const sentBy = row?.written_by && installations.find((one) => one.id === row.written_by)
  const installation =
    sentBy ||
    // A CRM with cards is told for whom it is; an administrator may tell it for everybody.
    (crm.live ? undefined : installations.find((one) => one.userRef === call.ownerExternalId)) ||
    installations[0]
  if (!installation) {
    await upsertLog(db, record, connection.id, {
      state: 'waiting',
      marker: call.marker,
      reason: 'not-installed',
      nextAt: later(600),
    })
    return { do: 'come back', at: later(600) }
  }
  const tries = (row?.tries ?? 0) + 1
  const noteVersion = noted?.version ?? 0
  const numberHash = numberHashOf(organization, record)
  if (row?.state === 'sending' && row.sent_at) {
    const until = row.sent_at.getTime() + unknownWaitOf(parts)
    if (until > Date.now()) return { do: 'come back', at: new Date(until + 500) }
    if (noted) await rememberWords(organization, db, record, [...noted.ours, call.words])
    return { do: 'ask', crm, installation, record, call, tries, noteVersion, numberHash }
  }
  if (noted) await rememberWords(organization, db, record, [...noted.ours, call.words])
  const restoredAt = await restoredSince(db, beganAt(record))
  if (restoredAt) {
    const waitMs = restoredAt.getTime() + unknownWaitOf(parts) - parts.clock.ms()
    if (waitMs > 0) return { do: 'come back', at: new Date(Date.now() + waitMs + 500) }
    await markMaybeSent(db, record, connection.id, { marker: call.marker, installationId: installation.id })
    return { do: 'ask', crm, installation, record, call, tries, noteVersion, numberHash }
  }
  await markSending(db, record, connection.id, call.marker, installation.id)
  await noteSentDeal(db, record, connection.id, call.deal)
  return { do: 'send', crm, installation, record, call, tries, noteVersion, numberHash }
}

/** It is asked for by beginning it again with the same words; what that gives, it is written under. */
async function unresolved(
  parts: WriteParts,
  organization: Organization,
  db: Db,
  { record, connectionId }: { record: CallRecord; connectionId: string },
): Promise<Step> {
  const at = later(2)
  const marker = markerOf(organization, record.id)
  await upsertLog(db, record, connectionId, { state: 'waiting', marker, reason: 'away', nextAt: at })
  await enqueueLive(parts, organization.id, record.id)
  return { do: 'come back', at }
}

async function leaveOut(
  db: Db,
  organization: Organization,
  record: CallRecord,
  reason: string,
  connection: { id: string } | undefined,
): Promise<void> {
  if (!connection) return
  await upsertLog(db, record, connection.id, {
    state: 'left-out',
    marker: markerOf(organization, record.id),
    reason,
  })
}
