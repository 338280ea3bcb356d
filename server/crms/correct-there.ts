import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Contact, Corrected } from './contract.ts'
import { readWaiting, type WaitingCorrection } from './correction-rows.ts'
import { inTime } from './in-time.ts'
import type { Installation } from './installations.ts'
import { afterFailure, unknownWaitOf } from './next-time.ts'
import { outcomeOf } from './outcome-there.ts'
import type { WriteParts } from './write-parts.ts'

export interface CorrectThereParts
  extends Pick<WriteParts, 'crms' | 'installations' | 'directoryOf' | 'unknownWaitMs'> {
  /** takes what the CRM has now into the mirror, as if it had told it by itself */
  told(organization: Organization, connectionId: string, contact: Contact): Promise<void>
  again(at: Date): Promise<void>
}

/**
 * Puts a person right in the CRM, where the organization said so; what came of it is on record. May be interrupted and run
 * again: the CRM is read before anything is sent, so what stands there is not sent again.
 */
export async function correctThere(
  parts: CorrectThereParts,
  organization: Organization,
  id: string,
): Promise<void> {
  const [asked, waiting] = await organization.transaction(
    (db) =>
      Promise.all([
        db.row<{ recipient: string }>(
          `select recipient from correction_recipients where correction_id = $1 and what = 'person' and state = 'to do'`,
          [id],
        ),
        readWaiting(db, organization, id),
      ]),
    'answer requests of people',
  )
  if (!asked) return
  const since = Date.now()
  try {
    const { reason, contact } = waiting
      ? await ask(parts, organization, { ...waiting, adapter: asked.recipient, since })
      : { reason: 'time-over' }
    if (waiting && contact) await parts.told(organization, waiting.person.connectionId, contact)
    await settle(organization, id, reason)
  } catch (error) {
    const failure = failureOf(error)
    const next = failure && waiting && afterFailure(failure, waiting.tries + 1, unknownWaitOf(parts))
    if (!next?.at) throw error
    await organization.transaction(
      (db) => db.rows('update correction_changes set tries = tries + 1 where id = $1', [id]),
      'answer requests of people',
    )
    await parts.again(next.at)
  }
}

async function ask(
  parts: CorrectThereParts,
  organization: Organization,
  waiting: WaitingCorrection & { adapter: string; since: number },
): Promise<{ reason?: string; contact?: Contact }> {
  const crm = parts.crms.get(waiting.adapter)
  const as = await actingFor(parts, organization, waiting)
  if (!crm?.requests?.correct || !as) return { reason: as ? 'not-possible' : 'nobody-installed' }
  const session = inTime(parts.installations.session(crm, as), waiting.since, unknownWaitOf(parts))
  let corrected: Corrected | undefined
  const outcome = await outcomeOf(
    crm.requests.correct(session, waiting.person.externalId, waiting.correction).then((done) => {
      corrected = done
    }),
  )
  if (!corrected) return outcome
  return { contact: corrected.contact, ...(corrected.left.length > 0 ? { reason: 'not-taken' } : {}) }
}

/** With the access of whoever asked, because the CRM then says who it was; else an administrator's. */
async function actingFor(
  parts: Pick<CorrectThereParts, 'installations' | 'directoryOf'>,
  organization: Organization,
  { person, askedBy }: WaitingCorrection,
): Promise<Installation | undefined> {
  const [active, { users }] = await Promise.all([
    parts.installations.active(person.connectionId),
    parts.directoryOf(organization),
  ])
  const userRef = askedBy === undefined ? undefined : users.get(askedBy)?.externalId
  return active.find((one) => one.userRef === userRef) ?? active[0]
}

/** Neither the old nor the new value is needed any more; the ids only where people still have to look. */
async function settle(organization: Organization, id: string, reason: string | undefined): Promise<void> {
  const state = reason === undefined ? 'confirmed' : stateOf(reason)
  await organization.transaction(async (db: Db) => {
    await db.rows(
      `update correction_recipients set state = $2, reason = $3, told_at = ringfence.now(),
         final_at = case when $2 = 'confirmed' then ringfence.now() end,
         external_id = case when $2 = 'confirmed' then null else external_id end
       where correction_id = $1 and what = 'person' and state = 'to do'`,
      [id, state, reason ?? null],
    )
    await endCorrection(db, id)
  }, 'answer requests of people')
}

/** Where the CRM lets nobody do it through it, or did not take it, it is left to people, as if they had been asked at first. */
const stateOf = (reason: string): 'by people' | 'refused' =>
  reason === 'not-possible' || reason === 'not-taken' ? 'by people' : 'refused'

/** Nothing more is done by us: the values go, and the person's id where nobody has to look any more. */
export async function endCorrection(db: Db, id: string): Promise<void> {
  await db.rows('delete from correction_changes where id = $1', [id])
  await db.rows(
    `update corrections set person_external_id = null
     where id = $1 and not exists (select from correction_recipients r where r.correction_id = corrections.id
                                   and r.state in ('to do', 'by people', 'refused'))`,
    [id],
  )
}
