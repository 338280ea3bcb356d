import { declarations, type JsonContent, jsonContent, notPersonal } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { tablesOf } from './row-security.ts'
import { documentLanguages } from './words/languages.ts'

/** Values, not what holds them: an empty list or object says nothing. */
interface Found {
  path: string
  type: 'string' | 'number' | 'boolean' | 'null'
}

/**
 * JSON in the clear against `policy/json.ts`: columns that it does not name, and paths that it does not name in those it does.
 * @returns one sentence each, without the path: that may be a value itself
 */
export async function undeclaredJson(db: Db, database: 'organization' | 'control'): Promise<string[]> {
  const columns = await db.rows<{ name: string; table: string; column: string }>(
    `select c.relname || '.' || a.attname as name, quote_ident(c.relname) as "table", quote_ident(a.attname) as "column"
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and a.atttypid in ('json'::regtype, 'jsonb'::regtype, 'json[]'::regtype, 'jsonb[]'::regtype)
     order by name`,
  )
  const told: string[] = []
  for (const { name, table, column } of columns) {
    const content = jsonContent[database][name]
    if (content === undefined) told.push(`${name} is JSON, and policy/json.ts does not say of what`)
    else if (content !== 'a document with its hash') {
      const found = await pathsIn(db, table, column)
      if (!found.every((one) => isDeclared(one, content)))
        told.push(`${name} holds JSON that is not declared`)
    }
  }
  return told
}

function isDeclared(
  { path, type }: Found,
  content: Exclude<JsonContent, 'a document with its hash'>,
): boolean {
  if (content === 'rows by table') return type === 'number' && tables.has(path)
  if (content === 'texts by language')
    return (
      type === 'string' && documentLanguages.some((language) => path === language || path === `${language}[]`)
    )
  return content.includes(path)
}
const tables = new Set([
  ...tablesOf(declarations),
  ...Object.values(notPersonal).flatMap((columns) => columns.map((column) => column.split('.')[0] ?? '')),
])

/** Names out of the catalogue itself. */
async function pathsIn(db: Db, table: string, column: string): Promise<Found[]> {
  return db.rows<Found>(
    `with recursive walked (path, value) as (
       select '', ${column}::jsonb from ${table} where ${column} is not null
       union all
       select within.path, within.value from walked cross join lateral (
         select case walked.path when '' then key else walked.path || '.' || key end as path, value
         from jsonb_each(case jsonb_typeof(walked.value) when 'object' then walked.value else '{}' end)
         union all
         select walked.path || '[]', value
         from jsonb_array_elements(case jsonb_typeof(walked.value) when 'array' then walked.value else '[]' end)) within)
     select distinct path, jsonb_typeof(value) as type from walked
     where jsonb_typeof(value) not in ('object', 'array') order by path, type`,
  )
}
