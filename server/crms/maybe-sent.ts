import type { CallRecord } from '../calls/call-record.ts'
import type { Db } from '../database/transaction.ts'

/**
 * May what began then have been sent by a server whose databases are lost? They were put back from a backup since: what
 * happened between the backup and then is not known here, whatever the rows say. So the CRM is asked first, as after any
 * request whose outcome is unknown (docs/decisions/0034).
 * @returns when the databases were put back, by the time that retention runs by
 */
export async function restoredSince(db: Db, began: Date): Promise<Date | undefined> {
  const row = await db.row<{ at: Date | null }>('select max(at) as at from restores where at >= $1', [began])
  return row?.at ?? undefined
}

/** By its own time too: a call from before may only now be told by the phone system's list. */
export const beganAt = ({ firstArrival, call }: CallRecord): Date =>
  new Date(Math.min(firstArrival, call.startedAt))

/**
 * Of a row that is kept so many hours, rounded up to the hour, from what it is about: one that is a little younger than the
 * restore is asked for too, and not found.
 */
export const beganBefore = (expiresAt: Date, livesHours: number): Date =>
  new Date(expiresAt.getTime() - (livesHours + 1) * 3_600_000)
