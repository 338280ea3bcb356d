import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { keysOfTyped } from '../server/contacts/numbers.ts'
import { exactHash, typedHash } from '../server/contacts/store-contacts.ts'
import type { Target } from '../server/database/connections.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { BinaryRows, bigint, boolean, copyInto, smallint, text, timestamp, uuid } from './copy.ts'

/** The number of the n-th person, a Czech mobile; above the count it belongs to nobody. */
export function numberOf(at: number): string {
  return `+42060${String(at).padStart(7, '0')}`
}

const pageSize = 20_000
const updatedAt = timestamp(new Date('2026-01-01T00:00:00Z'))
export const personColumns =
  'id, connection_id, external_id, bucket, name_sealed, owner_external_id, shared, updated_at, walk'
export const numberColumns = 'id, person_id, number_sealed, exact_hash, typed_hash'

/**
 * Fills a mirror as `storeContacts` would, but by COPY, before its indexes: the same sealed values and hashes. Every
 * third number is typed without its country.
 */
export async function seedContacts(
  admin: Target,
  organization: Organization,
  mirror: string,
  count: number,
): Promise<void> {
  const { host, port, user, password, database } = admin
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  try {
    const indexes = await client.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes
       where schemaname = 'public' and tablename = 'person_numbers' and indexname <> 'person_numbers_pkey'`,
    )
    for (const { name } of indexes.rows) await client.query(`drop index ${client.escapeIdentifier(name)}`)
    await client.query('set session_replication_role = replica') // the persons are there: no need to look for each
    for (let from = 0; from < count; from += pageSize) {
      const { persons, numbers } = page(organization, mirror, from, Math.min(count, from + pageSize))
      await copyInto(client, 'persons', personColumns, persons)
      await copyInto(client, 'person_numbers', numberColumns, numbers)
    }
    for (const { definition } of indexes.rows) await client.query(definition)
    await client.query('vacuum (analyze) persons')
    await client.query('vacuum (analyze) person_numbers')
  } finally {
    await client.end()
  }
}

function page(organization: Organization, mirror: string, from: number, to: number) {
  const { keys, country } = organization
  const persons = new BinaryRows()
  const numbers = new BinaryRows()
  for (let at = from; at < to; at += 1) {
    const person = randomUUID()
    const number = randomUUID()
    const bucket = at % 256
    const key = { by: 'mirror bucket', mirror, bucket } as const
    const e164 = numberOf(at)
    const national = e164.slice(4)
    const typed = at % 3 === 0 ? national : e164
    // Read for one of a thousand only: all are alike, and reading is not what is measured here.
    if (at % 1000 === 0)
      checkKeys(typed, { exact: e164, typed: at % 3 === 0 ? national : undefined }, country)
    persons.add([
      uuid(person),
      uuid(mirror),
      text(String(at + 1)),
      smallint(bucket),
      keys.seal({ table: 'persons', column: 'name_sealed', row: person }, `Person ${at + 1}`, key),
      text('1'),
      boolean(true),
      updatedAt,
      bigint(0),
    ])
    numbers.add([
      uuid(number),
      uuid(person),
      keys.seal({ table: 'person_numbers', column: 'number_sealed', row: number }, typed, key),
      exactHash(keys, mirror, e164),
      at % 3 === 0 ? typedHash(keys, mirror, national) : null,
    ])
  }
  return { persons: persons.end(), numbers: numbers.end() }
}

function checkKeys(
  typed: string,
  expected: { exact: string; typed: string | undefined },
  country: Organization['country'],
): void {
  const found = keysOfTyped(typed, { country })
  if (found.exact !== expected.exact || found.typed !== expected.typed)
    throw new Error('a seeded number is not stored as storeContacts would store it')
}
