import type { Declaration } from '../../policy/index.ts'
import { parentsFirst } from '../database/parents-first.ts'
import type { Db } from '../database/transaction.ts'
import { ofTheDatabase } from './carried.ts'

/** How a value of the column stands in the archive. */
type Form =
  | 'clear' // as PostgreSQL writes it in JSON
  | 'opened' // the text, or the structure, that is sealed in the database
  | 'hash' // whether there is one: it is made anew from what it is the hash of

export interface Column {
  name: string
  /** as PostgreSQL writes it */
  type: string
  form: Form
  notNull: boolean
  /** counted by the database: a value is given to it all the same */
  identity: boolean
  /** its key is one of an hour */
  byHour: boolean
  /** its key is the mirror's, of the row's bucket */
  byBucket: boolean
}

interface Parent {
  column: string
  parent: string
  key: string
  /** what becomes of the row without it */
  without: 'goes' | 'stays'
}

export interface Table {
  name: string
  columns: readonly Column[]
  /** columns of the primary key; none: rows have no name */
  key: readonly string[]
  parents: readonly Parent[]
}

interface CatalogueRow {
  name: string
  columns: { name: string; type: string; notNull: boolean; identity: boolean }[]
  key: string[]
  parents: (Parent & { action: string })[]
}

const catalogue = `
  select c.relname as name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'notNull', a.attnotnull,
                                       'identity', a.attidentity <> '') order by a.attnum)
     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select json_agg(a.attname order by array_position(i.indkey::int2[], a.attnum))
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = c.oid and i.indisprimary), '[]') as key,
    coalesce((select json_agg(json_build_object('column', a.attname, 'parent', p.relname, 'key', b.attname, 'action', k.confdeltype)
                              order by a.attname)
     from pg_constraint k join pg_class p on p.oid = k.confrelid
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
       join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
     where k.conrelid = c.oid and k.contype = 'f'), '[]') as parents
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname`

/**
 * The tables of a database as the live catalogue has them, each column with the form in which the declarations keep it:
 * parents before their children.
 */
export async function readTables(
  db: Db,
  database: 'organization' | 'control',
  kinds: readonly Declaration[],
): Promise<Table[]> {
  const own = kinds.filter((kind) => kind.database === database)
  const rows = await db.rows<CatalogueRow>(catalogue)
  const tables = rows
    .filter(({ name }) => !ofTheDatabase.includes(name))
    .map(({ name, columns, key, parents }): Table => {
      const formOf = (column: string) => own.map((kind) => kind.columns[`${name}.${column}`]).find(Boolean)
      const isSealedBy = (column: string, ...keys: Declaration['sealedBy'][]) =>
        own.some((kind) => kind.columns[`${name}.${column}`] === 'sealed' && keys.includes(kind.sealedBy))
      return {
        name,
        key,
        columns: columns.map((column) => ({
          ...column,
          form: inArchive(formOf(column.name), column.type),
          byHour: isSealedBy(column.name, 'arrival hour', 'call hour'),
          byBucket: isSealedBy(column.name, 'mirror bucket'),
        })),
        parents: parents.map(({ column, parent, key: of, action }) => ({
          column,
          parent,
          key: of,
          without: action === 'n' ? 'stays' : 'goes',
        })),
      }
    })
  return parentsFirst(tables, (table) => table.parents.map(({ parent }) => parent))
}

/** Ids that are derived from a hash, and markers, are names of rows: those stand in the archive. */
function inArchive(declared: Declaration['columns'][`${string}.${string}`] | undefined, type: string): Form {
  if (declared === 'sealed') return 'opened'
  return declared === 'hashed' && type === 'bytea' ? 'hash' : 'clear'
}

/** What is known of a sealed column by its own name: "facts_sealed" holds the facts. */
export const fieldOf = ({ name, form }: Pick<Column, 'name' | 'form'>): string =>
  form === 'opened' ? name.replace(/_sealed$/, '') : name
