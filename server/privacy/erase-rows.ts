import { erasures } from '../../policy/erasures.ts'
import { keptHours } from '../../policy/index.ts'
import { holdCalls } from '../calls/apply-event.ts'
import { openFacts } from '../calls/call-record.ts'
import { personHash } from '../contacts/erased.ts'
import type { PersonRef } from '../contacts/open-deals.ts'
import { bucketOfPerson, changeAlone } from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import { arrivalHourLivesHours, hourOf, type RenewableKey } from '../keys/contract.ts'
import type { ErasureEntry } from '../keys/index.ts'
import { keyNameBytes } from '../keys/sealed-value.ts'
import type { Organization } from '../organizations/organization.ts'
import type { EraseOrder } from './erase.ts'
import { rememberRecipients } from './erase-recipients.ts'
import {
  deletingOrder,
  type PersonKeys,
  type PersonTables,
  personCondition,
  personWays,
} from './person-ways.ts'
import { renewableColumns } from './retired-keys.ts'

/** Keys by a name under which each is once. */
type TouchedKeys = ReadonlyMap<string, RenewableKey>

/** Longer than any call: a vendor's end may be a day off, and an end that is corrected moves less. */
const mostHoursOfCall = 50

/** Whom the hashes mean, among everybody the database knows: asked only when a ledger is replayed. */
export async function personsOf(organization: Organization, entry: ErasureEntry): Promise<PersonRef[]> {
  if (entry.persons.length === 0) return []
  const wanted = new Set(entry.persons)
  const known = await organization.transaction(async (db) => {
    const asked: string[] = []
    for (const [table, { ways }] of await personWays(db))
      for (const way of ways)
        if (way.by === 'person')
          asked.push(
            `select connection_id, ${way.column} as external_id from ${table} where ${way.column} is not null`,
          )
    return db.rows<{ connection_id: string; external_id: string }>(
      `${asked.join(' union ')} order by connection_id, external_id`,
    )
  }, 'owner')
  return known.flatMap(({ connection_id: connectionId, external_id: externalId }) =>
    wanted.has(personHash(organization.keys, connectionId, externalId).toString('hex'))
      ? [{ connectionId, externalId }]
      : [],
  )
}

/** Every key that sealed something of the person and still exists, earlier states of their rows included. */
export async function touchedKeys(
  db: Db,
  organization: Organization,
  person: PersonKeys,
): Promise<TouchedKeys> {
  const tables = await personWays(db)
  const found = new Map<string, RenewableKey>()
  const add = (key: RenewableKey) => found.set(JSON.stringify(key), key)
  for (const [table, columns] of renewableColumns()) {
    const condition = personCondition(tables, table, person)
    if (!condition) continue
    const expires = tables.get(table)?.columns.has('expires_at') ? 'expires_at' : 'null::timestamptz'
    const rows = await db.rows<{ expires_at: Date | null; names: (Buffer | null)[] }>(
      `select distinct ${expires} as expires_at, array[${columns.map((c) => `substring(${c} for ${keyNameBytes})`).join(', ')}] as names
       from ${table} where ${condition.sql}`,
      condition.values,
    )
    for (const { expires_at, names } of rows) {
      for (const name of names) {
        const key = name && organization.keys.keyOf(name)
        if (key && key.by !== 'organization') add(key)
      }
      // a value that is no longer in its row, e.g. the name of somebody who is made in the CRM by now
      if (expires_at) for (const hour of arrivalHours(expires_at)) add({ by: 'arrival hour', hour })
    }
  }
  for (const key of await keysOfCalls(db, organization, person, tables)) add(key)
  for (const { connectionId, externalId } of person.persons) {
    const mirror = { connectionId, keys: organization.keys }
    try {
      add({ by: 'mirror bucket', mirror: connectionId, bucket: bucketOfPerson(mirror, externalId) })
    } catch (error) {
      if (failureOf(error)?.code !== 'unreadable') throw error // there is no such mirror any more
    }
  }
  return found
}

/** Of rows that end with their arrival hour: the hour that gave them this end, rounded up as it was. */
function arrivalHours(expiresAt: Date): number[] {
  const latest = hourOf(expiresAt) - arrivalHourLivesHours
  return [latest - 1, latest]
}

