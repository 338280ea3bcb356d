import pg from 'pg'
import { parentsFirst } from '../database/parents-first.ts'

/** A table as the live catalogue has it. */
export interface Table {
  /** with its schema, quoted where it has to be */
  name: string
  /** those that are stored, in their order */
  columns: string[]
  /** foreign keys: rows here name rows there */
  references: { table: string; column: string; key: string }[]
}

/**
 * What a backup leaves out: what only this machine and this moment know. Signed-in browsers and links that work once are
 * never brought back: whoever signed out stays out.
 */
export const leftOut: Readonly<Record<'control' | 'organization', readonly string[]>> = {
  control: ['schema_migrations', 'key_ring', 'nodes', 'sessions', 'one_time_tokens', 'ringfence.clock'],
  organization: ['schema_migrations', 'ringfence.clock'],
}

/**
 * The tables of a database, each after those its rows name, so that they can be filled in this order. Read from the
 * catalogue: a table that a later migration adds is in the next backup.
 */
export async function readTables(client: pg.Client, of: 'control' | 'organization'): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.oid::regclass::text as name,
       array(select quote_ident(a.attname) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns,
       (select coalesce(json_agg(json_build_object('table', k.confrelid::regclass::text, 'column', quote_ident(a.attname),
                                                   'key', quote_ident(b.attname)) order by k.conname), '[]')
        from pg_constraint k
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
          join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> k.conrelid) as references
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'ringfence') and c.relkind = 'r' and not c.relispartition
     order by name`,
  )
  return parentsFirst(
    rows.filter(({ name }) => !leftOut[of].includes(name)),
    ({ references }) => references.map(({ table }) => table),
  )
}

/**
 * Which rows of each table of the control database are one organization's: those with its id, and those that hang on one of
 * them. Tables without such rows are missing.
 * @param id undefined: rows that are no organization's, or of one that has ended or is not there yet
 */
export function rowsOfOrganization(
  tables: readonly Table[],
  id: string | undefined,
): Map<string, string | undefined> {
  const literal = id === undefined ? undefined : pg.escapeLiteral(id)
  const found = new Map<string, string | undefined>()
  const owned = new Set<string>()
  for (const { name, columns, references } of tables) {
    if (name === 'organizations') {
      owned.add(name)
      found.set(name, literal ? `id = ${literal}` : `state <> 'active'`)
    } else if (columns.includes('organization_id')) {
      owned.add(name)
      found.set(
        name,
        literal
          ? `organization_id = ${literal}`
          : `(organization_id is null or organization_id not in (select id from organizations where state = 'active'))`,
      )
    } else {
      const tie = references.find(({ table }) => owned.has(table))
      if (!tie) {
        if (!literal) found.set(name, undefined)
        continue
      }
      owned.add(name)
      const above = found.get(tie.table)
      if (above) found.set(name, `${tie.column} in (select ${tie.key} from ${tie.table} where ${above})`)
    }
  }
  return found
}

/** Rows of the whole installation that an organization's rows name: without them its rows could not be put back. */
export function rowsNamed(
  tables: readonly Table[],
  own: ReadonlyMap<string, string | undefined>,
): Map<string, string> {
  const named = new Map<string, string[]>()
  for (const { name, references } of tables) {
    if (!own.has(name)) continue
    for (const { table, column, key } of references)
      if (!own.has(table))
        named.set(table, [
          ...(named.get(table) ?? []),
          `${key} in (select ${column} from ${name} where ${own.get(name)})`,
        ])
  }
  return new Map([...named].map(([table, conditions]) => [table, conditions.join(' or ')]))
}

export interface Sequence {
  name: string
  value: string
  called: boolean
}

/** Where each counter stands. */
export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'ringfence') and c.relkind = 'S' order by name`,
  )
  const found: Sequence[] = []
  for (const { name } of rows) {
    const { rows: at } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    if (at[0]) found.push({ name, ...at[0] })
  }
  return found
}

/** No counter goes back: a number that was given out is not given again. */
export async function setSequences(client: pg.Client, sequences: readonly Sequence[]): Promise<void> {
  for (const here of await readSequences(client)) {
    const there = sequences.find(({ name }) => name === here.name)
    if (!there || BigInt(there.value) < BigInt(here.value)) continue
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      here.name,
      there.value,
      there.called || (here.called && here.value === there.value),
    ])
  }
}
