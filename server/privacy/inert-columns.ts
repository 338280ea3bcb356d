import { inForce, type Rules } from '../../policy/index.ts'

/**
 * SQL that keeps what is declared but not in force yet from being kept: a row of a table that holds nothing else is not
 * made, and a column beside others stays empty, whoever writes it. So the program need not know in each place what is in
 * force; it finds what it finds in rows of before the column was added.
 *
 * A column that may not be empty refuses its rows: a migration that adds one to a table with rows gives it no such rule.
 */
export function inertColumns(
  database: 'organization' | 'control',
  { kinds, inert }: Rules = inForce(),
): string[] {
  const off = new Map<string, string[]>()
  for (const name of inert[database]) {
    const [table = '', column = ''] = name.split('.')
    off.set(table, [...(off.get(table) ?? []), column])
  }
  const used = new Set(
    kinds
      .filter((kind) => kind.database === database)
      .flatMap(({ columns }) => Object.keys(columns))
      .filter((name) => !inert[database].includes(name))
      .map((name) => name.split('.')[0]),
  )
  return [
    // Those of another version are gone before.
    `do $$ declare one record; begin
       for one in select tgrelid::regclass as name from pg_trigger where tgname = 'not_in_force_yet' loop
         execute format('drop trigger not_in_force_yet on %s', one.name);
       end loop; end $$`,
    ...[...off].flatMap(([table, columns]) => {
      const body = used.has(table)
        ? `${columns.map((column) => `new.${column} := null;`).join(' ')} return new;`
        : 'return null;'
      return [
        `create or replace function ringfence.not_in_force_yet_${table}() returns trigger language plpgsql
           as $$ begin ${body} end $$`,
        `create trigger not_in_force_yet before insert or update on ${table}
           for each row execute function ringfence.not_in_force_yet_${table}()`,
      ]
    }),
  ]
}
