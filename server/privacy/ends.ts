import { type Declaration, type End, inForce } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { tablesOf } from './row-security.ts'

/**
 * Ends that take rows of every kind with them. Signing out takes one session, by its token; a phone system that is removed
 * takes what was set for it, out of a row that stays for its calls (organizations/remove-phone.ts).
 */
export type PurgingEnd = Exclude<End, 'sign-out' | 'phone system removed'>
export const purgingEnds: readonly PurgingEnd[] = [
  'phone disconnected by the user',
  'uninstall by the user',
  'uninstall by the last user',
  'end of subscription',
  'organization deleted',
]

/** Tables of a database that hold a kind which ends then. */
export function tablesEnding(
  end: PurgingEnd,
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): string[] {
  return tablesOf(from.filter((kind) => kind.database === database && kind.ends.includes(end)))
}

/** Who or what ended: the values that a way takes, in this order. */
export interface Ended {
  connectionId?: string
  userId?: string
  /** the user's id in the CRM */
  userRef?: string
  organizationId?: string
}

/** How the rows of one table are found that an end takes with it. */
export type Way =
  | { by: 'condition'; sql: string; values: (ended: Ended) => (string | undefined)[] }
  | { by: 'its parent'; parent: string; column: string; key: string } // a foreign key deletes them with the row they hang on
  | { by: 'the whole database' } // dropped with everything in it
  | { by: 'the last connection' } // all rows, when no CRM connection of the organization is installed any more

/** A table as the live catalogue has it. */
export interface Table {
  /** with their types, as PostgreSQL writes them */
  columns: ReadonlyMap<string, string>
  /** tables whose row, when it is deleted, takes the rows here with it, and the columns that tie them */
  parents: readonly { parent: string; column: string; key: string }[]
}

/**
 * Works out of the live catalogue how the rows of each table are found that an end takes with it. Nothing is listed by
 * hand, so a table that a later migration adds is purged too, or is reported here.
 */
export async function waysOf(
  db: Db,
  database: 'organization' | 'control',
  end: PurgingEnd,
  from: readonly Declaration[] = inForce().kinds,
): Promise<Map<string, Way | undefined>> {
  const tables = await readTables(db)
  const ending = tablesEnding(end, database, from)
  const ways = new Map<string, Way | undefined>()
  for (const table of ending) ways.set(table, wayTo(table, { tables, end, database, ending }))
  return ways
}

/** Tables that a declared end could not empty, each with the end. */
export async function endsWithoutWay(
  db: Db,
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): Promise<string[]> {
  const told: string[] = []
  for (const end of purgingEnds) {
    for (const [table, way] of await waysOf(db, database, end, from)) {
      if (!way) told.push(`${table} (${end})`)
    }
  }
  return told
}

interface Surroundings {
  tables: ReadonlyMap<string, Table>
  end: PurgingEnd
  database: 'organization' | 'control'
  ending: readonly string[]
}

function wayTo(table: string, around: Surroundings): Way | undefined {
  const { tables, end, database, ending } = around
  const columns = tables.get(table)?.columns ?? new Map<string, string>()
  const tie = tables.get(table)?.parents.find((one) => ending.includes(one.parent))
  const hangs: Way | undefined = tie && { by: 'its parent', ...tie }
  switch (end) {
    case 'organization deleted':
      if (database === 'organization') return { by: 'the whole database' }
      if (table === 'organizations')
        return { by: 'condition', sql: 'id = $1', values: (ended) => [ended.organizationId] }
      return hangs
    case 'end of subscription':
      if (database === 'organization') return { by: 'the whole database' }
      if (columns.has('organization_id'))
        return { by: 'condition', sql: 'organization_id = $1', values: (ended) => [ended.organizationId] }
      return hangs
    case 'uninstall by the last user':
      if (columns.has('connection_id'))
        return { by: 'condition', sql: 'connection_id = $1', values: (ended) => [ended.connectionId] }
      return hangs ?? (database === 'organization' ? { by: 'the last connection' } : undefined)
    case 'phone disconnected by the user':
      if (columns.has('user_id'))
        return { by: 'condition', sql: 'user_id = $1', values: (ended) => [ended.userId] }
      return hangs
    case 'uninstall by the user':
      if (table === 'users') return { by: 'condition', sql: 'id = $1', values: (ended) => [ended.userId] }
      if (hangs) return hangs
      if (columns.has('user_id'))
        return { by: 'condition', sql: 'user_id = $1', values: (ended) => [ended.userId] }
      if (columns.has('user_ref') && columns.has('connection_id'))
        return {
          by: 'condition',
          sql: 'connection_id = $1 and user_ref = $2',
          values: (ended) => [ended.connectionId, ended.userRef],
        }
      return undefined
  }
}

/** The tables of a database and what ties them, as the live catalogue has it. */
export async function readTables(db: Db): Promise<Map<string, Table>> {
  const rows = await db.rows<{ name: string; columns: [string, string][]; parents: Table['parents'] }>(
    `select c.relname as name,
       (select coalesce(json_agg(json_build_array(a.attname, format_type(a.atttypid, null)) order by a.attnum), '[]')
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
  return new Map(rows.map(({ name, columns, parents }) => [name, { columns: new Map(columns), parents }]))
}
