import { randomUUID } from 'node:crypto'
import { corrections, correctionsUnderWay } from '../../policy/corrections.ts'
import { keptHours } from '../../policy/index.ts'
import type { App } from '../app.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { changeAlone } from '../contacts/store-contacts.ts'
import type { Correction } from '../crms/contract.ts'
import { type CorrectThereParts, correctThere, endCorrection } from '../crms/correct-there.ts'
import { readWaiting, sealChanges } from '../crms/correction-rows.ts'
import { failed } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { type CorrectHereParts, correctHere, storeAsTold } from './correct-here.ts'
import { rememberReceivers } from './correction-recipients.ts'
import { fieldsOf } from './correction-wish.ts'
import { keysOfSubject, subjectOf } from './person-subject.ts'
import { nextNight } from './rewrite.ts'

/** What is to be put right of whom, and whether the CRM is to be asked, or people do it there by themselves. */
export interface CorrectionOrder {
  cause: 'page' | 'command'
  askedBy?: string | undefined
  person: PersonRef
  correction: Correction
  atCrm: 'person' | 'list'
}

/**
 * Puts an order on record, with everybody who received something of the person. A job is queued before the commit, so that
 * nothing that is on record is forgotten: it puts right what a crash cut off, here and in the CRM.
 * @throws RingfenceError `conflict` while another correction of this person is under way; `undeclared` where the policy in
 *   force does not allow it yet
 */
export async function orderCorrection(
  { jobs }: { jobs: Pick<Jobs, 'add'> },
  organization: Organization,
  order: CorrectionOrder,
): Promise<string> {
  const id = randomUUID()
  const { person, correction } = order
  const keys = await keysOfSubject(organization, await subjectOf(organization, { person }))
  await enqueueCorrection(jobs, organization.id, id, new Date(Date.now() + 60_000))
  await organization.transaction(async (db) => {
    changeAlone(db, person.connectionId) // two orders of one person come one after the other
    const other = await db.row(
      'select 1 from correction_changes where connection_id = $1 and person_external_id = $2',
      [person.connectionId, person.externalId],
    )
    if (other) failed({ code: 'conflict', with: 'correction' })
    const kept = await db.row(
      `insert into corrections (id, connection_id, person_external_id, asked_by, cause, at_crm, fields, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, ringfence.now() + make_interval(hours => $8)) returning id`,
      [
        id,
        person.connectionId,
        person.externalId,
        order.askedBy ?? null,
        order.cause,
        order.atCrm,
        fieldsOf(correction),
        keptHours(corrections),
      ],
    )
    if (!kept) failed({ code: 'undeclared', what: 'corrections' })
    await db.rows(
      `insert into correction_changes (id, connection_id, person_external_id, changes_sealed, expires_at)
       values ($1, $2, $3, $4, ringfence.now() + make_interval(hours => $5))`,
      [
        id,
        person.connectionId,
        person.externalId,
        sealChanges(organization, id, order),
        keptHours(correctionsUnderWay),
      ],
    )
    await rememberReceivers(db, { id, person, keys, correction, atCrm: order.atCrm })
  }, 'owner')
  return id
}

type CorrectionParts = CorrectHereParts & Pick<App, 'erased'>

/** What is on record is put right here: nobody is shown the wrong value when it returns. */
export async function putRightHere(
  parts: CorrectionParts,
  organization: Organization,
  id: string,
): Promise<void> {
  const waiting = await organization.transaction(
    (db) => readWaiting(db, organization, id),
    'answer requests of people',
  )
  if (!waiting) return
  await correctHere(parts, organization, { id, ...waiting })
  await organization.transaction(async (db) => {
    const row = await db.row<{ at_crm: string }>(
      'update corrections set corrected_at = coalesce(corrected_at, ringfence.now()) where id = $1 returning at_crm',
      [id],
    )
    if (row?.at_crm === 'list') await endCorrection(db, id)
  }, 'answer requests of people')
  parts.erased(organization.id)
}

/** Carries out what was just ordered; the CRM is asked by the job. */
export async function carryOutCorrection(
  parts: CorrectionParts,
  organization: Organization,
  order: CorrectionOrder,
): Promise<string> {
  const id = await orderCorrection(parts, organization, order)
  await putRightHere(parts, organization, id)
  await enqueueCorrection(parts.jobs, organization.id, id, new Date())
  return id
}

export async function enqueueCorrection(
  jobs: Pick<Jobs, 'add'>,
  organizationId: string,
  correctionId: string,
  at: Date,
): Promise<void> {
  const key = `correction:${correctionId}`
  await jobs.add('correction', { organizationId, correctionId }, { key, at, alone: true })
}

/** The rest of a correction: what a crash cut off, the CRM, and the order to remove the bytes in the night. */
export async function finishCorrection(
  parts: CorrectionParts & Omit<CorrectThereParts, 'told' | 'again'>,
  organization: Organization,
  id: string,
): Promise<void> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ corrected: boolean }>(
        'select corrected_at is not null as corrected from corrections where id = $1',
        [id],
      ),
    'answer requests of people',
  )
  if (!row) return // nothing was put on record, or the person was erased since
  if (!row.corrected) await putRightHere(parts, organization, id)
  await parts.jobs.add(
    'correction-bytes',
    { organizationId: organization.id, correctionId: id },
    { key: `correction-bytes:${id}`, at: nextNight(organization, new Date()), keep: true },
  )
  await correctThere(
    {
      ...parts,
      again: (at) => enqueueCorrection(parts.jobs, organization.id, id, at),
      async told(of, connectionId, contact) {
        await storeAsTold(parts, of, connectionId, contact)
        parts.erased(of.id)
      },
    },
    organization,
    id,
  )
}
