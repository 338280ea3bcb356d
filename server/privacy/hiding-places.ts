import { type Declaration, inForce } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { purposeOfRole } from './purposes.ts'
import { expiringTables, rowSecurityNames, sealedColumns } from './row-security.ts'

/** Objects of an extension come with the server, and its own are the ones below. */
const ofNoExtension = (oid: string, catalogue: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`
const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
/** The queue's tables; its payloads are looked at by themselves. */
const queueTables = [
  'jobs',
  'migrations',
  '_private_jobs',
  '_private_tasks',
  '_private_job_queues',
  '_private_known_crontabs',
]

/**
 * Relations that could hold or show data beside the tables of `policy/`: views, copies under another schema, foreign tables.
 * Temporary ones end with their session, and no purpose may make one.
 *
 * @param options.among `ours`: in places of ours only, which is all of an organization's database; somebody else may have
 *   schemas of their own beside the control database's, and telephones are answered all the same
 */
export async function strayRelations(
  db: Db,
  database: 'organization' | 'control',
  { among }: { among: 'ours' | 'others' },
): Promise<string[]> {
  const rows = await db.rows<{ name: string; is_ours: boolean }>(
    `select n.nspname || '.' || c.relname as name, n.nspname in ('public', 'ringfence', 'graphile_worker') as is_ours
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm', 'f', 'v') and ${ours} and ${ofNoExtension('c.oid', 'pg_class')}
       and not (c.relkind in ('r', 'p') and (n.nspname = 'public') = (c.relname <> 'clock') and n.nspname in ('public', 'ringfence'))
       and not ($1 and n.nspname = 'graphile_worker' and c.relname = any($2))
     order by name`,
    [database === 'control', queueTables],
  )
  return rows
    .filter(({ is_ours }) => (is_ours || database === 'organization') === (among === 'ours'))
    .map(({ name }) => name)
}

/**
 * Where else a value could stand, or rows could come out, that no declaration speaks of: each as a sentence without any value.
 * What only the program itself may change is not looked for here, and neither is what the server keeps of its own.
 */
export async function hidingPlaces(
  db: Db,
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): Promise<string[]> {
  const looked = [
    ...places.map(({ sql, says }) => ({ rows: db.rows<{ name: string }>(sql), says })),
    {
      rows: db.rows<{ name: string }>(
        `select tablename || '.' || attname as name from pg_stats
         where schemaname = 'public' and tablename || '.' || attname = any($1)
           and (most_common_vals is not null or histogram_bounds is not null) order by name`,
        [sealedColumns(database, from)],
      ),
      says: (name: string) => `samples of ${name}, which is sealed, are kept for the planner`,
    },
    ...(database === 'organization'
      ? [
          {
            rows: openedRows(db, from),
            says: (name: string) => `${name} shows rows that are hidden otherwise`,
          },
        ]
      : []),
  ]
  const told = await Promise.all(
    looked.map(async ({ rows, says }) => (await rows).map(({ name }) => says(name))),
  )
  const others = await strayRelations(db, database, { among: 'others' })
  return [
    ...told.flat(),
    ...others.map((name) => `${name} is not declared`),
    ...(database === 'organization' ? await rolesBeyond(db) : []),
  ]
}

/** A default is a word of ours, a number or nothing; the quotes around it are PostgreSQL's. */
const plainLiteral = `^[a-z]*([- ][a-z]+)*$|^\\{\\}$|^[0-9.:]*$`

const places: readonly { sql: string; says(name: string): string }[] = [
  {
    sql: `select 'the catalogue' as name from pg_description d
          where (d.objoid >= 16384 or d.objoid = 'public'::regnamespace)
            and d.description !~ '^(guarded by [0-9a-f]{64}|standard public schema)$'
            and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e')
            and not exists (select from pg_extension x where x.oid = d.objoid)
          union select 'the catalogue of the server' from pg_shdescription d
          where d.classoid = 'pg_database'::regclass
            and d.objoid = (select oid from pg_database where datname = current_database())
          order by name`,
    says: (name) => `comments that are not ours stand in ${name}`,
  },
  {
    sql: `select count(*)::text as name from pg_largeobject_metadata having count(*) > 0`,
    says: (count) => `large objects are kept outside of the tables: ${count}`,
  },
  {
    sql: `select n.nspname || '.' || s.stxname as name from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
          where ${ours} order by name`,
    says: (name) => `statistics ${name} keep samples of their own`,
  },
  {
    sql: `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
          where i.indexprs is not null and n.nspname = 'public' order by name`,
    says: (name) => `index ${name} keeps values that it computes`,
  },
  {
    sql: `select c.relname || '.' || a.attname as name from pg_attrdef f
            join pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
            join pg_class c on c.oid = f.adrelid join pg_namespace n on n.oid = c.relnamespace
          where n.nspname in ('public', 'ringfence') and a.attgenerated = '' and exists (
            select from regexp_matches(pg_get_expr(f.adbin, f.adrelid), '''((?:[^'']|'''')*)''', 'g') as m
            where m[1] !~ '${plainLiteral}')
          order by name`,
    says: (name) => `the default of ${name} holds a text that is not ours`,
  },
  {
    sql: `select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where ${ours} and n.nspname <> 'graphile_worker' and ${ofNoExtension('p.oid', 'pg_proc')}
            and (p.prosecdef or n.nspname <> 'ringfence'
                 or p.proname !~ '^(now|refuse_change|refuse_change_of_record|refuse_retired_\\w+|not_in_force_yet_\\w+)$')
          union
          -- by which every row is hidden
          select 'ringfence.now' from pg_proc where pronamespace = 'ringfence'::regnamespace and proname = 'now'
            and prosrc <> 'select now() + (select shift from ringfence.clock)'
          order by name`,
    says: (name) => `function ${name} is not ours`,
  },
  {
    sql: `select t.tgrelid::regclass::text as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
            join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and t.tgenabled <> 'O' group by 1
          union select r.ev_class::regclass::text from pg_rewrite r join pg_class c on c.oid = r.ev_class
            join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind <> 'v' order by name`,
    says: (name) => `what ${name} does by itself was switched off or rewritten`,
  },
  {
    sql: `select pubname::text as name from pg_publication order by pubname`,
    says: (name) => `publication ${name} gives rows to another server`,
  },
]

/** A second policy is one more way to see a row; ours alone hide what is over. */
async function openedRows(db: Db, from: readonly Declaration[]): Promise<{ name: string }[]> {
  return db.rows<{ name: string }>(
    `select c.relname || ' (' || p.polname || ')' as name
     from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and not (c.relname = any($1) and p.polname = any($2)) order by name`,
    [expiringTables('organization', from), rowSecurityNames],
  )
}

/** The login acts for purposes and for nothing else; neither it, nor a purpose, nor the officer is let past anything. */
async function rolesBeyond(db: Db): Promise<string[]> {
  const rows = await db.rows<{ name: string; as: string | null; beyond: boolean }>(
    `with recursive acting as (
       select r.oid, r.rolname, null::oid as via from pg_roles r
       where r.rolname in (current_database() || '_app', current_database() || '_officer')
       union
       select g.oid, g.rolname, m.member from acting a join pg_auth_members m on m.member = a.oid join pg_roles g on g.oid = m.roleid)
     select coalesce(member.rolname, a.rolname)::text as name, case when a.via is not null then a.rolname::text end as "as",
            r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as beyond
     from acting a join pg_roles r on r.oid = a.oid left join pg_roles member on member.oid = a.via order by 1, 2`,
  )
  const app = (name: string) => name.endsWith('_app')
  return rows.flatMap(({ name, as, beyond }) => {
    if (beyond) return [`role ${as ?? name} may pass what protects the rows`]
    if (as === null || (app(name) && purposeOfRole(as) !== undefined)) return []
    return [`role ${name} may act as ${as}, which is no purpose`]
  })
}
