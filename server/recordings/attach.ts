import { type CallRecord, recordFrom } from '../calls/call-record.ts'
import { lockCalls } from '../calls/lock-calls.ts'
import { showNews } from '../calls/show-news.ts'
import type { Clock } from '../clock.ts'
import type { Crm, CrmWith } from '../crms/contract.ts'
import type { Installation, Installations } from '../crms/installations.ts'
import { logIdOf } from '../crms/live-ref.ts'
import { unknownWaitOf } from '../crms/next-time.ts'
import { has } from '../crms/parts.ts'
import type { Db } from '../database/transaction.ts'
import type { Egress } from '../egress/index.ts'
import type { Log } from '../log.ts'
import { readSettings } from '../organizations/connection-settings.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneAccesses } from '../phones/accesses.ts'
import type { PhoneSystem, RecordingRequest } from '../phones/contract.ts'
import { afterLocate, expected, type Outcome } from './outcome.ts'
import { enqueueAttach, factsWhileKept, openAddress, type ReadyParts, storeAddress } from './ready.ts'
import { linkFor, type Refer, recordingIn, refer } from './refer.ts'
import { sessionFor } from './session.ts'
import { transfer } from './transfer.ts'
import { wayIn, waysOf } from './ways.ts'

export interface AttachParts extends ReadyParts {
  egress: Egress
  crms: ReadonlyMap<string, Crm>
  installations: Installations
  accesses: PhoneAccesses
  clock: Clock
  log: Log
  /** where people reach this installation, without a trailing slash */
  url: string
  /** how long a request may still take effect after it timed out; default 60 s */
  unknownWaitMs: number | undefined
  /** streams of this node */
  streams: { running: number }
}

/** Of the six jobs a node works on, so many may be recordings: a call must never wait for one to be written. */
const mostStreams = 3

interface RecordingRow {
  state: Outcome['state']
  address_sealed: Buffer | null
  tries: number
  reason: string | null
  connection_id: string
  facts_sealed: Buffer
  log_state: 'waiting' | 'sending' | 'written' | 'failed' | 'left-out' | null
  log_next_at: Date | null
  log_connection: string | null
  external_id: string | null
  activity_id: string | null
  expires_at: Date
  written_by: string | null
}

type Step =
  | { do: 'nothing' }
  | { do: 'settle'; outcome: Outcome; changed: boolean }
  | {
      do: 'attach'
      crm: CrmWith<'attachRecording'>
      installation: Installation
      phone: string
      locate(): Promise<RecordingRequest>
      logId: string
      tries: number
    }
  | ({ do: 'refer'; installation: Installation } & Pick<
      Refer,
      'how' | 'crm' | 'written' | 'locate' | 'kept' | 'tries'
    >)

/**
 * Attaches the recording of a call to its entry in the CRM, once that is written.
 *
 * No intent is kept, as a call's entry needs one: the CRM takes one recording for each entry and says so when there is
 * one, so whoever does not know how a try ended just tries again.
 */
export async function attachRecording(
  parts: AttachParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  if (parts.streams.running >= mostStreams) return again(parts, organization, callId, 3)
  parts.streams.running += 1
  try {
    const directory = await parts.directoryOf(organization)
    const step = await organization.transaction(
      (db) => nextStep(parts, organization, directory, db, callId),
      'attach the recording in the CRM',
    )
    if (step.do === 'nothing') return
    if (step.do === 'attach') {
      await showNews(parts, organization, callId, 'attach the recording in the CRM')
      await settle(parts, organization, callId, await attach(parts, callId, step))
    } else if (step.do === 'refer') {
      await showNews(parts, organization, callId, 'attach the recording in the CRM')
      await settle(parts, organization, callId, await referTo(parts, organization, callId, step))
    } else await settle(parts, organization, callId, step.outcome, step.changed)
  } finally {
    parts.streams.running -= 1
  }
}

