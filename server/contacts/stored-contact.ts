import type { Contact } from '../crms/contract.ts'
import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { numbersOfPerson } from './numbers-of-person.ts'
import type { PersonRef } from './open-deals.ts'

/** A person as the mirror has them, one text for each number; undefined where it has nobody like that. */
export async function storedContact(
  db: Db,
  keys: OrganizationKeys,
  person: PersonRef,
): Promise<Contact | undefined> {
  const numbers = await numbersOfPerson(db, keys, person)
  const row = await db.row<{
    id: string
    name_sealed: Buffer
    company_external_id: string | null
    updated_at: Date
  }>(
    `select id, name_sealed, company_external_id, updated_at from persons where connection_id = $1 and external_id = $2`,
    [person.connectionId, person.externalId],
  )
  if (!numbers || !row) return undefined
  return {
    externalId: person.externalId,
    name: keys.open({ table: 'persons', column: 'name_sealed', row: row.id }, row.name_sealed),
    ...(row.company_external_id === null ? {} : { companyExternalId: row.company_external_id }),
    ...(numbers.ownerExternalId === undefined ? {} : { ownerExternalId: numbers.ownerExternalId }),
    shared: numbers.shared,
    numbers: numbers.typed,
    updatedAt: row.updated_at.toISOString(),
  }
}
