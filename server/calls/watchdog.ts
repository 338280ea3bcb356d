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
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; connection_id: string; facts_sealed: Buffer; last_event_at: Date }>(
        `select id, connection_id, facts_sealed, last_event_at from calls
       where (state = 'ringing' and last_event_at < ringfence.now() - make_interval(mins => $1))
          or (state = 'answered' and last_event_at < ringfence.now() - make_interval(mins => $2))
       order by last_event_at limit 500`,
        [ringingSilentMinutes, answeredSilentMinutes],
      ),
    'show calls to the people they are for',
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

/** More calls than end while a database stands still. */
const lately = 2_000

/**
 * Queues ended calls of which the CRM knows nothing and no job does.
 *
 * The job that writes a call is made before the commit, so that no crash loses it. A commit that takes longer than the job
 * waits (a database that stands still, a lock) comes after a job that found nothing and ended. Asked again for a call whose
 * job still waits, the queue changes nothing.
 * @returns how many were queued, waiting ones included
 */
export async function queueUnwritten(ingest: Ingest, organization: Organization): Promise<number> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string }>(
        `select c.id from (select id, state from calls order by arrival desc limit $1) c
       where c.state = 'ended' and not exists (select from call_logs l where l.call_id = c.id)
         and exists (select from connections where side = 'crm')`,
        [lately],
      ),
    'log the call in the CRM',
  )
  for (const { id } of rows) await ingest.enqueueWrite(organization.id, id)
  return rows.length
}
