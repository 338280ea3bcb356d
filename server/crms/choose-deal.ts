import { holdCall } from '../calls/apply-event.ts'
import type { Clock } from '../clock.ts'
import { failed } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { lockCall } from './call-log-rows.ts'
import type { DealRef } from './deal.ts'

export interface ChooseParts {
  jobs: Jobs
  clock: Clock
  /** shows the call's new state on screens */
  show(organization: Organization, callId: string): Promise<void>
}

/** Longer than a commit takes. */
const safeMs = 10_000

/**
 * Somebody says which deal or lead a call is about, or that it is none of them. Before the call is written it goes into
 * its entry; afterwards the entry is changed.
 * @throws RingfenceError `not-found` once the call's week is over
 */
export async function chooseDeal(
  parts: ChooseParts,
  organization: Organization,
  callId: string,
  choice: { connectionId: string; deal: DealRef | undefined },
): Promise<void> {
  const later = await organization.transaction(async (db) => {
    holdCall(db, callId)
    const record = await lockCall(parts.clock, organization, db, callId)
    if (!record) return failed({ code: 'not-found', what: 'call' })
    const log = await db.row<{ state: string }>('select state from call_logs where call_id = $1', [callId])
    // What is on its way now was described before.
    const late = log?.state === 'written' || log?.state === 'sending'
    db.send(
      `insert into call_deals (call_id, connection_id, chosen, kind, external_id, state, expires_at)
       values ($1, $2, true, $3, $4, $5, $6)
       on conflict (call_id) do update
         set chosen = true, kind = excluded.kind, external_id = excluded.external_id, state = excluded.state, tries = 0,
             next_at = null, reason = null, expires_at = excluded.expires_at`,
      [
        callId,
        choice.connectionId,
        choice.deal?.kind ?? null,
        choice.deal?.externalId ?? null,
        late ? 'waiting' : 'settled',
        record.expiresAt,
      ],
    )
    db.send('update calls set version = version + 1 where id = $1', [callId])
    // Before the commit, so that a crash in between leaves a job that finds nothing, never a choice without a job.
    if (late) await enqueueLink(parts, organization.id, callId, safeMs)
    return late
  }, 'log the call in the CRM')
  if (later) await enqueueLink(parts, organization.id, callId, 0)
  await parts.show(organization, callId)
}

/** One at a time for each call: two that look at the entry at once would both find it as it was. */
export async function enqueueLink(
  parts: { jobs: Jobs },
  organizationId: string,
  callId: string,
  inMs: number,
): Promise<void> {
  await parts.jobs.add(
    'link-deal',
    { organizationId, callId },
    { key: `link-deal:${callId}`, at: new Date(Date.now() + inMs), alone: true },
  )
}
