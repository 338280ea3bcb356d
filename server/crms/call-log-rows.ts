import { type CallRecord, openFacts, recordFrom } from '../calls/call-record.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'

export interface LogRow {
  state: 'waiting' | 'sending' | 'written' | 'failed' | 'left-out'
  marker: string
  written_by: string | null
  sent_at: Date | null
  tries: number
}

/**
 * The call as it is known, locked until the transaction ends; undefined once its week is over. Taken before anything that
 * hangs on the call is written or locked (docs/the-order-of-locks.md).
 */
export async function lockCall(
  clock: Clock,
  organization: Organization,
  db: Db,
  callId: string,
): Promise<CallRecord | undefined> {
  const row = await db.row<{
    id: string
    connection_id: string
    version: number
    facts_sealed: Buffer
    expires_at: Date
  }>(
    'select id, connection_id, version, facts_sealed, expires_at from calls where id = $1 for no key update',
    [callId],
  )
  if (!row) return undefined
  try {
    return recordFrom(row, openFacts(organization, row.id, row.facts_sealed, clock.ms()))
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return undefined // its week is over
    throw error
  }
}

/** The intent, committed before the request leaves. */
export async function markSending(
  db: Db,
  record: CallRecord,
  connectionId: string,
  marker: string,
  installationId: string,
): Promise<void> {
  await db.rows(
    `insert into call_logs (call_id, connection_id, state, marker, written_by, sent_at, tries, expires_at)
     values ($1, $2, 'sending', $3, $4, now(), 1, $5)
     on conflict (call_id) do update
       set state = 'sending', connection_id = excluded.connection_id, written_by = excluded.written_by, sent_at = now(),
           tries = call_logs.tries + 1, next_at = null, reason = null, expires_at = excluded.expires_at`,
    [record.id, connectionId, marker, installationId, record.expiresAt],
  )
}

/** It may have been sent at a time that nobody remembers, so long ago that it has taken effect if it ever will. */
export async function markMaybeSent(
  db: Db,
  record: CallRecord,
  connectionId: string,
  { marker, installationId }: { marker: string; installationId: string },
): Promise<void> {
  await db.rows(
    `insert into call_logs (call_id, connection_id, state, marker, written_by, sent_at, expires_at)
     values ($1, $2, 'sending', $3, $4, 'epoch', $5)
     on conflict (call_id) do update
       set state = 'sending', connection_id = excluded.connection_id, written_by = coalesce(call_logs.written_by, excluded.written_by),
           sent_at = excluded.sent_at, next_at = null, reason = null, expires_at = excluded.expires_at`,
    [record.id, connectionId, marker, installationId, record.expiresAt],
  )
}

export async function upsertLog(
  db: Db,
  record: CallRecord,
  connectionId: string,
  log: { state: 'waiting' | 'left-out'; marker: string; reason: string; nextAt?: Date },
): Promise<void> {
  await db.rows(
    `insert into call_logs (call_id, connection_id, state, marker, reason, next_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (call_id) do update set state = excluded.state, reason = excluded.reason, next_at = excluded.next_at`,
    [record.id, connectionId, log.state, log.marker, log.reason, log.nextAt ?? null, record.expiresAt],
  )
}
