import { type Declaration, inForce } from '../../policy/index.ts'

/** The tables in which kinds of data stand. */
export function tablesOf(kinds: readonly Declaration[]): string[] {
  const tables = kinds.flatMap(({ columns }) =>
    Object.keys(columns).map((column) => column.split('.')[0] ?? ''),
  )
  return [...new Set(tables)].sort()
}

/** Tables of a database whose rows end at `expires_at`, as the declarations say. */
export function expiringTables(
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): string[] {
  return tablesOf(
    from.filter((declaration) => declaration.database === database && 'hours' in declaration.keep),
  )
}

/** Of the policies on each of those tables; any other would be one more way to a row. */
export const rowSecurityNames = ['alive', 'added', 'changed', 'removed'] as const

/**
 * SQL that hides every row whose time is over, from every role but the owner: the sweep still sees the row it deletes. The instant comes from `ringfence.now()` in a subselect, so that it is asked once a statement.
 */
export function rowSecurity(from: readonly Declaration[] = inForce().kinds): string[] {
  return expiringTables('organization', from).flatMap((table) => [
    `alter table ${table} enable row level security`,
    `drop policy if exists alive on ${table}`,
    `create policy alive on ${table} for select using (expires_at > (select ringfence.now()))`,
    `drop policy if exists added on ${table}`,
    `create policy added on ${table} for insert with check (expires_at > (select ringfence.now()))`,
    `drop policy if exists changed on ${table}`,
    `create policy changed on ${table} for update using (expires_at > (select ringfence.now())) with check (true)`,
    `drop policy if exists removed on ${table}`,
    `create policy removed on ${table} for delete using (true)`,
  ])
}

/**
 * SQL that keeps sealed values out of the planner's statistics: `analyze` would put samples of them into a catalogue
 * table, where neither the sweep nor a rewrite of their own table reaches them (found by the rehearsal).
 */
export function noStatistics(
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): string[] {
  return sealedColumns(database, from).map((name) => {
    const [table, column] = name.split('.')
    return `alter table ${table} alter column ${column} set statistics 0`
  })
}

/** Columns declared as sealed, "table.column". */
export function sealedColumns(
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): string[] {
  const names = from
    .filter((kind) => kind.database === database)
    .flatMap(({ columns }) => Object.entries(columns))
    .flatMap(([name, form]) => (form === 'sealed' ? [name] : []))
  return [...new Set(names)].sort()
}
