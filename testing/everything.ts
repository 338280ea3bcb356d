import type { Hub } from './hub.ts'

/**
 * Where a word stands in any table of any database of the installation, as `database.table`: in clear, or as the bytes of
 * a `bytea` column. Rows are read as PostgreSQL writes them as text, so no column can be forgotten.
 */
export async function tablesWith(hub: Hub, words: readonly string[]): Promise<string[]> {
  const { databases } = hub
  const names = (await databases.organizations()).map((row) => row.database_name)
  const patterns = words.flatMap((word) => [word, Buffer.from(word).toString('hex')])
  const found: string[] = []
  for (const database of [databases.control, ...names]) {
    const tables = await databases.in<{ name: string }>(
      database,
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
       order by name`,
    )
    for (const { name } of tables) {
      const [row] = await databases.in<{ hits: number }>(
        database,
        `select count(*)::int as hits from ${name} t, unnest($1::text[]) as word where position(word in t::text) > 0`,
        [patterns],
      )
      if (row && row.hits > 0) found.push(`${database}.${name}`)
    }
  }
  return found
}
