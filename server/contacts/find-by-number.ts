import type { Db } from '../database/transaction.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { MinuteMemo } from '../minute-memo.ts'
import { nameOf } from './number-context.ts'
import { keysToLookUp, type NumberContext, type PhoneNumber } from './numbers.ts'
import { exactHash, typedHash } from './store-contacts.ts'

/** One person the number may belong to. `why`: the same number, or written nationally so that the country is a guess. */
export interface Match {
  personId: string
  connectionId: string
  externalId: string
  name: string
  company: string | undefined
  typed: string
  why: 'exact' | 'maybe'
  ownerExternalId: string | undefined
  shared: boolean
}

export interface Finder {
  keys: OrganizationKeys
  /** connections whose mirror may be asked */
  mirrors: readonly string[]
  numbers: NumberContext
  /** the organization's own lines, which are nobody's contact */
  ownNumbers: ReadonlySet<string>
}

interface FoundRow {
  person_id: string
  connection_id: string
  external_id: string
  name_sealed: Buffer
  number_id: string
  number_sealed: Buffer
  exact: boolean
  company_id: string | null
  company_sealed: Buffer | null
  owner_external_id: string | null
  shared: boolean
}

/** Two index look-ups joined by `or`: person_numbers_by_exact and person_numbers_by_typed. */
const findSql = `
  select p.id as person_id, p.connection_id, p.external_id, p.name_sealed, n.id as number_id, n.number_sealed,
         coalesce(n.exact_hash = any($1), false) as exact, c.id as company_id, c.name_sealed as company_sealed,
         p.owner_external_id, p.shared
  from person_numbers n
  join persons p on p.id = n.person_id
  left join companies c on c.connection_id = p.connection_id and c.external_id = p.company_external_id
  where n.exact_hash = any($1) or n.typed_hash = any($2)
  order by exact desc, p.external_id, n.id
  limit 50`

/**
 * Who has this number? Answered from the mirror, without asking the CRM. Only outer numbers are looked up: extensions,
 * short, withheld and malformed numbers and the organization's own lines belong to nobody.
 * @returns each person once, exact matches first
 */
export async function findByNumber(
  db: Db,
  finder: Finder,
  number: PhoneNumber | undefined,
): Promise<Match[]> {
  if (number?.kind !== 'e164' || finder.ownNumbers.has(number.e164) || finder.mirrors.length === 0) return []
  const { keys } = finder
  const { exact, typed } = wantedHashes(finder, number)
  const rows = await db.rows<FoundRow>(findSql, [exact, typed])
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    if (seen.has(row.person_id)) return []
    seen.add(row.person_id)
    return [openMatch(keys, row)]
  })
}

interface Wanted {
  exact: Buffer[]
  typed: Buffer[]
}
const recent = new WeakMap<OrganizationKeys, MinuteMemo<Wanted>>()

/** Some forty keyed hashes, asked for again with each event of a call. */
function wantedHashes({ keys, mirrors, numbers }: Finder, number: PhoneNumber & { kind: 'e164' }): Wanted {
  const memo = recent.get(keys) ?? new MinuteMemo<Wanted>(200)
  recent.set(keys, memo)
  return memo.get(`${mirrors.join()}|${nameOf(numbers)}|${number.e164}`, () => {
    const wanted = keysToLookUp(number, numbers)
    return {
      exact: mirrors.map((mirror) => exactHash(keys, mirror, wanted.exact)),
      typed: mirrors.flatMap((mirror) => wanted.typed.map((digits) => typedHash(keys, mirror, digits))),
    }
  })
}

function openMatch(keys: OrganizationKeys, row: FoundRow): Match {
  return {
    personId: row.person_id,
    connectionId: row.connection_id,
    externalId: row.external_id,
    name: keys.open({ table: 'persons', column: 'name_sealed', row: row.person_id }, row.name_sealed),
    company:
      row.company_id && row.company_sealed
        ? keys.open({ table: 'companies', column: 'name_sealed', row: row.company_id }, row.company_sealed)
        : undefined,
    typed: keys.open(
      { table: 'person_numbers', column: 'number_sealed', row: row.number_id },
      row.number_sealed,
    ),
    why: row.exact ? 'exact' : 'maybe',
    ownerExternalId: row.owner_external_id ?? undefined,
    shared: row.shared,
  }
}

/**
 * The person a call is linked to: the only one with this number. Of several nobody is chosen, because a call in the
 * wrong person's history is worse than one in none. A number written without its country may match where nothing else
 * does; the note then says so.
 */
export function soleMatch(matches: readonly Match[]): Match | undefined {
  const exact = matches.filter((match) => match.why === 'exact')
  const candidates = exact.length > 0 ? exact : matches
  return candidates.length === 1 ? candidates[0] : undefined
}
