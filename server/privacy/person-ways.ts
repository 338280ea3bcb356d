import { type Declaration, declarations, notErased } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { tablesOf } from './row-security.ts'

/** What of one person the database can be asked for. */
export interface PersonKeys {
  /** keyed hashes of their numbers, of whatever label: those that are not in a column match nothing */
  hashes: readonly Buffer[]
  /** who they are in the CRMs */
  persons: readonly { connectionId: string; externalId: string }[]
}

/** How the rows of one person are found in one table; each way adds rows. */
export type PersonWay =
  | { by: 'hash'; column: string }
  | { by: 'person'; column: string }
  | { by: 'parent'; column: string; parent: string; key: string }

/** A table in which one person's rows can be found. */
export interface PersonTable {
  ways: readonly PersonWay[]
  columns: ReadonlySet<string>
}
export type PersonTables = ReadonlyMap<string, PersonTable>

interface LiveTable {
  columns: { name: string; type: string }[]
  parents: { parent: string; column: string; key: string }[]
}

/**
 * Works out of the declarations and the live catalogue how one caller or contact is found in each table that holds data
 * of callers or contacts (L-17.1). Nothing is listed by hand but what stays (`policy/not-erased.ts`), so a table that a
 * later migration adds is covered, or is reported here.
 *
 * - a column of bytes declared as a hash holds the hash of a number;
 * - `person_external_id`, and the `external_id` of `persons`, is the person in the CRM of the row's connection;
 * - a row that a foreign key deletes with another goes with it, and so does one whose hashed id is a call's.
 */
export async function personWays(db: Db, from: readonly Declaration[] = declarations): Promise<PersonTables> {
  const live = await readTables(db)
  const kinds = from.filter(
    ({ database, subjects }) =>
      database === 'organization' && subjects.some((one) => one === 'caller' || one === 'contact'),
  )
  const concerned = tablesOf(kinds).filter((table) => !Object.hasOwn(notErased, table))
  const hashed = new Set(
    kinds.flatMap(({ columns }) =>
      Object.entries(columns).flatMap(([c, form]) => (form === 'hashed' ? [c] : [])),
    ),
  )
  return new Map(
    concerned.map((table) => {
      const one = live.get(table)
      const columns = new Set(one?.columns.map(({ name }) => name))
      return [table, { ways: waysTo(table, one, { hashed, concerned }), columns }]
    }),
  )
}

/** Tables in which one person could not be found. */
export async function personsWithoutWay(
  db: Db,
  from: readonly Declaration[] = declarations,
): Promise<string[]> {
  return [...(await personWays(db, from))].flatMap(([table, { ways }]) =>
    ways.length === 0 ? [`${table} (the erasure of one person)`] : [],
  )
}

function waysTo(
  table: string,
  live: LiveTable | undefined,
  around: { hashed: ReadonlySet<string>; concerned: readonly string[] },
): PersonWay[] {
  if (!live) return []
  const ways: PersonWay[] = live.parents
    .filter(({ parent }) => parent !== table && around.concerned.includes(parent))
    .map((tie) => ({ by: 'parent', ...tie }))
  const ofConnection = live.columns.some(({ name }) => name === 'connection_id')
  for (const { name, type } of live.columns) {
    const isHashed = around.hashed.has(`${table}.${name}`)
    if (isHashed && type === 'bytea') ways.push({ by: 'hash', column: name })
    const isPerson = name === 'person_external_id' || (table === 'persons' && name === 'external_id')
    if (isPerson && ofConnection) ways.push({ by: 'person', column: name })
    // an id that is declared as a hash and tied to nothing: the call's own, taken over
    const isTied = live.parents.some(({ column }) => column === name)
    if (isHashed && type === 'uuid' && !isTied && table !== 'calls' && /^(id|call_id)$/.test(name))
      ways.push({ by: 'parent', column: name, parent: 'calls', key: 'id' })
  }
  return ways
}

/** Tables in the order in which rows are deleted: what is found by another row comes before it. */
export function deletingOrder(tables: PersonTables): string[] {
  const depth = (table: string, seen: readonly string[] = []): number =>
    Math.max(
      0,
      ...(tables.get(table)?.ways ?? []).map((way) =>
        way.by === 'parent' && !seen.includes(way.parent) ? 1 + depth(way.parent, [...seen, table]) : 0,
      ),
    )
  return [...tables.keys()].sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1))
}

/** The condition that is true for the person's rows of one table, with its values; undefined: there can be none. */
export function personCondition(
  tables: PersonTables,
  table: string,
  keys: PersonKeys,
): { sql: string; values: unknown[] } | undefined {
  const values: unknown[] = []
  const asked = new Map<string, string>()
  const value = (name: string, of: unknown, type: string) => {
    const known = asked.get(name)
    if (known) return known
    const made = `$${values.push(of)}::${type}[]`
    asked.set(name, made)
    return made
  }
  const condition = (of: string, above: readonly string[]): string | undefined => {
    const found = (tables.get(of)?.ways ?? []).flatMap((way) => {
      switch (way.by) {
        case 'hash':
          return keys.hashes.length > 0
            ? [`${of}.${way.column} = any(${value('hashes', keys.hashes, 'bytea')})`]
            : []
        case 'person': {
          if (keys.persons.length === 0) return []
          const connections = value(
            'connections',
            keys.persons.map((one) => one.connectionId),
            'uuid',
          )
          const externals = value(
            'externals',
            keys.persons.map((one) => one.externalId),
            'text',
          )
          return [
            `(${of}.connection_id, ${of}.${way.column}) in (select * from unnest(${connections}, ${externals}))`,
          ]
        }
        default: {
          const inner = above.includes(way.parent) ? undefined : condition(way.parent, [...above, of])
          return inner
            ? [`${of}.${way.column} in (select ${way.parent}.${way.key} from ${way.parent} where ${inner})`]
            : []
        }
      }
    })
    return found.length > 0 ? `(${found.join(' or ')})` : undefined
  }
  const sql = condition(table, [])
  return sql === undefined ? undefined : { sql, values }
}

async function readTables(db: Db): Promise<Map<string, LiveTable>> {
  const rows = await db.rows<{ name: string } & LiveTable>(
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(json_agg(json_build_object('parent', p.relname, 'column', a.attname, 'key', b.attname)
                                 order by p.relname, a.attnum), '[]')
        from pg_constraint k join pg_class p on p.oid = k.confrelid
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
          join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where k.conrelid = c.oid and k.contype = 'f' and k.confdeltype = 'c') as parents
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname`,
  )
  return new Map(rows.map(({ name, ...table }) => [name, table]))
}
