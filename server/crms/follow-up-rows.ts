import { randomUUID } from 'node:crypto'
import type { CallRecord } from '../calls/call-record.ts'
import type { Db } from '../database/transaction.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { markerOf } from './describe-call.ts'

export interface FollowUpRow {
  id: string
  connection_id: string
  caller_hash: Buffer
  call_id: string
  state: 'waiting' | 'sending' | 'open' | 'closing' | 'closed' | 'failed' | 'forgotten'
  marker: string
  owner_ref: string | null
  activity_id: string | null
  written_by: string | null
  sent_at: Date | null
  tries: number
  reached_call_id: string | null
  again_call_id: string | null
  expires_at: Date
}

const columns = `id, connection_id, caller_hash, call_id, state, marker, owner_ref, activity_id, written_by, sent_at, tries,
  reached_call_id, again_call_id, expires_at`

/** Whoever decides about a caller does so alone; taken before any row is locked. */
export function lockCaller(db: Db, callerHash: Buffer): void {
  db.send(`select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 72790006))`, [callerHash])
}

export async function followUpById(db: Db, id: string): Promise<FollowUpRow | undefined> {
  return db.row<FollowUpRow>(`select ${columns} from follow_ups where id = $1 for update`, [id])
}

/** The one that somebody may still have to do something about. */
export async function openFollowUpOf(
  db: Db,
  connectionId: string,
  callerHash: Buffer,
): Promise<FollowUpRow | undefined> {
  return db.row<FollowUpRow>(
    `select ${columns} from follow_ups
     where connection_id = $1 and caller_hash = $2 and state in ('waiting', 'sending', 'open', 'closing') for update`,
    [connectionId, callerHash],
  )
}

/** @returns undefined when the caller has one whose week is over, until the sweep has taken it */
export async function addFollowUp(
  db: Db,
  organization: Organization,
  followUp: {
    connectionId: string
    callerHash: Buffer
    record: Pick<CallRecord, 'id' | 'expiresAt'>
    ownerRef: string | undefined
  },
): Promise<FollowUpRow | undefined> {
  const id = randomUUID()
  const row = await db.row<FollowUpRow>(
    `insert into follow_ups (id, connection_id, caller_hash, call_id, marker, owner_ref, next_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, now(), $7)
     on conflict (connection_id, caller_hash) where state in ('waiting', 'sending', 'open', 'closing') do nothing
     returning ${columns}`,
    [
      id,
      followUp.connectionId,
      followUp.callerHash,
      followUp.record.id,
      markerOf(organization, id, 'follow-up marker'),
      followUp.ownerRef ?? null,
      followUp.record.expiresAt,
    ],
  )
  if (row) joinFollowUp(db, row.id, followUp.record.id)
  return row
}

/** This missed call is covered by that follow-up. */
export function joinFollowUp(db: Db, id: string, callId: string): void {
  db.send('update call_logs set follow_up_id = $1 where call_id = $2', [id, callId])
}

/** Is there something to be done about it now? */
export function isUnsettled(row: FollowUpRow): boolean {
  if (row.state === 'open') return row.reached_call_id !== null || row.again_call_id !== null
  return row.state === 'waiting' || row.state === 'sending' || row.state === 'closing'
}

/** One job for each follow-up at a time, on whichever node. */
export async function enqueueFollowUp(
  jobs: Jobs,
  organizationId: string,
  followUpId: string,
  at = new Date(),
): Promise<void> {
  const key = `follow-up:${followUpId}`
  await jobs.add('follow-up', { organizationId, followUpId }, { key, at, alone: true })
}
