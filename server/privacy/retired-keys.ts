import { type Declaration, declarations } from '../../policy/index.ts'

/** Keys of which one can be replaced while the organization lives. */
const renewable: readonly Declaration['sealedBy'][] = ['mirror bucket', 'arrival hour', 'call hour']

/** "table" → its columns that are sealed by a key which can be replaced, as the declarations say. */
export function renewableColumns(from: readonly Declaration[] = declarations): Map<string, string[]> {
  const columns = new Map<string, Set<string>>()
  for (const kind of from) {
    if (kind.database !== 'organization' || !renewable.includes(kind.sealedBy)) continue
    for (const [name, form] of Object.entries(kind.columns)) {
      const [table = '', column = ''] = name.split('.')
      if (form === 'sealed') columns.set(table, (columns.get(table) ?? new Set()).add(column))
    }
  }
  return new Map([...columns].sort().map(([table, names]) => [table, [...names].sort()]))
}

/** SQLSTATE by which the database refuses a value that a replaced key has sealed. */
const refusedCode = 'RF001'

export const isRefusedKey = (error: unknown): boolean => (error as { code?: unknown }).code === refusedCode

/**
 * SQL that refuses what was sealed by a replaced key. A node may not have heard yet that a key is being replaced, and a
 * transaction may have sealed before; what they store would be unreadable as soon as the key is destroyed. The check
 * comes after the row: by then the transaction has a number, so whoever replaces keys can wait for those that were
 * checked too early (see erase.ts). What an erasure itself carries over is sealed by present keys, and not looked at.
 */
export function retiredKeyGuards(from: readonly Declaration[] = declarations): string[] {
  return [...renewableColumns(from)].flatMap(([table, columns]) => {
    const names = columns.map((column) => `substring(new.${column} for 8)`).join(', ')
    return [
      `create or replace function ringfence.refuse_retired_${table}() returns trigger language plpgsql as $guard$
       begin
         if exists (select from public.retired_keys where name in (${names})) then
           raise exception 'sealed by a key that was replaced' using errcode = '${refusedCode}';
         end if;
         return null;
       end $guard$`,
      `drop trigger if exists refuse_retired on ${table}`,
      `create trigger refuse_retired after insert or update of ${columns.join(', ')} on ${table}
       for each row when (current_setting('ringfence.resealing', true) is distinct from 'on')
       execute function ringfence.refuse_retired_${table}()`,
    ]
  })
}
