import type { PersonRef } from '../contacts/open-deals.ts'
import { bucketOfPerson } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Correction } from './contract.ts'

/** What is to be put right of whom, while it is under way. */
export interface WaitingCorrection {
  person: PersonRef
  correction: Correction
  askedBy: string | undefined
  tries: number
}

const placeOf = (row: string) => ({ table: 'correction_changes', column: 'changes_sealed', row })

/** As the person is sealed: what erases the person, or ends the mirror, makes it unreadable too. */
export function sealChanges(
  { keys }: Organization,
  id: string,
  { person, correction }: Pick<WaitingCorrection, 'person' | 'correction'>,
): Buffer {
  const { connectionId, externalId } = person
  const bucket = bucketOfPerson({ connectionId, keys }, externalId)
  return keys.seal(placeOf(id), correction, { by: 'mirror bucket', mirror: connectionId, bucket })
}

/** @returns undefined when it is done, its time is over, or the person was erased since */
export async function readWaiting(
  db: Db,
  organization: Organization,
  id: string,
): Promise<WaitingCorrection | undefined> {
  const row = await db.row<{
    connection_id: string
    person_external_id: string
    changes_sealed: Buffer
    asked_by: string | null
    tries: number
  }>(
    `select w.connection_id, w.person_external_id, w.changes_sealed, c.asked_by, w.tries
     from correction_changes w join corrections c on c.id = w.id where w.id = $1`,
    [id],
  )
  return (
    row && {
      person: { connectionId: row.connection_id, externalId: row.person_external_id },
      correction: JSON.parse(organization.keys.open(placeOf(id), row.changes_sealed)) as Correction,
      askedBy: row.asked_by ?? undefined,
      tries: row.tries,
    }
  )
}
