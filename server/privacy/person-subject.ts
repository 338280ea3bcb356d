import { randomUUID } from 'node:crypto'
import { numberHash, personHash } from '../contacts/erased.ts'
import { type E164, keysOfTyped } from '../contacts/numbers.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { exactHash } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import type { ErasureEntry } from '../keys/index.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PersonKeys } from './person-ways.ts'

/** Who is meant: by a number as it is typed, or by the person in the CRM. */
export type Asked = { number: string } | { person: PersonRef }

/** Whom and what that is: the numbers that are theirs, and who they are in the CRMs. */
export interface Subject {
  numbers: readonly E164[]
  persons: readonly PersonRef[]
  /** numbers of the person that somebody else has too: what came from them may be the other's, and stays */
  shared: readonly E164[]
}

/**
 * By a number everything is meant that it leads to, whoever has it. By a person, that person and the numbers that nobody
 * else has.
 * @throws RingfenceError `invalid-input` when it is no telephone number
 */
export async function subjectOf(organization: Organization, asked: Asked): Promise<Subject> {
  return organization.transaction(
    (db) =>
      'number' in asked ? byNumber(db, organization, asked.number) : byPerson(db, organization, asked.person),
    'officer',
  )
}

async function byNumber(db: Db, organization: Organization, typed: string): Promise<Subject> {
  const { exact } = keysOfTyped(typed.trim(), { country: organization.country })
  if (!exact) return failed({ code: 'invalid-input', field: 'number', rule: 'a telephone number' })
  const persons = await db.rows<{ connection_id: string; external_id: string }>(
    `select distinct p.connection_id, p.external_id from person_numbers n join persons p on p.id = n.person_id
     where n.exact_hash = any($1) order by p.connection_id, p.external_id`,
    [await exactHashes(db, organization, [exact])],
  )
  return { numbers: [exact], persons: persons.map(refOf), shared: [] }
}

async function byPerson(db: Db, organization: Organization, person: PersonRef): Promise<Subject> {
  const rows = await db.rows<{ id: string; number_sealed: Buffer; others: boolean }>(
    `select n.id, n.number_sealed,
            exists(select from person_numbers o where o.exact_hash = n.exact_hash and o.person_id <> n.person_id) as others
     from person_numbers n join persons p on p.id = n.person_id
     where p.connection_id = $1 and p.external_id = $2 and n.exact_hash is not null order by n.id`,
    [person.connectionId, person.externalId],
  )
  const read = rows.flatMap(({ id, number_sealed, others }) => {
    const text = organization.keys.open(
      { table: 'person_numbers', column: 'number_sealed', row: id },
      number_sealed,
    )
    const { exact } = keysOfTyped(text, { country: organization.country })
    return exact ? [{ exact, others }] : []
  })
  const of = (others: boolean) => [
    ...new Set(read.flatMap((one) => (one.others === others ? [one.exact] : []))),
  ]
  return { numbers: of(false), persons: [person], shared: of(true) }
}

const refOf = (row: { connection_id: string; external_id: string }): PersonRef => ({
  connectionId: row.connection_id,
  externalId: row.external_id,
})

/** The hashes under which numbers stand in the mirrors there are. */
async function exactHashes(
  db: Db,
  organization: Organization,
  numbers: readonly string[],
): Promise<Buffer[]> {
  const mirrors = await db.rows<{ id: string }>(
    `select id from connections where side = 'crm' and mirror_state <> 'not-started' order by id`,
  )
  return mirrors.flatMap(({ id }) => {
    try {
      return numbers.map((number) => exactHash(organization.keys, id, number))
    } catch (error) {
      if (failureOf(error)?.code === 'unreadable') return [] // uninstalled, and its keys are destroyed
      throw error
    }
  })
}

/** What the database and the ledger know a subject by. */
export async function keysOfSubject(organization: Organization, subject: Subject): Promise<PersonKeys> {
  const mirrored = await organization.transaction(
    (db) => exactHashes(db, organization, subject.numbers),
    'officer',
  )
  return {
    hashes: [...subject.numbers.map((number) => numberHash(organization.keys, number)), ...mirrored],
    persons: subject.persons,
  }
}

/** The line of the ledger for a subject: keyed hashes only. The time is the real one, as CRMs tell theirs. */
export async function entryOf(
  organization: Organization,
  subject: Subject,
  id: string = randomUUID(),
): Promise<ErasureEntry> {
  const { hashes, persons } = await keysOfSubject(organization, subject)
  return {
    id,
    organization: organization.id,
    at: new Date().toISOString(),
    numbers: hashes.map((hash) => hash.toString('hex')),
    persons: persons.map(({ connectionId, externalId }) =>
      personHash(organization.keys, connectionId, externalId).toString('hex'),
    ),
  }
}
