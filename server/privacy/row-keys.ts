import type { Db } from '../database/transaction.ts'

/** Table → the column by which its rows are named, where that is one column of UUIDs: a sealed value is bound to it. */
export async function rowKeys(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ table: string; column: string }>(
    `select c.relname as "table", a.attname as "column"
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where n.nspname = 'public' and i.indisprimary and i.indnkeyatts = 1 and a.atttypid = 'uuid'::regtype
     order by c.relname`,
  )
  return new Map(rows.map(({ table, column }) => [table, column]))
}
