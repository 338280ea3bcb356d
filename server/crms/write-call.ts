import type { CallRecord } from '../calls/call-record.ts'
import { leftOutBecause } from '../calls/fold.ts'
import { followEndOfNote } from '../calls/note.ts'
import { showNews } from '../calls/show-news.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { type LogRow, lockCall, markMaybeSent, markSending, upsertLog } from './call-log-rows.ts'
import type { CallToWrite, Crm, Written } from './contract.ts'
import { forgetSentDeal, noteSentDeal } from './deal-of-call.ts'
import { describeCall, markerOf, numberHashOf } from './describe-call.ts'
import { inTime } from './in-time.ts'
import type { Installation, Installations } from './installations.ts'
import { enqueueLive } from './live-call.ts'
import { liveRefOf, rememberLiveRef, requestOf } from './live-ref.ts'
import { beganAt, restoredSince } from './maybe-sent.ts'
import { afterFailure, later, stillUnknown, unknownWaitOf } from './next-time.ts'
import { readNoteRow, rememberWords } from './note-rows.ts'
import { crmConnection, has } from './parts.ts'
import { releaseRequested } from './requested-call.ts'
import { leftOutBy, readRules } from './rules.ts'

export interface WriteParts {
  crms: ReadonlyMap<string, Crm>
  installations: Installations
  directoryOf(organization: Organization): Promise<Directory>
  jobs: Jobs
  clock: Clock
  log: Log
  /** shows the call's new state on screens */
  show(organization: Organization, callId: string): Promise<void>
  /** a recording waited for this call to be written */
  attach(organization: Organization, callId: string): Promise<void>
  /** something of the call is to go into its entry, in a moment */
  amendLater(organizationId: string, callId: string): Promise<void>
  /** how long a request may still take effect after it timed out; default 60 s */
  unknownWaitMs: number | undefined
}

/**
 * Writes one ended call into the CRM, exactly once.
 *
 * The CRM knows no idempotency key. So the intent, with a marker that the CRM will keep, is committed before the request
 * leaves (`sending`). If its outcome stays unknown, whoever comes next waits until it can no longer take effect, asks the
 * CRM for the marker, and only if it is not there sends again. Being away is a state with a next time, not a used-up try.
 */
export async function writeCall(
  parts: WriteParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const since = Date.now()
  const step = await organization.transaction(
    (db) => nextStep(parts, organization, directory, db, callId),
    'log the call in the CRM',
  )
  if (step.do === 'nothing') return
  if (step.do === 'come back') {
    await enqueueWrite(parts, organization.id, callId, step.at)
    return
  }
  if (step.do === 'left out') {
    await showNews(parts, organization, callId, 'log the call in the CRM')
    return
  }
  try {
    const written =
      step.do === 'ask'
        ? await askThenSend(parts, organization, callId, step)
        : await send(parts, step, since)
    if (written) await settle(parts, organization, callId, { written, step })
  } catch (error) {
    await wait(parts, organization, callId, step.tries, error)
  }
  await showNews(parts, organization, callId, 'log the call in the CRM')
}

