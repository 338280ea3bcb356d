import type { PersonRef } from '../contacts/open-deals.ts'
import type { Organization } from '../organizations/organization.ts'

/** The names of persons of the mirror, for whoever answers their request. */
export async function namesOf(
  organization: Organization,
  persons: readonly PersonRef[],
): Promise<(PersonRef & { name: string })[]> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; connection_id: string; external_id: string; name_sealed: Buffer }>(
        `select id, connection_id, external_id, name_sealed from persons
         where (connection_id, external_id) in (select * from unnest($1::uuid[], $2::text[])) order by external_id, id`,
        [persons.map((one) => one.connectionId), persons.map((one) => one.externalId)],
      ),
    'officer',
  )
  return rows.map(({ id, connection_id: connectionId, external_id: externalId, name_sealed }) => ({
    connectionId,
    externalId,
    name: organization.keys.open({ table: 'persons', column: 'name_sealed', row: id }, name_sealed),
  }))
}