/** A call was sealed under each hour from its first event to its last, and once it ended under hours of its end. */
async function keysOfCalls(
  db: Db,
  organization: Organization,
  person: PersonKeys,
  tables: PersonTables,
): Promise<RenewableKey[]> {
  const condition = personCondition(tables, 'calls', person)
  if (!condition) return []
  const rows = await db.rows<{ id: string; facts_sealed: Buffer; last_event_at: Date }>(
    `select id, facts_sealed, last_event_at from calls where ${condition.sql} order by id`,
    condition.values,
  )
  return rows.flatMap(({ id, facts_sealed, last_event_at }) => {
    try {
      const { firstArrival, endBase } = openFacts(organization, id, facts_sealed, 0)
      const last = Math.max(hourOf(last_event_at) + 1, hourOf(firstArrival))
      const since = (from: number) =>
        Array.from({ length: Math.min(last - from + 1, mostHoursOfCall) }, (_, index) => from + index)
      return [
        ...since(hourOf(firstArrival)).map((hour) => ({ by: 'arrival hour', hour }) as const),
        ...(endBase === undefined
          ? []
          : since(hourOf(endBase)).map((hour) => ({ by: 'call hour', hour }) as const)),
      ]
    } catch (error) {
      if (failureOf(error)?.code === 'unreadable') return [] // its keys are gone already
      throw error
    }
  })
}

/**
 * The person's rows go, in the transaction that also sets the block which keeps them away and refuses what replaced keys
 * sealed. Whoever changes one of their calls or the mirror just now is waited for, and who comes next finds nothing.
 */
export async function deletePerson(
  db: Db,
  organization: Organization,
  person: PersonKeys,
  { entry, order }: { entry: ErasureEntry; order: EraseOrder },
): Promise<{ rows: number; ids: string[]; touched: TouchedKeys }> {
  for (const mirror of [...new Set(person.persons.map((one) => one.connectionId))].sort())
    changeAlone(db, mirror)
  const tables = await personWays(db)
  const calls = personCondition(tables, 'calls', person)
  if (calls) {
    const held = await db.rows<{ id: string }>(
      `select id from calls where ${calls.sql} order by id`,
      calls.values,
    )
    holdCalls(
      db,
      held.map(({ id }) => id),
    )
  }
  // Found by what hangs on them, they are deleted after it: so they are locked before (docs/the-order-of-locks.md).
  for (const head of ['calls', 'corrections']) {
    const theirs = personCondition(tables, head, person)
    if (theirs) db.send(`select from ${head} where ${theirs.sql} order by id for update`, theirs.values)
  }
  const touched = await touchedKeys(db, organization, person)
  const known = await remember(db, organization, { entry, order })
  await rememberRecipients(db, tables, person, { erasureId: entry.id, atCrm: order.atCrm ?? 'nothing' })
  const counts = new Map<string, number>()
  const ids: string[] = []
  for (const table of deletingOrder(tables)) {
    const condition = personCondition(tables, table, person)
    if (!condition) continue
    const id = tables.get(table)?.columns.has('id') ? 'id::text' : 'null::text'
    const rows = await db.rows<{ id: string | null }>(
      `delete from ${table} where ${condition.sql} returning ${id} as id`,
      condition.values,
    )
    if (rows.length > 0) counts.set(table, rows.length)
    ids.push(...rows.flatMap((row) => row.id ?? []))
  }
  const all = { ...known }
  for (const [table, rows] of counts) all[table] = (all[table] ?? 0) + rows
  await db.rows('update erasures set counts = $2 where id = $1', [entry.id, JSON.stringify(all)])
  return { rows: [...counts.values()].reduce((sum, rows) => sum + rows, 0), ids, touched }
}

/** @returns the rows that went before, by table */
async function remember(
  db: Db,
  organization: Organization,
  { entry, order }: { entry: ErasureEntry; order: EraseOrder },
): Promise<Record<string, number>> {
  const known = await db.row<{ counts: Record<string, number> }>(
    `insert into erasures (id, asked_at, asked_by, cause, at_crm, unreachable_at, expires_at)
     values ($1, case when $2 = 'ledger' then $3::timestamptz else ringfence.now() end, $4, $2, $5, ringfence.now(),
             ringfence.now() + make_interval(hours => $6))
     on conflict (id) do update set unreachable_at = coalesce(erasures.unreachable_at, excluded.unreachable_at)
     returning counts`,
    [entry.id, order.cause, entry.at, order.askedBy ?? null, order.atCrm ?? 'nothing', keptHours(erasures)],
  )
  const hashes = [
    ...entry.numbers.map((hash) => ({ hash, what: 'number' })),
    ...entry.persons.map((hash) => ({ hash, what: 'person' })),
  ]
  db.send(
    `insert into erased (hash, what, erasure_id, erased_at)
     select decode(hash, 'hex'), what, $1, $2 from unnest($3::text[], $4::text[]) as new (hash, what)
     on conflict do nothing`,
    [entry.id, entry.at, hashes.map((one) => one.hash), hashes.map((one) => one.what)],
  )
  await db.rows('insert into retired_keys (name) select unnest($1::bytea[]) on conflict do nothing', [
    organization.keys.retiring(),
  ])
  return known?.counts ?? {}
}
