import { callHourLivesHours } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { TwinCalls, Twins, Written } from './contract.ts'
import type { MirrorParts } from './mirror-row.ts'

/** Two nights look at each call, because one may be left out. */
const hoursBack = 48
/** The longest call that is looked for: lists go by when a call began, and we know when it ended and was written. */
const longestMs = 12 * 3_600_000

interface WrittenRow {
  call_id: string
  marker: string
  external_id: string | null
  activity_id: string | null
  written_at: Date
  written_by: string | null
  expires_at: Date
}

/**
 * Looks for calls that stand in the CRM twice: a request that took effect when nobody waited for it any more. The younger
 * copy is removed (architecture: "a nightly compare"). Which one is committed before anything is removed, because a copy
 * whose log is gone and whose activity is not could not be recognised again.
 *
 * A call that is believed written and is not there is left alone: people may delete.
 */
export async function compareCalls(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const { twins: twinCalls } = parts.crm
  if (!twinCalls) return
  await removeDecided(parts, twinCalls, organization, connectionId)
  const rows = await organization.transaction(
    (db) =>
      db.rows<WrittenRow>(
        `select call_id, marker, external_id, activity_id, written_at, written_by, expires_at from call_logs
       where connection_id = $1 and state = 'written' and written_at > now() - make_interval(hours => $2) order by written_at`,
        [connectionId, hoursBack],
      ),
    'log the call in the CRM',
  )
  const writers = new Set(rows.map((row) => row.written_by))
  const sessions = (await parts.installations.active(connectionId))
    .filter((one) => writers.has(one.id))
    .map((one) => parts.installations.session(parts.crm, one))
  let removed = 0
  if (sessions.length > 0) {
    const twins = await twinCalls.find(sessions, {
      markers: new Set(rows.map((row) => row.marker)),
      since: new Date(Math.min(...rows.map(endOf)) - longestMs),
    })
    for (const one of twins) {
      const row = rows.find(({ marker }) => marker === one.marker)
      if (row) removed += await removeTwins(twinCalls, organization, row, one)
    }
  }
  await organization.transaction(
    (db) => db.rows('update connections set compared_at = ringfence.now() where id = $1', [connectionId]),
    'log the call in the CRM',
  )
  if (removed > 0) parts.log.info('calls-compared', { connectionId, calls: rows.length, removed })
}

/** A call that waited while the CRM was away is much older than its writing. */
function endOf({ written_at, expires_at }: WrittenRow): number {
  return Math.min(written_at.getTime(), expires_at.getTime() - callHourLivesHours * 3_600_000)
}

async function removeTwins(
  twinCalls: TwinCalls,
  organization: Organization,
  row: WrittenRow,
  { keep, remove }: Twins,
): Promise<number> {
  let removed = 0
  for (const { written, session } of remove) {
    // The copy that stays is the one we speak of from now on.
    const decided = await organization.transaction(
      (db) =>
        db.row(
          `update call_logs set twin_external_id = $2, twin_activity_id = $3, twin_of = $4, external_id = $5, activity_id = $6
         where call_id = $1 and state = 'written' and twin_activity_id is null returning call_id`,
          [
            row.call_id,
            written.logId ?? null,
            written.activityId ?? null,
            session.installationId,
            keep.logId ?? row.external_id,
            keep.activityId ?? row.activity_id,
          ],
        ),
      'log the call in the CRM',
    )
    if (!decided) return removed
    await twinCalls.remove(session, written)
    await forget(organization, row.call_id)
    removed += 1
  }
  return removed
}

/** What was decided and not finished. With the installation that could remove it, the way to it is gone. */
async function removeDecided(
  parts: MirrorParts,
  twinCalls: TwinCalls,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{
        call_id: string
        twin_external_id: string | null
        twin_activity_id: string
        twin_of: string
      }>(
        `select call_id, twin_external_id, twin_activity_id, twin_of from call_logs
       where connection_id = $1 and twin_activity_id is not null order by call_id`,
        [connectionId],
      ),
    'log the call in the CRM',
  )
  for (const row of rows) {
    const installation = await parts.installations.get(row.twin_of)
    const written: Written = {
      logId: row.twin_external_id ?? undefined,
      activityId: row.twin_activity_id,
    }
    if (installation?.state === 'refused') continue // whoever it is may sign in again
    if (installation) await twinCalls.remove(parts.installations.session(parts.crm, installation), written)
    await forget(organization, row.call_id)
  }
}

async function forget(organization: Organization, callId: string): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        'update call_logs set twin_external_id = null, twin_activity_id = null, twin_of = null where call_id = $1',
        [callId],
      ),
    'log the call in the CRM',
  )
}
