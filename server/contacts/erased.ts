import type { Contact } from '../crms/contract.ts'
import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { keysOfTyped, splitTyped } from './numbers.ts'
import type { Mirror } from './store-contacts.ts'

/** By which an erased person of a CRM is known again: a key of the organization that outlives the mirror's. */
export const personHash = (keys: OrganizationKeys, connectionId: string, externalId: string): Buffer =>
  keys.hash('erased person', `${connectionId}|${externalId}`)

/** By which numbers of calls are known again, erased ones too. */
export const numberHash = (keys: OrganizationKeys, e164: string): Buffer => keys.hash('call number', e164)

/**
 * Leaves out whom the organization erased (L-17.4): a person until the organization lets them come back, however often
 * the CRM tells of them. An erased number alone keeps away what the CRM knew before the erasure; a record that people
 * changed after it is theirs, and stands.
 */
export async function withoutErased<T extends Contact>(
  db: Db,
  mirror: Mirror,
  contacts: readonly T[],
): Promise<readonly T[]> {
  // Hashing is the dear part, and mostly nobody was ever erased.
  if (contacts.length === 0 || !(await db.row('select 1 from erased limit 1'))) return contacts
  const hashesOf = new Map(
    contacts.map((contact) => {
      const numbers = contact.numbers
        .flatMap(splitTyped)
        .flatMap((text) => keysOfTyped(text, mirror.numbers).exact ?? [])
        .map((e164) => numberHash(mirror.keys, e164).toString('hex'))
      const person = personHash(mirror.keys, mirror.connectionId, contact.externalId).toString('hex')
      return [contact, { person, numbers }] as const
    }),
  )
  const wanted = [...hashesOf.values()].flatMap(({ person, numbers }) => [person, ...numbers])
  const rows = await db.rows<{ hash: Buffer; erased_at: Date }>(
    'select hash, max(erased_at) as erased_at from erased where hash = any($1) group by hash',
    [wanted.map((hash) => Buffer.from(hash, 'hex'))],
  )
  const erasedAt = new Map(rows.map((row) => [row.hash.toString('hex'), row.erased_at.getTime()]))
  return contacts.filter((contact) => {
    const { person, numbers } = hashesOf.get(contact) ?? { person: '', numbers: [] }
    if (erasedAt.has(person)) return false
    const changedAt = new Date(contact.updatedAt).getTime()
    return !numbers.some((number) => changedAt <= (erasedAt.get(number) ?? Number.NEGATIVE_INFINITY))
  })
}

/** Of these persons of one CRM those who were erased. */
export async function erasedAmong(
  db: Db,
  keys: OrganizationKeys,
  connectionId: string,
  externalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (externalIds.length === 0 || !(await db.row('select 1 from erased limit 1'))) return new Set()
  const byHash = new Map(
    externalIds.map((id) => [personHash(keys, connectionId, id).toString('hex'), id] as const),
  )
  const rows = await db.rows<{ hash: Buffer }>('select distinct hash from erased where hash = any($1)', [
    [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex')),
  ])
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash.toString('hex')) ?? []))
}