/** A person asks for another try of a recording that failed or waits. */
export async function retryRecording(
  parts: Pick<ReadyParts, 'jobs'>,
  organization: Organization,
  callId: string,
): Promise<boolean> {
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update recordings set state = 'waiting', next_at = now(), reason = null
       where id = $1 and state in ('failed', 'waiting') and address_sealed is not null returning id`,
        [callId],
      ),
    'attach the recording in the CRM',
  )
  if (row) await enqueueAttach(parts, organization.id, callId, { at: new Date() })
  return row !== undefined
}

async function attach(
  parts: AttachParts,
  callId: string,
  step: Extract<Step, { do: 'attach' }>,
): Promise<Outcome> {
  const request = await located(step)
  if ('outcome' in request) return request.outcome
  const { outcome, bytes, mostHeld } = await transfer({
    egress: parts.egress,
    phone: step.phone,
    organizationId: step.installation.organizationId,
    request: request.at,
    crm: step.crm,
    session: parts.installations.session(step.crm, step.installation),
    logId: step.logId,
    tries: step.tries,
    unknownWaitMs: unknownWaitOf(parts),
  })
  if (outcome.state === 'attached') parts.log.info('recording-attached', { callId, bytes, mostHeld })
  else parts.log.warn('recording-not-attached', { callId, state: outcome.state, why: outcome.why, bytes })
  return outcome
}

async function referTo(
  parts: AttachParts,
  organization: Organization,
  callId: string,
  { installation, ...step }: Extract<Step, { do: 'refer' }>,
): Promise<Outcome> {
  const outcome = await refer(organization, {
    ...step,
    session: parts.installations.session(step.crm, installation),
    url: parts.url,
    unknownWaitMs: unknownWaitOf(parts),
  })
  if (outcome.state === 'attached') parts.log.info('recording-referred', { callId, how: step.how })
  else parts.log.warn('recording-not-referred', { callId, state: outcome.state, why: outcome.why })
  return outcome
}

/** Decides what is to be done now; what stands in the way is an outcome too. */
async function nextStep(
  parts: AttachParts,
  organization: Organization,
  directory: Directory,
  db: Db,
  callId: string,
): Promise<Step> {
  lockCalls(db, [callId])
  const row = await db.row<RecordingRow>(
    `select r.state, r.address_sealed, r.tries, r.reason, c.connection_id, c.facts_sealed, l.state as log_state,
            l.next_at as log_next_at, l.connection_id as log_connection, l.external_id, l.activity_id, l.written_by,
            c.expires_at
     from recordings r join calls c on c.id = r.id left join call_logs l on l.call_id = r.id
     where r.id = $1 for update of r`,
    [callId],
  )
  if (row?.state !== 'waiting' || !row.address_sealed) return { do: 'nothing' }
  const facts = factsWhileKept(parts, organization, callId, row.facts_sealed)
  if (!facts) return { do: 'nothing' }
  const settled = (outcome: Outcome): Step => ({
    do: 'settle',
    outcome,
    changed: outcome.state !== 'waiting' || outcome.why !== row.reason,
  })
  const wait = (why: string, seconds: number): Step => settled({ state: 'waiting', why, seconds })
  const phone = parts.phones.get(directory.connections.get(row.connection_id)?.adapter ?? '')
  const settings = phone && (await readSettings(organization, db, row.connection_id, phone.settings))
  if (!phone?.recordings || !settings || !phone.recordings.attaches(settings))
    return settled({ state: 'left', why: 'not-chosen' })
  if (row.log_state === 'left-out') return settled({ state: 'left', why: 'not-logged' })
  if (row.log_state !== 'written') return wait('log', secondsUntilWritten(row))
  const logId = await logIdOf(organization, db, callId, row.external_id)
  if (logId === undefined) return settled({ state: 'left', why: 'log-unknown' })
  const known = openAddress(organization, callId, row.address_sealed)
  const record = recordFrom({ ...row, id: callId, version: 0 }, facts)
  const locate = await wayTo(parts, organization, { record, known, directory, phone, settings })
  if (locate === 'not-connected') return settled({ state: 'left', why: 'phone-not-connected' })
  if (!locate) return wait('phone-address-missing', 600)
  const crm = parts.crms.get(directory.connections.get(row.log_connection ?? '')?.adapter ?? '')
  const installation = row.log_connection
    ? await parts.installations.acting(row.log_connection, row.written_by)
    : undefined
  if (!crm || !installation) return wait('not-installed', 600)
  const way = wayIn(settings)
  if (!way || !waysOf(phone, crm).includes(way)) return settled({ state: 'left', why: 'cannot' })
  const tries = row.tries + 1
  db.send(`update recordings set tries = $2, reason = 'under-way', next_at = null where id = $1`, [
    callId,
    tries,
  ])
  if (way === 'attach' && has(crm, 'attachRecording'))
    return { do: 'attach', crm, installation, phone: phone.title, locate, logId, tries }
  if ((way !== 'copy' && way !== 'link') || !has(crm, 'referToRecording'))
    return settled({ state: 'left', why: 'cannot' })
  const kept =
    way === 'link'
      ? linkFor(organization, known, { connectionId: row.connection_id, call: record.call })
      : known
  // Before it leaves: asked again it is the same link, by which the CRM knows that it is there already.
  if (kept !== known) await storeAddress(organization, db, record, kept)
  const written = { logId, activityId: row.activity_id ?? undefined }
  return { do: 'refer', how: way, crm, installation, written, locate, kept, tries }
}

/** How the recording is come by: at the address that was told, or where the phone system says, asked at each try. */
async function wayTo(
  parts: AttachParts,
  organization: Organization,
  of: {
    record: CallRecord
    /** what is kept of the recording */
    known: string
    directory: Directory
    phone: PhoneSystem
    settings: Readonly<Record<string, unknown>>
  },
): Promise<(() => Promise<RecordingRequest>) | 'not-connected' | undefined> {
  const { phone, settings } = of
  const { connectionId, call } = of.record
  const address = recordingIn(organization, of.known)
  const source = phone.recordings
  if (source?.request) {
    const request = source.request(settings, address)
    return request && (async () => request)
  }
  const connection = of.directory.connections.get(connectionId)
  if (!source?.locate || !connection || !phone.api) return undefined
  const asked = { organization, connection, phone, api: phone.api }
  const session = await sessionFor(parts, asked, call)
  if (!session) return 'not-connected'
  const locate = source.locate.bind(source)
  return () => locate(session, address)
}

async function located(
  step: Extract<Step, { do: 'attach' }>,
): Promise<{ at: RecordingRequest } | { outcome: Outcome }> {
  try {
    return { at: await step.locate() }
  } catch (error) {
    return { outcome: expected(error, (failure) => afterLocate(failure, step.tries)) }
  }
}

/** The entry's own job calls as soon as it is written; this is for when that call was lost. */
function secondsUntilWritten({ log_state: state, log_next_at: next }: RecordingRow): number {
  if (state === 'failed') return 3600
  return Math.max(60, ((next?.getTime() ?? 0) - Date.now()) / 1000 + 5)
}

async function settle(
  parts: AttachParts,
  organization: Organization,
  callId: string,
  outcome: Outcome,
  changed = true,
): Promise<void> {
  const waiting = outcome.state === 'waiting' ? outcome : undefined
  const why = outcome.state === 'attached' ? null : outcome.why
  const keepsAddress = outcome.state === 'waiting' || outcome.state === 'failed'
  await organization.transaction(
    (db) =>
      db.rows(
        `update recordings set state = $2, reason = $3, next_at = now() + make_interval(secs => $4),
              address_sealed = case when $5 then address_sealed end
       where id = $1 and state = 'waiting'`,
        [callId, outcome.state, why, waiting?.seconds ?? null, keepsAddress],
      ),
    'attach the recording in the CRM',
  )
  if (waiting) await again(parts, organization, callId, waiting.seconds)
  if (changed) await showNews(parts, organization, callId, 'attach the recording in the CRM')
}

/** Somebody who asked for it meanwhile, because the call is written now for instance, keeps their earlier time. */
async function again(
  parts: Pick<ReadyParts, 'jobs'>,
  organization: Organization,
  callId: string,
  seconds: number,
): Promise<void> {
  const at = new Date(Date.now() + seconds * 1000)
  await enqueueAttach(parts, organization.id, callId, { at, keep: true })
}
