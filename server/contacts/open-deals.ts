import type { DealRef, DealState } from '../crms/deal.ts'
import type { Db } from '../database/transaction.ts'
import { erasedAmong } from './erased.ts'
import { changeAlone, type Mirror } from './store-contacts.ts'

/** A person of the mirror, as the CRM knows them. */
export interface PersonRef {
  connectionId: string
  externalId: string
}

/** More than a person picks from; the rest is not looked at. */
const mostOfOne = 50

/** Stores which deals are whose; those of an erased person are nobody's. What is known already stays if it is newer. */
export async function storeDeals(
  db: Db,
  { connectionId, keys }: Pick<Mirror, 'connectionId' | 'keys'>,
  deals: readonly DealState[],
): Promise<void> {
  if (deals.length === 0) return
  // The same one twice in a page: the newer word, because one statement cannot change a row twice.
  const newest = new Map<string, DealState>()
  for (const deal of deals) {
    const key = `${deal.kind} ${deal.externalId}`
    const known = newest.get(key)
    if (!known || known.toldAt <= deal.toldAt) newest.set(key, deal)
  }
  const rows = [...newest.values()]
  const persons = rows.flatMap(({ personExternalId }) => personExternalId ?? [])
  changeAlone(db, connectionId)
  const erased = await erasedAmong(db, keys, connectionId, persons)
  await db.rows(
    `insert into open_deals (connection_id, kind, external_id, person_external_id, told_at, walk)
     select $1, kind, external_id, person, told_at, extract(epoch from ringfence.now())::bigint
     from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) as new (kind, external_id, person, told_at)
     on conflict (connection_id, kind, external_id) do update
       set walk = excluded.walk,
           person_external_id = case when open_deals.told_at <= excluded.told_at then excluded.person_external_id
                                     else open_deals.person_external_id end,
           told_at = greatest(open_deals.told_at, excluded.told_at)`,
    [
      connectionId,
      rows.map((deal) => deal.kind),
      rows.map((deal) => deal.externalId),
      rows.map(({ personExternalId: person }) =>
        person === undefined || erased.has(person) ? null : person,
      ),
      rows.map((deal) => deal.toldAt),
    ],
  )
}

/** Two persons became one: what was the one's is the other's. */
export function moveDeals(db: Db, connectionId: string, from: string, to: string): void {
  db.send(
    'update open_deals set person_external_id = $3 where connection_id = $1 and person_external_id = $2',
    [connectionId, from, to],
  )
}

/** Removes what a whole reading did not see and nothing has shown since it began, and whole kinds that may not be read. */
export async function removeDeals(
  db: Db,
  connectionId: string,
  which: { unseenSince: number | undefined; kinds: readonly DealRef['kind'][] },
): Promise<void> {
  changeAlone(db, connectionId)
  await db.rows('delete from open_deals where connection_id = $1 and (walk < $2 or kind = any($3))', [
    connectionId,
    which.unseenSince ?? null,
    which.kinds,
  ])
}

/**
 * The open deals and leads of these persons, of each the newest first: one statement, by open_deals_by_person.
 * @returns by `connectionId externalId` of the person
 */
export async function openDealsOf(
  db: Db,
  persons: readonly PersonRef[],
): Promise<ReadonlyMap<string, readonly DealRef[]>> {
  const found = new Map<string, DealRef[]>()
  if (persons.length === 0) return found
  const rows = await db.rows<{
    connection_id: string
    person_external_id: string
    kind: DealRef['kind']
    external_id: string
  }>(
    `select d.connection_id, d.person_external_id, d.kind, d.external_id
     from (select distinct * from unnest($1::uuid[], $2::text[]) as asked (connection_id, person)) as asked
     cross join lateral (
       select * from open_deals o
       where o.connection_id = asked.connection_id and o.person_external_id = asked.person
       order by o.told_at desc, o.kind, o.external_id limit ${mostOfOne}
     ) as d
     order by d.told_at desc, d.kind, d.external_id`,
    [persons.map((person) => person.connectionId), persons.map((person) => person.externalId)],
  )
  for (const row of rows) {
    const key = personKey({ connectionId: row.connection_id, externalId: row.person_external_id })
    found.set(key, [...(found.get(key) ?? []), { kind: row.kind, externalId: row.external_id }])
  }
  return found
}

export const personKey = (person: PersonRef): string => `${person.connectionId} ${person.externalId}`
