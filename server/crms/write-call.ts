import { showNews } from '../calls/show-news.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import { lockCall } from './call-log-rows.ts'
import type { Written } from './contract.ts'
import { forgetSentDeal, noteSentDeal } from './deal-of-call.ts'
import { inTime } from './in-time.ts'
import { rememberLiveRef } from './live-ref.ts'
import { afterFailure, stillUnknown, unknownWaitOf } from './next-time.ts'
import { has } from './parts.ts'
import type { WriteParts } from './write-parts.ts'
import { nextStep, type Step } from './write-step.ts'

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
