import { type CallRecord, retentionOf } from '../calls/call-record.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import type { LiveCall } from './contract.ts'

/** A call in the CRM while it lasts, as it is kept: the words are the same however often it is begun. */
export interface LiveFacts {
  words?: Omit<LiveCall, 'startedAt'> & { startedAt: number }
  /** when the words left first, milliseconds since 1970 UTC */
  begunAt?: number
  /** the CRM's own id of it */
  ref?: string
  /** somebody asked for it inside the CRM, which has opened it */
  requestId?: string
  /** users of the CRM whose card is open, or was asked to be */
  cards: Record<string, 'asked' | 'open'>
}

export interface LiveRow extends LiveFacts {
  connectionId: string
  state: 'beginning' | 'open' | 'not-shown'
  begunBy: string | undefined
  tries: number
}

/** So long the CRM takes the same words for the same call; afterwards they would begin a second one. */
export const sameWordsMs = 30 * 60_000

const placeOf = (row: string) => ({ table: 'live_calls', column: 'live_sealed', row })

export async function readLive(
  organization: Organization,
  db: Db,
  callId: string,
): Promise<LiveRow | undefined> {
  const row = await db.row<{
    connection_id: string
    state: LiveRow['state']
    live_sealed: Buffer
    begun_by: string | null
    tries: number
  }>(
    'select connection_id, state, live_sealed, begun_by, tries from live_calls where call_id = $1 for update',
    [callId],
  )
  if (!row) return undefined
  return {
    ...openLive(organization, callId, row.live_sealed),
    connectionId: row.connection_id,
    state: row.state,
    begunBy: row.begun_by ?? undefined,
    tries: row.tries,
  }
}

/** @throws RingfenceError `unreadable` */
export function openLive(organization: Organization, callId: string, sealed: Buffer): LiveFacts {
  return JSON.parse(organization.keys.open(placeOf(callId), sealed)) as LiveFacts
}

/**
 * Keeps it as it is now, under the key of the call's own facts, so that both become unreadable together.
 * @param live.seen the call's version to which its cards are being brought; undefined: as before
 */
export async function storeLive(
  organization: Organization,
  db: Db,
  record: CallRecord,
  live: Omit<LiveRow, 'tries'> & { tries?: number; reason?: string; nextAt?: Date; seen?: number },
): Promise<void> {
  const { words, begunAt, ref, requestId, cards } = live
  const facts: LiveFacts = {
    cards,
    ...(words === undefined ? {} : { words }),
    ...(begunAt === undefined ? {} : { begunAt }),
    ...(ref === undefined ? {} : { ref }),
    ...(requestId === undefined ? {} : { requestId }),
  }
  await db.rows(
    `insert into live_calls (call_id, connection_id, state, live_sealed, begun_by, seen_version, tries, reason, next_at, expires_at)
     values ($1, $2, $3, $4, $5, coalesce($6, 0), $7, $8, $9, $10)
     on conflict (call_id) do update
       set state = excluded.state, live_sealed = excluded.live_sealed, begun_by = excluded.begun_by,
           seen_version = coalesce($6, live_calls.seen_version), tries = excluded.tries, reason = excluded.reason, next_at = excluded.next_at,
           expires_at = excluded.expires_at`,
    [
      record.id,
      live.connectionId,
      live.state,
      sealLive(organization, record, facts),
      live.begunBy ?? null,
      live.seen ?? null,
      live.tries ?? 0,
      live.reason ?? null,
      live.nextAt ?? null,
      record.expiresAt,
    ],
  )
}

/** What is known of a call there, as the record of it in the CRM needs it. */
export async function followEndOfLive(organization: Organization, db: Db, record: CallRecord): Promise<void> {
  const row = await db.row<{ live_sealed: Buffer; expires_at: Date }>(
    'select live_sealed, expires_at from live_calls where call_id = $1 for update',
    [record.id],
  )
  if (!row || row.expires_at.getTime() === record.expiresAt.getTime()) return
  const facts = openLive(organization, record.id, row.live_sealed)
  db.send('update live_calls set live_sealed = $2, expires_at = $3 where call_id = $1', [
    record.id,
    sealLive(organization, record, facts),
    record.expiresAt,
  ])
}

function sealLive(organization: Organization, record: CallRecord, facts: LiveFacts): Buffer {
  const { key } = retentionOf({
    knowledge: record.knowledge,
    firstArrival: record.firstArrival,
    ...(record.retainedFrom === undefined ? {} : { endBase: record.retainedFrom }),
  })
  return organization.keys.seal(placeOf(record.id), facts, key)
}
