import type { Company, Contact } from '../crms/contract.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import { withoutErased } from './erased.ts'
import { changeAlone, hashedNumbers, type Mirror, storeCompanies, storeContacts } from './store-contacts.ts'

interface StoredPerson {
  id: string
  external_id: string
  name_sealed: Buffer
  company_external_id: string | null
  owner_external_id: string | null
  shared: boolean
  updated_at: Date
}
interface StoredNumber {
  id: string
  person_id: string
  number_sealed: Buffer
  exact_hash: Buffer | null
  typed_hash: Buffer | null
}

/**
 * Compares what the CRM shows with what is stored, to the last number, and stores what differs: most rows do not, and are
 * not written again. All of them count as seen by this walk.
 * @returns how many were wrong or missing
 */
export async function heal(
  db: Db,
  mirror: Mirror,
  shown: { companies: readonly Company[]; contacts: readonly Contact[] },
  walk: number,
): Promise<number> {
  const { connectionId } = mirror
  const companies = await differingCompanies(db, mirror, shown.companies)
  const contacts = await differingContacts(db, mirror, await withoutErased(db, mirror, shown.contacts))
  await storeCompanies(db, mirror, companies)
  await storeContacts(db, mirror, contacts)
  const seen = 'set walk = $3 where connection_id = $1 and external_id = any($2) and walk < $3'
  db.send(`update companies ${seen}`, [connectionId, shown.companies.map((one) => one.externalId), walk])
  db.send(`update persons ${seen}`, [connectionId, shown.contacts.map((one) => one.externalId), walk])
  return companies.length + contacts.length
}

/** Removes what a whole walk did not see, and nothing has shown since it began. @returns how many */
export async function removeUnseen(db: Db, connectionId: string, walk: number): Promise<number> {
  changeAlone(db, connectionId)
  const gone = await Promise.all(
    ['persons', 'companies'].map((table) =>
      db.rows(`delete from ${table} where connection_id = $1 and walk < $2 returning 1`, [
        connectionId,
        walk,
      ]),
    ),
  )
  return gone.flat().length
}

/** How many of these are not stored, or older than this: changes that nothing had told us of. */
export async function countUntold(db: Db, mirror: Mirror, told: readonly Contact[]): Promise<number> {
  const { connectionId } = mirror
  const contacts = await withoutErased(db, mirror, told)
  if (contacts.length === 0) return 0
  const row = await db.row<{ count: string }>(
    `select count(*) as count from unnest($2::text[], $3::timestamptz[]) as shown (external_id, updated_at)
     where not exists (select 1 from persons p
                       where p.connection_id = $1 and p.external_id = shown.external_id and p.updated_at >= shown.updated_at)`,
    [connectionId, contacts.map((one) => one.externalId), contacts.map((one) => one.updatedAt)],
  )
  return Number(row?.count ?? 0)
}

async function differingCompanies(
  db: Db,
  mirror: Mirror,
  companies: readonly Company[],
): Promise<readonly Company[]> {
  if (companies.length === 0) return []
  const rows = await db.rows<{ id: string; external_id: string; name_sealed: Buffer }>(
    'select id, external_id, name_sealed from companies where connection_id = $1 and external_id = any($2)',
    [mirror.connectionId, companies.map((one) => one.externalId)],
  )
  const stored = new Map(rows.map((row) => [row.external_id, row]))
  return companies.filter((company) => {
    const row = stored.get(company.externalId)
    return !row || opened(mirror, 'companies', 'name_sealed', row.id, row.name_sealed) !== company.name
  })
}

async function differingContacts(
  db: Db,
  mirror: Mirror,
  contacts: readonly Contact[],
): Promise<readonly Contact[]> {
  if (contacts.length === 0) return []
  const ids = contacts.map((one) => one.externalId)
  const [rows, numbers] = await Promise.all([
    db.rows<StoredPerson>(
      `select id, external_id, name_sealed, company_external_id, owner_external_id, shared, updated_at
       from persons where connection_id = $1 and external_id = any($2)`,
      [mirror.connectionId, ids],
    ),
    db.rows<StoredNumber>(
      `select n.id, n.person_id, n.number_sealed, n.exact_hash, n.typed_hash
       from person_numbers n join persons p on p.id = n.person_id
       where p.connection_id = $1 and p.external_id = any($2)`,
      [mirror.connectionId, ids],
    ),
  ])
  const stored = new Map(rows.map((row) => [row.external_id, row]))
  const numbersOf = Map.groupBy(numbers, (number) => number.person_id)
  return contacts.filter((contact) => {
    const row = stored.get(contact.externalId)
    return !row || differs(mirror, contact, row, numbersOf.get(row.id) ?? [])
  })
}

function differs(
  mirror: Mirror,
  contact: Contact,
  row: StoredPerson,
  numbers: readonly StoredNumber[],
): boolean {
  const told = new Date(contact.updatedAt).getTime()
  if (row.updated_at.getTime() > told) return false // somebody was faster than this page
  const same =
    row.updated_at.getTime() === told &&
    row.company_external_id === (contact.companyExternalId ?? null) &&
    row.owner_external_id === (contact.ownerExternalId ?? null) &&
    row.shared === contact.shared &&
    opened(mirror, 'persons', 'name_sealed', row.id, row.name_sealed) === contact.name
  if (!same) return true
  const held = numbers.map((number) => {
    const text = opened(mirror, 'person_numbers', 'number_sealed', number.id, number.number_sealed)
    return asText(text, number.exact_hash, number.typed_hash)
  })
  // The hashes too: what a number means may be read differently since it was stored.
  const wanted = hashedNumbers(mirror, contact).map(({ text, exact, typed }) => asText(text, exact, typed))
  return held.sort().join('\n') !== wanted.sort().join('\n')
}

const asText = (text: string | undefined, ...hashes: (Buffer | null)[]): string =>
  JSON.stringify([text ?? null, ...hashes.map((hash) => hash?.toString('hex') ?? null)])

/** Undefined when its key is gone: then it is stored anew. */
function opened(
  mirror: Mirror,
  table: string,
  column: string,
  row: string,
  sealed: Buffer,
): string | undefined {
  try {
    return mirror.keys.open({ table, column, row }, sealed)
  } catch (error) {
    if (failureOf(error)?.code !== 'unreadable') throw error
    return undefined
  }
}
