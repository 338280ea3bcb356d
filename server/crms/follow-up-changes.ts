import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { FollowUpFate } from './follow-up-contract.ts'
import {
  addFollowUp,
  enqueueFollowUp,
  type FollowUpRow,
  followUpById,
  isUnsettled,
  lockCaller,
} from './follow-up-rows.ts'
import type { FollowUpStep } from './follow-ups.ts'
import { afterFailure, later, unknownWaitOf } from './next-time.ts'
import { callsOf, ownerFor } from './plan-follow-up.ts'
import type { WriteParts } from './write-parts.ts'

/** Longer than a commit takes. */
const safeSeconds = 10

/**
 * The intent, committed before the request leaves.
 * @param silentSeconds only if the last one left at least so long ago
 * @returns whether it is this one's turn
 */
export async function markSending(
  db: Db,
  id: string,
  installationId: string,
  silentSeconds?: number,
): Promise<boolean> {
  const row = await db.row(
    `update follow_ups set state = 'sending', written_by = $2, sent_at = now(), tries = tries + 1, next_at = null, reason = null
     where id = $1 and ($3::float8 is null or sent_at < now() - make_interval(secs => $3)) returning id`,
    [id, installationId, silentSeconds ?? null],
  )
  return row !== undefined
}

/** It may have been sent at a time that nobody remembers. */
export async function markMaybeSent(db: Db, id: string): Promise<void> {
  await db.rows(
    `update follow_ups set state = 'sending', sent_at = 'epoch', next_at = null, reason = null where id = $1`,
    [id],
  )
}

export async function settleOpen(
  parts: WriteParts,
  organization: Organization,
  id: string,
  written: { activityId: string; without?: readonly string[]; writer: string },
): Promise<void> {
  const reason = written.without?.map((part) => `without-${part}`).join(' ') ?? null
  const row = await organization.transaction(async (db) => {
    db.send(
      `update follow_ups set state = 'open', activity_id = $2, reason = $3, owner_ref = coalesce(owner_ref, $4),
              next_at = null, tries = 0 where id = $1`,
      [id, written.activityId, reason, written.writer],
    )
    return followUpById(db, id)
  }, 'follow up missed calls in the CRM')
  // Somebody reached the caller, or missed them again, while it was on its way.
  if (row && isUnsettled(row)) await enqueueFollowUp(parts.jobs, organization.id, id)
}

/** Committed before it is said, so that finding it done afterwards is no mystery. */
export async function markClosing(db: Db, id: string): Promise<void> {
  db.send(`update follow_ups set state = 'closing', tries = tries + 1 where id = $1`, [id])
}

export function settleClosed(db: Db, id: string): void {
  db.send(`update follow_ups set state = 'closed', reason = null, next_at = null where id = $1`, [id])
}

/** Missed again, and the first promise still stands. */
export async function stillOpen(organization: Organization, row: FollowUpRow): Promise<void> {
  await organization.transaction(
    async (db) =>
      db.send(
        'update follow_ups set again_call_id = null, reason = null, next_at = null where id = $1 and again_call_id = $2',
        [row.id, row.again_call_id],
      ),
    'follow up missed calls in the CRM',
  )
}

const theirs: Record<Exclude<FollowUpFate, 'open'>, string> = {
  done: 'done-there',
  changed: 'changed-there',
  gone: 'gone-there',
}

/** People closed, changed or deleted it: it is theirs. Whoever was missed since then is promised anew. */
export async function forgetAndAskAgain(
  parts: WriteParts,
  { organization, directory }: { organization: Organization; directory: Directory },
  { id, caller_hash: callerHash }: FollowUpRow,
  fate: Exclude<FollowUpFate, 'open'>,
): Promise<void> {
  const next = await organization.transaction(async (db) => {
    lockCaller(db, callerHash)
    const row = await followUpById(db, id)
    if (!row) return undefined
    db.send(
      `update follow_ups set state = 'forgotten', reason = $2, activity_id = null, again_call_id = null, next_at = null
       where id = $1`,
      [id, theirs[fate]],
    )
    if (row.again_call_id === null || row.reached_call_id !== null) return undefined
    const now = parts.clock.ms()
    const [record] = await callsOf(organization, db, now, { id: row.again_call_id })
    if (!record) return undefined
    const others = await callsOf(organization, db, now, { callerHash })
    const ownerRef = await ownerFor({ db, organization, directory }, record, others)
    const added = await addFollowUp(db, organization, {
      connectionId: row.connection_id,
      callerHash,
      record,
      ownerRef,
    })
    // Before the commit, so that a crash in between leaves a job that finds nothing, never a promise without a job.
    if (added) await enqueueFollowUp(parts.jobs, organization.id, added.id, later(safeSeconds))
    return added
  }, 'follow up missed calls in the CRM')
  if (next) await enqueueFollowUp(parts.jobs, organization.id, next.id)
}

/** A CRM that is away is a next time; what it will not take waits for a person. */
export async function keepWaiting(
  parts: WriteParts,
  organization: Organization,
  { row, do: doing, tries }: FollowUpStep,
  error: unknown,
): Promise<void> {
  const failure = failureOf(error)
  const next = failure && afterFailure(failure, tries, unknownWaitOf(parts))
  if (!failure || !next) throw error
  parts.log.warn('follow-up-not-done', { followUpId: row.id, doing, code: failure.code, state: next.state })
  const isThere = doing === 'look' || doing === 'close'
  await organization.transaction(
    (db) =>
      db.rows(
        `update follow_ups set state = case when $2 = 'failed' or not $5 then $2 else state end, reason = $3, next_at = $4,
              tries = greatest(tries, $6) where id = $1 and ($5 or state = 'sending')`,
        [row.id, next.state, next.reason, next.at ?? null, isThere, tries],
      ),
    'follow up missed calls in the CRM',
  )
  if (next.at) await enqueueFollowUp(parts.jobs, organization.id, row.id, next.at)
}

/** Screens tell news from what they know by the version of each call that this follow-up covers. */
export async function showFollowUp(parts: WriteParts, organization: Organization, id: string): Promise<void> {
  const calls = await organization.transaction(
    (db) =>
      db.rows<{ id: string }>(
        `update calls set version = version + 1 where id in (select call_id from call_logs where follow_up_id = $1)
       returning id`,
        [id],
      ),
    'follow up missed calls in the CRM',
  )
  for (const call of calls) await parts.show(organization, call.id)
}