/** A person asks for another try of a call that failed or waits. */
export async function retryCall(
  parts: Pick<WriteParts, 'jobs'>,
  organization: Organization,
  callId: string,
): Promise<boolean> {
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update call_logs set state = case when state = 'failed' then 'waiting' else state end, next_at = ringfence.now(), reason = null
       where call_id = $1 and state in ('failed', 'waiting', 'sending') returning call_id`,
        [callId],
      ),
    'log the call in the CRM',
  )
  if (row) await enqueueWrite(parts, organization.id, callId, new Date())
  return row !== undefined
}

type Step =
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
async function nextStep(
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

async function askThenSend(
  parts: WriteParts,
  organization: Organization,
  callId: string,
  step: Extract<Step, { do: 'send' | 'ask' }>,
): Promise<Written | undefined> {
  const session = parts.installations.session(step.crm, step.installation)
  const found = await stillUnknown(step.crm.findWritten(session, step.call), step.crm.name)
  if (found) return found
  const since = Date.now()
  const marked = await organization.transaction(async (db) => {
    await lockCall(parts.clock, organization, db, callId) // first, as everybody does: what belongs to a call refers to it
    const row = await db.row<{ connection_id: string }>(
      `update call_logs set sent_at = now(), written_by = $2, tries = tries + 1
       where call_id = $1 and state = 'sending' and sent_at < now() - make_interval(secs => $3) returning connection_id`,
      [callId, step.installation.id, unknownWaitOf(parts) / 1000],
    )
    if (row) await noteSentDeal(db, step.record, row.connection_id, step.call.deal)
    return row
  }, 'log the call in the CRM')
  return marked ? send(parts, step, since) : undefined
}

function send(
  parts: WriteParts,
  step: Extract<Step, { do: 'send' | 'ask' }>,
  since: number,
): Promise<Written> {
  const session = parts.installations.session(step.crm, step.installation)
  return step.crm.writeActivity(inTime(session, since, unknownWaitOf(parts)), step.call)
}

/**
 * What was typed while it was written, and a person entered meanwhile, go into it afterwards. Of an entry that was found
 * it is not known with which words it was sent: they are looked at then too.
 */
async function settle(
  parts: WriteParts,
  organization: Organization,
  callId: string,
  { written, step }: { written: Written; step: Extract<Step, { do: 'send' | 'ask' }> },
): Promise<void> {
  const surely = step.do === 'send' && !written.without?.includes('words') ? step.noteVersion : 0
  const unlinked = step.call.personExternalId === undefined || written.without?.includes('person') === true
  const recording = await organization.transaction(async (db) => {
    await lockCall(parts.clock, organization, db, callId) // first: its card may be tended at the same time
    if (written.without?.includes('deal')) forgetSentDeal(db, callId)
    const { connectionId } = step.installation
    const sealsIds = has(step.crm, 'live')
    if (sealsIds && written.logId !== undefined)
      await rememberLiveRef(organization, db, step.record, { connectionId, logId: written.logId })
    const row = await db.row<{ recording: boolean; noted: boolean }>(
      `update call_logs set state = 'written', external_id = $2, activity_id = $3, written_at = now(), next_at = null, reason = $4,
              unlinked_hash = $5, written_as = $7, written_for = $8
       where call_id = $1
       returning exists(select from recordings r where r.id = call_id and r.state = 'waiting') as recording,
                 exists(select from call_notes n where n.id = call_id and n.version > $6) as noted`,
      [
        callId,
        sealsIds ? null : (written.logId ?? null),
        written.activityId ?? null,
        reasonOf(written),
        unlinked ? (step.numberHash ?? null) : null,
        surely,
        step.installation.userRef,
        step.call.ownerExternalId ?? null,
      ],
    )
    db.send('update call_notes set crm_version = $2 where id = $1 and crm_version < $2', [callId, surely])
    // Before the commit, so that a crash in between leaves a job that finds nothing.
    if (row?.noted || (unlinked && step.numberHash)) await parts.amendLater(organization.id, callId)
    return row?.recording
  }, 'log the call in the CRM')
  if (recording) await parts.attach(organization, callId)
}

/** What had to be left out for good; words that are to be amended are on their way. */
function reasonOf({ without = [] }: Written): string | null {
  const parts = without.filter((part) => part !== 'words')
  return parts.length === 0 ? null : parts.map((part) => `without-${part}`).join(' ')
}

/** What a failure means for the call: wait and come back, wait to ask, or give up until a person looks. */
async function wait(
  parts: WriteParts,
  organization: Organization,
  callId: string,
  tries: number,
  error: unknown,
): Promise<void> {
  const failure = failureOf(error)
  if (!failure) throw error
  const next = afterFailure(failure, tries, unknownWaitOf(parts))
  if (!next) throw error
  parts.log.warn('call-not-written', { callId, code: failure.code, state: next.state })
  await organization.transaction(
    (db) =>
      db.rows(
        `update call_logs set state = $2, reason = $3, next_at = $4, sent_at = case when $2 = 'sending' then sent_at end
       where call_id = $1 and state = 'sending'`, // somebody else may have written it meanwhile
        [callId, next.state, next.reason, next.at ?? null],
      ),
    'log the call in the CRM',
  )
  if (next.at) await enqueueWrite(parts, organization.id, callId, next.at)
}

export async function enqueueWrite(
  parts: Pick<WriteParts, 'jobs'>,
  organizationId: string,
  callId: string,
  at: Date,
): Promise<void> {
  await parts.jobs.add('write-call', { organizationId, callId }, { key: `write-call:${callId}`, at })
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
