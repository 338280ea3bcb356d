import { type Declaration, inForce, type SealedBy } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import { findSealed, type SealedHeader } from '../keys/index.ts'

/** What stands in the sealed columns of a database, and where that is not what policy/ says. */
export interface Seals {
  /** column → the classes of keys met there */
  seen: Map<string, Set<SealedHeader['class']>>
  /** one sentence each */
  wrong: string[]
}

/** Magic, version, class and number of the key: what follows is random. */
const headBytes = 8
/** HMAC-SHA-256, and SHA-256 */
const hashBytes = 32

/** The header of a value, if it is a sealed one. */
export function headerOf(value: Buffer): SealedHeader | undefined {
  for (const { offset, header } of findSealed(value)) return offset === 0 ? header : undefined
  return undefined
}

/**
 * Looks at the values themselves: each sealed column holds sealed values only, sealed by a key of the class its
 * declaration names, no other column holds any, and what is declared hashed is as long as a hash. So "sealed by" is not a
 * claim: the key that the declaration lets die is the one that opens the value.
 * @param options.samples at most so many values of each column. Only their heads leave the database, each once
 */
export async function compareSeals(
  db: Db,
  database: 'organization' | 'control',
  options: { samples: number | 'all' },
  from: readonly Declaration[] = inForce().kinds,
): Promise<Seals> {
  const kinds = from.filter((kind) => kind.database === database)
  const seals: Seals = { seen: new Map(), wrong: [] }
  const columns = await binaryColumns(db)
  const isHashed = (name: Column) => kinds.some((kind) => kind.columns[name] === 'hashed')
  const values = await Promise.all(
    columns.map(({ table, column }) =>
      // names out of the catalogue itself
      db.rows<{ head: Buffer; least: number }>(
        `select substring(value from 1 for ${headBytes}) as head, min(octet_length(value)) as least
         from (select ${column} as value from ${table} where ${column} is not null limit ${options.samples}) as looked_at
         ${isHashed(`${table}.${column}`) ? `where octet_length(value) <> ${hashBytes}` : ''}
         group by 1 order by 1`,
      ),
    ),
  )
  for (const [at, { table, column }] of columns.entries()) {
    const name = `${table}.${column}` as const
    const declared = kinds.filter((kind) => kind.columns[name] === 'sealed')
    const allowed = new Set<string>(declared.map(({ sealedBy }) => classOf(sealedBy)))
    const seen = new Set<SealedHeader['class']>()
    let open = false
    for (const { head, least } of values[at] ?? []) {
      const header = headerOf(Buffer.concat([head, Buffer.alloc(Math.max(0, least - head.length))]))
      if (header) seen.add(header.class)
      else open = true
    }
    if (seen.size > 0) seals.seen.set(name, seen)
    if (open && declared.length > 0) seals.wrong.push(`${name} is declared sealed but holds an open value`)
    if (open && isHashed(name)) seals.wrong.push(`${name} is declared hashed but holds another value`)
    for (const by of seen) {
      if (!allowed.has(by)) seals.wrong.push(`${name} is sealed by the ${by} key, which is not declared`)
    }
  }
  return seals
}

/** The installation seals its own things as an organization does, with a key of that class. */
export const classOf = (sealedBy: SealedBy): string =>
  sealedBy === 'installation' ? 'organization' : sealedBy

/** @throws RingfenceError `setting` with one sentence */
export function expectSealsAsDeclared(seals: Seals): void {
  if (seals.wrong.length > 0) {
    failed({
      code: 'setting',
      name: 'policy/',
      sentence: `The database and policy/ differ: ${seals.wrong.slice(0, 5).join('; ')}.`,
    })
  }
}

type Column = keyof Declaration['columns']

async function binaryColumns(db: Db): Promise<{ table: string; column: string }[]> {
  return db.rows<{ table: string; column: string }>(
    `select quote_ident(c.relname) as "table", quote_ident(a.attname) as "column"
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and a.atttypid = 'bytea'::regtype
     order by c.relname, a.attnum`,
  )
}
