import { type Declaration, inForce, notPersonal } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import { endsWithoutWay } from './ends.ts'
import { strayRelations } from './hiding-places.ts'
import { personsWithoutWay } from './person-ways.ts'
import { compareRights } from './rights.ts'
import { expiringTables, sealedColumns, tablesOf } from './row-security.ts'

export interface Drift {
  /** columns of the live database that nothing declares, and views and tables beside those of `policy/` */
  undeclared: string[]
  /** declared columns that the live database does not have */
  missing: string[]
  /** sealed columns that are not bytea, expiring tables without row security, rows that no end could find */
  unguarded: string[]
  /** rights that no purpose asks for */
  unasked: string[]
  /** rights that a purpose asks for and nobody has */
  withheld: string[]
}

/** Tables of the job queue: it has its own schema, and its payloads are checked when they are made. */
const schemas = ['public', 'ringfence']

/** Compares the catalogue of a running database with the declarations (GD-9). */
export async function compareCatalogue(
  db: Db,
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): Promise<Drift> {
  const [live, secured, withoutWay, rights, stray] = await Promise.all([
    db.rows<{ name: string; type: string; sampled: boolean }>(
      `select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) as type,
              coalesce(a.attstattarget, -1) <> 0 as sampled
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any($1) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       order by name`,
      [schemas],
    ),
    db.rows<{ name: string }>(
      `select c.relname as name
       from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relrowsecurity and p.polname = 'alive' and p.polcmd = 'r'
         and p.polpermissive and p.polroles = '{0}'
         and pg_get_expr(p.polqual, p.polrelid) = '(expires_at > ( SELECT ringfence.now() AS now))'
       order by c.relname`,
    ),
    Promise.all([
      endsWithoutWay(db, database, from),
      database === 'organization' ? personsWithoutWay(db, from) : [],
    ]).then((told) => told.flat()),
    database === 'organization' ? compareRights(db, from) : { unasked: [], withheld: [] },
    strayRelations(db, database, { among: 'ours' }),
  ])
  const kinds = from.filter((declaration) => declaration.database === database)
  const declared = new Map(kinds.flatMap((declaration) => Object.entries(declaration.columns)))
  const free = new Set(notPersonal[database])
  const types = new Map(live.map((column) => [column.name, column.type]))
  const expiring = tablesOf(kinds.filter((kind) => 'hours' in kind.keep))
  const sampled = new Set(live.flatMap((column) => (column.sampled ? [column.name] : [])))
  const hidden = database === 'organization' ? expiringTables('organization', from) : []
  return {
    undeclared: [...[...types.keys()].filter((name) => !declared.has(name) && !free.has(name)), ...stray],
    missing: [...declared.keys(), ...free].filter((name) => !types.has(name)).sort(),
    unguarded: [
      ...[...declared]
        .filter(([name, form]) => form === 'sealed' && types.get(name) !== 'bytea')
        .map(([name]) => name),
      ...hidden
        .filter((table) => !secured.some((row) => row.name === table))
        .map((table) => `${table} (row security)`),
      ...expiring.filter((table) => !types.has(`${table}.expires_at`)).map((table) => `${table} (its hours)`),
      ...sealedColumns(database, from)
        .filter((name) => sampled.has(name))
        .map((name) => `${name} (statistics)`),
      ...withoutWay,
    ].sort(),
    ...rights,
  }
}

export function sentencesOf(drift: Drift): string[] {
  return [
    ...drift.undeclared.map((name) => `${name} is not declared`),
    ...drift.missing.map((name) => `${name} is declared but does not exist`),
    ...drift.unguarded.map((name) => `${name} is not protected as declared`),
    ...drift.unasked.map((right) => `${right} is granted but not declared`),
    ...drift.withheld.map((right) => `${right} is declared but not granted`),
  ]
}

/** @throws RingfenceError `setting` with one sentence that names the columns */
export function expectNoDrift(drift: Drift): void {
  const parts = sentencesOf(drift)
  if (parts.length > 0) {
    failed({
      code: 'setting',
      name: 'policy/',
      sentence: `The database and policy/ differ: ${parts.slice(0, 5).join('; ')}${parts.length > 5 ? ' …' : ''}.`,
    })
  }
}
