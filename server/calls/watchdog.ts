import type { Ingest } from '../ingest/ingest.ts'
import type { Organization } from '../organizations/organization.ts'
import { openFacts } from './call-record.ts'
import type { CallEvent } from './event.ts'

/** A call that rings this long without a word, or is talked on this long, has ended without our being told. */
export const ringingSilentMinutes = 10
export const answeredSilentMinutes = 240

/**
 * Ends calls whose hang-up never came.
 *
 * A phone system may lose events when it restarts. A call left open for ever would hold a caller's number past its
 * retention, because retention counts from the end of the call. The end is our own weakest event: a hang-up that comes
 * later still amends it.
 * @returns how many were ended
 */
export async function endSilentCalls(
  ingest: Ingest,
  organization: Organization,
  now: number,
): Promise<number> {
  const rows = await organization.transaction((db) =>
    db.rows<{ id: string; connection_id: string; facts_sealed: Buffer; last_event_at: Date }>(
      `select id, connection_id, facts_sealed, last_event_at from calls
       where (state = 'ringing' and last_event_at < ringfence.now() - make_interval(mins => $1))
          or (state = 'answered' and last_event_at < ringfence.now() - make_interval(mins => $2))
       order by last_event_at limit 500`,
      [ringingSilentMinutes, answeredSilentMinutes],
    ),
  )
  for (const row of rows) {
    const facts = openFacts(organization, row.id, row.facts_sealed, now)
    const at = row.last_event_at.getTime()
    const silent: CallEvent = {
      kind: 'silent-too-long',
      call: '',
      key: `silent|${at}`,
      at: Math.max(at, facts.knowledge.firstAt),
      facts: {},
    }
    await ingest.applyCall(organization, row.connection_id, [silent], now, row.id)
  }
  return rows.length
}
