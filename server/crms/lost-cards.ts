import type { Organization } from '../organizations/organization.ts'
import { enqueueLive, type LiveParts, liveConnection } from './live-call.ts'

/** More calls than are under way at a time in one company. */
const most = 500

/**
 * Queues calls whose card is not where the call is: the job that brings it there is made after the commit, for which
 * nobody waits, and is lost with a node that dies in between. Of calls that have ended only those that are known there.
 * @returns how many were queued
 */
export async function queueCards(parts: LiveParts, organization: Organization): Promise<number> {
  if (!liveConnection(await parts.directoryOf(organization), parts.crms)) return 0
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string }>(
        `select c.id from calls c left join live_calls l on l.call_id = c.id
         where c.state <> 'ended' and l.state is distinct from 'not-shown' and coalesce(l.seen_version, -1) < c.version
         union all
         select c.id from live_calls l join calls c on c.id = l.call_id
         where c.state = 'ended' and l.state <> 'not-shown' and l.seen_version < c.version
         order by id limit $1`,
        [most],
      ),
    'log the call in the CRM',
  )
  for (const { id } of rows) await enqueueLive(parts, organization.id, id)
  return rows.length
}
