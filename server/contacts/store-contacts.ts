import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Company, Contact } from '../crms/contract.ts'
import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { uuidFrom } from '../keys/uuid.ts'
import { withoutErased } from './erased.ts'
import { keysOfTyped, type NumberContext, splitTyped } from './numbers.ts'

/** Where the mirror of one CRM company stands: its keys are the organization's under the connection's id. */
export interface Mirror {
  connectionId: string
  keys: OrganizationKeys
  numbers: NumberContext
}

/**
 * Whoever changes a mirror goes alone until its commit. A person told by the CRM while a page with the same person is
 * being stored would otherwise leave the numbers of both: neither sees what the other has not committed yet. First in
 * every change, so that nobody waits for it with rows locked.
 */
export function changeAlone(db: Db, connectionId: string): void {
  db.send('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`mirror ${connectionId}`])
}

/**
 * Stores persons and companies, sealed, with the keyed hashes their numbers are found by. What is stored already is
 * replaced unless it is newer. Whom the organization erased is left out. Plain names and numbers never reach SQL.
 */
export async function storeContacts(db: Db, mirror: Mirror, told: readonly Contact[]): Promise<void> {
  if (told.length === 0) return
  // Before it is asked who was erased: an erasure goes alone too, and what it says holds from then on.
  changeAlone(db, mirror.connectionId)
  const contacts = await withoutErased(db, mirror, told)
  for (let from = 0; from < contacts.length; from += personsAtOnce) {
    if (from > 0) await setImmediate() // the part before leaves now: the database stores it while this one is sealed
    storePersons(
      db,
      mirror,
      contacts.slice(from, from + personsAtOnce).map((contact) => sealPerson(mirror, contact)),
    )
  }
}

/** Reading and sealing take as long as storing: of a page, each part is stored while the next is sealed. */
const personsAtOnce = 125

function storePersons(db: Db, mirror: Mirror, persons: readonly ReturnType<typeof sealPerson>[]): void {
  const numbers = persons.flatMap((person) => person.numbers)
  db.send(
    `with stored as (
       insert into persons (id, connection_id, external_id, bucket, name_sealed, company_external_id, owner_external_id,
                            shared, updated_at, walk)
       select id, $1, external_id, bucket, name_sealed, company, owner, shared, updated_at, ${nowInSeconds}
       from unnest($2::uuid[], $3::text[], $4::smallint[], $5::bytea[], $6::text[], $7::text[], $8::boolean[], $9::timestamptz[])
         as new (id, external_id, bucket, name_sealed, company, owner, shared, updated_at)
       on conflict (connection_id, external_id) do update
         set name_sealed = excluded.name_sealed, company_external_id = excluded.company_external_id,
             owner_external_id = excluded.owner_external_id, shared = excluded.shared, updated_at = excluded.updated_at,
             walk = greatest(persons.walk, excluded.walk)
         where persons.updated_at <= excluded.updated_at
       returning id
     ), replaced as (
       delete from person_numbers where person_id in (select id from stored)
     )
     insert into person_numbers (id, person_id, number_sealed, exact_hash, typed_hash)
     select new.id, new.person_id, new.number_sealed, new.exact_hash, new.typed_hash
     from unnest($10::uuid[], $11::uuid[], $12::bytea[], $13::bytea[], $14::bytea[])
       as new (id, person_id, number_sealed, exact_hash, typed_hash)
     join stored on stored.id = new.person_id`,
    [
      mirror.connectionId,
      persons.map((person) => person.id),
      persons.map((person) => person.contact.externalId),
      persons.map((person) => person.bucket),
      persons.map((person) => person.nameSealed),
      persons.map((person) => person.contact.companyExternalId ?? null),
      persons.map((person) => person.contact.ownerExternalId ?? null),
      persons.map((person) => person.contact.shared),
      persons.map((person) => person.contact.updatedAt),
      numbers.map((number) => number.id),
      numbers.map((number) => number.personId),
      numbers.map((number) => number.sealed),
      numbers.map((number) => number.exact),
      numbers.map((number) => number.typed),
    ],
  )
}

export async function storeCompanies(db: Db, mirror: Mirror, companies: readonly Company[]): Promise<void> {
  if (companies.length === 0) return
  const rows = companies.map((company) => {
    const { id, bucket } = rowOf(mirror, 'company', company.externalId)
    return {
      id,
      bucket,
      externalId: company.externalId,
      name: mirror.keys.seal(
        { table: 'companies', column: 'name_sealed', row: id },
        company.name,
        bucketKey(mirror, bucket),
      ),
    }
  })
  changeAlone(db, mirror.connectionId)
  await db.rows(
    `insert into companies (id, connection_id, external_id, bucket, name_sealed, walk)
     select id, $1, external_id, bucket, name_sealed, ${nowInSeconds}
     from unnest($2::uuid[], $3::text[], $4::smallint[], $5::bytea[]) as new (id, external_id, bucket, name_sealed)
     on conflict (connection_id, external_id) do update set name_sealed = excluded.name_sealed, walk = excluded.walk`,
    [
      mirror.connectionId,
      rows.map((row) => row.id),
      rows.map((row) => row.externalId),
      rows.map((row) => row.bucket),
      rows.map((row) => row.name),
    ],
  )
}

export async function removeContact(db: Db, connectionId: string, externalId: string): Promise<void> {
  changeAlone(db, connectionId)
  await db.rows('delete from persons where connection_id = $1 and external_id = $2', [
    connectionId,
    externalId,
  ])
}

export async function removeCompany(db: Db, connectionId: string, externalId: string): Promise<void> {
  changeAlone(db, connectionId)
  await db.rows('delete from companies where connection_id = $1 and external_id = $2', [
    connectionId,
    externalId,
  ])
}

/** When the CRM last showed a row: what a whole walk did not see, and nothing since, has gone from there. */
const nowInSeconds = '(select extract(epoch from ringfence.now())::bigint)'

/** How a look-up and a stored number meet: the same label, the mirror's own hash key. */
export const exactHash = (keys: OrganizationKeys, mirror: string, e164: string): Buffer =>
  keys.hash('number', e164, mirror)
export const typedHash = (keys: OrganizationKeys, mirror: string, digits: string): Buffer =>
  keys.hash('typed number', digits, mirror)

const bucketKey = (mirror: Mirror, bucket: number) =>
  ({ by: 'mirror bucket', mirror: mirror.connectionId, bucket }) as const

/** In which of the mirror's 256 buckets a person is sealed, stored or not. */
export const bucketOfPerson = (mirror: Pick<Mirror, 'connectionId' | 'keys'>, externalId: string): number =>
  rowOf(mirror, 'person', externalId).bucket

/** Under which id, and in which bucket, a person or company of the CRM stands. */
export function rowOf(
  mirror: Pick<Mirror, 'connectionId' | 'keys'>,
  kind: 'person' | 'company',
  externalId: string,
): { id: string; bucket: number } {
  const hash = mirror.keys.hash(kind, externalId, mirror.connectionId)
  return { id: uuidFrom(hash), bucket: hash[31] ?? 0 }
}

/** Each number of a person with the hashes it is found by. */
export function hashedNumbers(mirror: Mirror, contact: Contact) {
  return [...new Set(contact.numbers.flatMap(splitTyped))].map((text) => {
    const found = keysOfTyped(text, mirror.numbers)
    return {
      text,
      exact: found.exact ? exactHash(mirror.keys, mirror.connectionId, found.exact) : null,
      typed: found.typed ? typedHash(mirror.keys, mirror.connectionId, found.typed) : null,
    }
  })
}

function sealPerson(mirror: Mirror, contact: Contact) {
  const { id, bucket } = rowOf(mirror, 'person', contact.externalId)
  const key = bucketKey(mirror, bucket)
  const numbers = hashedNumbers(mirror, contact).map(({ text, exact, typed }) => {
    const number = randomUUID()
    const place = { table: 'person_numbers', column: 'number_sealed', row: number }
    return { id: number, personId: id, sealed: mirror.keys.seal(place, text, key), exact, typed }
  })
  const nameSealed = mirror.keys.seal({ table: 'persons', column: 'name_sealed', row: id }, contact.name, key)
  return { id, bucket, contact, nameSealed, numbers }
}
