import { type Declaration, inForce, notErased } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { type KeyClass, keyName } from '../keys/sealed-value.ts'
import type { Organization } from '../organizations/organization.ts'
import { type PersonKeys, type PersonTables, personCondition, personWays } from './person-ways.ts'
import { recipientIn } from './policy-facts.ts'
import { groundOf, type Language, vocabularies, wordOf } from './words/words.ts'

/** One kind of data held about a person, in words of the policy. */
export interface HeldKind {
  kind: string
  name: string
  /** rows by table, those with any */
  rows: Record<string, number>
  total: number
  purposes: string[]
  ground: string
  source: string
  recipients: string[]
  stored: string
  /** the latest end of its rows; undefined: as long as `keptWhile` says */
  until: string | undefined
  kept: string
}

/**
 * Everything held about one person: where, why, from whom, who gets it, and until when (L-15.1). Made of the declarations
 * and the live catalogue, so a kind that is declared tomorrow is in it.
 */
export async function personMap(
  organization: Organization,
  person: PersonKeys,
  language: Language,
): Promise<HeldKind[]> {
  return organization.transaction(async (db) => {
    const tables = await personWays(db)
    const held: HeldKind[] = []
    for (const declared of inForce().kinds) {
      if (declared.database !== 'organization') continue
      const { rows, until } = await rowsOf(db, tables, declared, person)
      const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
      if (total > 0) held.push({ ...inWords(declared, language), rows, total, until })
    }
    return held
  }, 'officer')
}

async function rowsOf(
  db: Db,
  tables: PersonTables,
  declared: Declaration,
  person: PersonKeys,
): Promise<{ rows: Record<string, number>; until: string | undefined }> {
  const rows: Record<string, number> = {}
  let until: string | undefined
  for (const table of [...new Set(Object.keys(declared.columns).map((name) => name.split('.')[0] ?? ''))]) {
    if (Object.hasOwn(notErased, table)) continue
    const condition = personCondition(tables, table, person)
    if (!condition) continue
    const expires = tables.get(table)?.columns.has('expires_at') ? 'max(expires_at)' : 'null::timestamptz'
    const row = await db.row<{ count: string; until: Date | null }>(
      `select count(*) as count, ${expires} as until from ${table} where ${condition.sql}${classOf(declared, table)}`,
      condition.values,
    )
    const count = Number(row?.count ?? 0)
    if (count === 0) continue
    rows[table] = count
    const ends = row?.until?.toISOString()
    if (ends !== undefined && (until === undefined || ends > until)) until = ends
  }
  return { rows, until }
}

/** Where two kinds share a sealed column, as calls under way and ended ones do, the key tells which of them a row is. */
export function classOf(declared: Declaration, table: string): string {
  const sealed = Object.entries(declared.columns).find(
    ([name, form]) => form === 'sealed' && name.startsWith(`${table}.`),
  )?.[0]
  const isShared =
    sealed !== undefined &&
    inForce().kinds.some(({ kind, columns }) => kind !== declared.kind && Object.hasOwn(columns, sealed))
  if (!isShared) return ''
  const prefix = keyName({ class: declared.sealedBy as KeyClass, number: 0 }).toString('hex', 0, 4)
  return ` and substring(${sealed} for 4) = '\\x${prefix}'`
}

export function inWords(declared: Declaration, language: Language) {
  const words = vocabularies[language]
  const { keep } = declared
  return {
    kind: declared.kind,
    name: (words.kinds as Readonly<Record<string, { name: string }>>)[declared.kind]?.name ?? declared.kind,
    purposes: declared.purposes.map((purpose) => words.purposes[purpose]),
    ground: wordOf(words.grounds, groundOf(declared)),
    source: words.sources[declared.source],
    recipients: declared.recipients.map((to) => recipientIn(language, to)),
    stored: words.databases[declared.database],
    kept: 'hours' in keep ? words.hours(keep) : words.whiles[keep.while],
  }
}
