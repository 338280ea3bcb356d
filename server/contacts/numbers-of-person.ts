import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'

/** A person of the mirror with the numbers as they stand in the CRM. */
export interface PersonNumbers {
  personId: string
  connectionId: string
  externalId: string
  ownerExternalId: string | undefined
  shared: boolean
  typed: string[]
}

/** By the CRM's own id; undefined where the mirror has nobody like that. */
export async function numbersOfPerson(
  db: Db,
  keys: OrganizationKeys,
  { connectionId, externalId }: { connectionId: string; externalId: string },
): Promise<PersonNumbers | undefined> {
  const rows = await db.rows<{
    person_id: string
    owner_external_id: string | null
    shared: boolean
    number_id: string | null
    number_sealed: Buffer | null
  }>(
    `select p.id as person_id, p.owner_external_id, p.shared, n.id as number_id, n.number_sealed
     from persons p left join person_numbers n on n.person_id = p.id
     where p.connection_id = $1 and p.external_id = $2 order by n.id limit 50`,
    [connectionId, externalId],
  )
  const [first] = rows
  return (
    first && {
      personId: first.person_id,
      connectionId,
      externalId,
      ownerExternalId: first.owner_external_id ?? undefined,
      shared: first.shared,
      typed: rows.flatMap(({ number_id: id, number_sealed: sealed }) =>
        id && sealed
          ? [keys.open({ table: 'person_numbers', column: 'number_sealed', row: id }, sealed)]
          : [],
      ),
    }
  )
}
