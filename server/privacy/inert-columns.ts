import { inForce, type Rules } from '../../policy/index.ts'

/**
 * SQL that keeps what is declared but not in force yet from being kept: a row of a table that holds nothing else is not
 * made, and a column beside others stays empty, whoever writes it. So the program need not know in each place what is in
 * force; it finds what it finds in rows of before the column was added.
 *
 * "Empty" is what rows of before the column hold: its default, or nothing. A column that may hold neither refuses its rows.
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
    ...[...off].flatMap(([table, columns]) => [
      used.has(table)
        ? emptying(table, columns)
        : `create or replace function ringfence.not_in_force_yet_${table}() returns trigger language plpgsql
             as $f$ begin return null; end $f$`,
      `create trigger not_in_force_yet before insert or update on ${table}
         for each row execute function ringfence.not_in_force_yet_${table}()`,
    ]),
  ]
}

/** SQL that makes the function. A column's default is what rows of before it have: the database alone knows it. */
function emptying(table: string, columns: readonly string[]): string {
  return `do $$ declare body text; begin
    select coalesce(string_agg(format('new.%I := %s;', a.attname, coalesce(pg_get_expr(d.adbin, d.adrelid), 'null')), ' '), '') into body
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = '${table}'::regclass and a.attname in (${columns.map((column) => `'${column}'`).join(', ')});
    execute format('create or replace function ringfence.not_in_force_yet_${table}() returns trigger language plpgsql
      as $f$ begin %s return new; end $f$', body);
  end $$`
}
