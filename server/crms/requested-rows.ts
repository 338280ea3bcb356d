import type { CallRecord } from '../calls/call-record.ts'
import { remoteParty } from '../calls/fold.ts'
import type { Db } from '../database/transaction.ts'
import { arrivalHourLivesHours, hourOf } from '../keys/contract.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'

/** Somebody clicked a number inside the CRM, which has opened a call for it and shows its card. */
export interface Requested {
  /** as it was clicked */
  number: string
  /** the CRM's own id of the call it has opened */
  ref: string
  userRef: string
  /** milliseconds since 1970 UTC */
  askedAt: number
}

export interface RequestedRow extends Requested {
  state: 'asked' | 'dialling' | 'waiting' | 'taken' | 'closing' | 'closed' | 'failed'
  connectionId: string
  userId: string | undefined
  tries: number
}

/** So long the call that was asked for may take to be told by the phone system. */
export const requestedMs = 120_000
const hourMs = 3_600_000

const placeOf = (row: string) => ({ table: 'requested_calls', column: 'request_sealed', row })

export function requestedIdOf(organization: Organization, connectionId: string, ref: string): string {
  return uuidFrom(organization.keys.hash('requested call', `${connectionId}|${ref}`))
}

/** @returns false when it was told before */
export async function storeRequested(
  organization: Organization,
  db: Db,
  id: string,
  wish: Requested & { connectionId: string; userId: string | undefined; e164: string | undefined },
): Promise<boolean> {
  const { number, ref, userRef, askedAt } = wish
  const hour = hourOf(askedAt)
  const sealed = organization.keys.seal(
    placeOf(id),
    JSON.stringify({ number, ref, userRef, askedAt } satisfies Requested),
    { by: 'arrival hour', hour },
  )
  const row = await db.row(
    `insert into requested_calls (id, connection_id, user_id, number_hash, request_sealed, expires_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing returning id`,
    [
      id,
      wish.connectionId,
      wish.userId ?? null,
      organization.keys.hash('call number', wish.e164 ?? number),
      sealed,
      new Date((hour + 1 + arrivalHourLivesHours) * hourMs),
    ],
  )
  return row !== undefined
}

export async function readRequested(
  organization: Organization,
  db: Db,
  id: string,
): Promise<RequestedRow | undefined> {
  const row = await db.row<{
    state: RequestedRow['state']
    connection_id: string
    user_id: string | null
    request_sealed: Buffer
    tries: number
  }>(
    'select state, connection_id, user_id, request_sealed, tries from requested_calls where id = $1 for update',
    [id],
  )
  if (!row) return undefined
  return {
    ...open(organization, id, row.request_sealed),
    state: row.state,
    connectionId: row.connection_id,
    userId: row.user_id ?? undefined,
    tries: row.tries,
  }
}

export function setRequested(
  db: Db,
  id: string,
  to: { state: RequestedRow['state']; tries?: number; reason?: string; nextAt?: Date },
): void {
  db.send(
    `update requested_calls set state = $2, tries = coalesce($3, tries), reason = $4, next_at = $5 where id = $1`,
    [id, to.state, to.tries ?? null, to.reason ?? null, to.nextAt ?? null],
  )
}

/**
 * An outgoing call of the same number, at the same user, is the one that was asked for, if nobody else's is: each request
 * is taken by one call.
 */
export async function takeRequested(
  organization: Organization,
  db: Db,
  call: { record: CallRecord; connectionId: string; userRefs: readonly string[] },
): Promise<{ id: string; ref: string; userRef: string } | undefined> {
  const remote = remoteParty(call.record.call)
  if (call.record.call.direction !== 'outbound' || remote?.kind !== 'e164') return undefined
  const rows = await db.rows<{ id: string; request_sealed: Buffer }>(
    `select id, request_sealed from requested_calls
     where number_hash = $1 and connection_id = $2 and state in ('asked', 'dialling', 'waiting') order by id for update`,
    [organization.keys.hash('call number', remote.e164), call.connectionId],
  )
  const candidates = rows
    .map(({ id, request_sealed }) => ({ id, ...open(organization, id, request_sealed) }))
    .filter(
      ({ userRef, askedAt }) =>
        call.userRefs.includes(userRef) && Math.abs(call.record.firstArrival - askedAt) <= requestedMs,
    )
    .sort((a, b) => a.askedAt - b.askedAt)
  const [oldest] = candidates
  if (!oldest) return undefined
  setRequested(db, oldest.id, { state: 'taken' })
  return { id: oldest.id, ref: oldest.ref, userRef: oldest.userRef }
}

/** @throws RingfenceError `unreadable` */
function open(organization: Organization, id: string, sealed: Buffer): Requested {
  return JSON.parse(organization.keys.open(placeOf(id), sealed)) as Requested
}
