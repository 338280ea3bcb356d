import type { Organization } from '../organizations/organization.ts'
import type { Crm, CrmSession } from './contract.ts'
import type { Installations } from './installations.ts'
import { outcomeOf } from './outcome-there.ts'

export interface EraseTherePart {
  crms: ReadonlyMap<string, Crm>
  installations: Installations
}

interface Waiting {
  id: string
  connection_id: string
  recipient: string
  what: 'call' | 'activity' | 'person'
  external_id: string | null
  activity_id: string | null
  written_by: string | null
}

/**
 * Erases in the connected CRMs what the organization said should be erased there, one by one; what came of each is on
 * record. May be interrupted and run again: what is gone there already is as good as removed.
 * @throws RingfenceError `provider-unavailable`, `provider-outcome-unknown` when a CRM does not answer: run it again
 */
export async function eraseThere(
  { crms, installations }: EraseTherePart,
  organization: Organization,
  erasureId: string,
): Promise<void> {
  const waiting = await organization.transaction(
    (db) =>
      db.rows<Waiting>(
        `select id, connection_id, recipient, what, external_id, activity_id, written_by from erasure_recipients
         where erasure_id = $1 and state = 'to do' order by id`,
        [erasureId],
      ),
    'answer requests of people',
  )
  for (const one of waiting) {
    const crm = crms.get(one.recipient)
    const as = await installations.acting(one.connection_id, one.written_by)
    const outcome =
      crm && as ? await eraseOne(crm, installations.session(crm, as), one) : { reason: 'nobody-installed' }
    await organization.transaction(
      (db) =>
        db.rows(
          `update erasure_recipients set state = $2, reason = $3, told_at = case when $2 <> 'by people' then ringfence.now() end,
             final_at = case when $2 = 'confirmed' then ringfence.now() + make_interval(days => $4) end,
             external_id = case when $2 = 'confirmed' then null else external_id end,
             activity_id = case when $2 = 'confirmed' then null else activity_id end
           where id = $1`,
          [one.id, stateOf(outcome), outcome.reason ?? null, crm?.requests?.binDays ?? 0],
        ),
      'answer requests of people',
    )
  }
}

async function eraseOne(crm: Crm, session: CrmSession, one: Waiting): Promise<{ reason?: string }> {
  const { requests } = crm
  if (!requests || (one.what === 'person' && one.external_id === null)) return { reason: 'not-possible' }
  const written = { logId: one.external_id ?? undefined, activityId: one.activity_id ?? undefined }
  return outcomeOf(
    one.what === 'person' && one.external_id !== null
      ? requests.erase(session, one.external_id)
      : requests.removeWritten(session, written),
  )
}

/** Where a CRM lets nobody erase through it, it is left to people, as if they had been asked from the beginning. */
function stateOf({ reason }: { reason?: string }): 'confirmed' | 'by people' | 'refused' {
  if (reason === undefined) return 'confirmed'
  return reason === 'not-possible' ? 'by people' : 'refused'
}
