import { type Declaration, inForce } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { purposeOfRole, purposeRights } from './purposes.ts'

/**
 * Who may do what with the tables of an organization's database, besides their owner, in words that a purpose is told by:
 * `select on persons for "place a call"`. A purpose counts where the login of this database may act for it; the officer,
 * who reads everything for export and proof, is left out.
 */
const liveRights = `
  with purposes as (
    select m.roleid as id from pg_auth_members m
    join pg_roles r on r.oid = m.member where r.rolname = current_database() || '_app'
  ), given as (
    select c.relname::text as name, c.relowner, a.grantee, a.privilege_type
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where c.relnamespace in ('public'::regnamespace, 'ringfence'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'f')
    union all
    select c.relname || '.' || t.attname, c.relowner, a.grantee, a.privilege_type
    from pg_attribute t join pg_class c on c.oid = t.attrelid cross join lateral aclexplode(t.attacl) a
    where c.relnamespace in ('public'::regnamespace, 'ringfence'::regnamespace) and not t.attisdropped
  )
  select g.name, lower(g.privilege_type) as verb, coalesce(r.rolname, 'public')::text as role, p.id is not null as serves
  from given g left join pg_roles r on r.oid = g.grantee left join purposes p on p.id = g.grantee
  where g.grantee <> g.relowner and (r.rolname = current_database() || '_officer' and g.privilege_type = 'SELECT') is not true
  order by name, verb, role`

/** Compares the rights in a running database with those that follow from the declarations (GD-9, PD-9). */
export async function compareRights(
  db: Db,
  from: readonly Declaration[] = inForce().kinds,
): Promise<{ unasked: string[]; withheld: string[] }> {
  const rows = await db.rows<{ name: string; verb: string; role: string; serves: boolean }>(liveRights)
  const live = new Set(
    rows.map(({ name, verb, role, serves }) => {
      const purpose = serves ? purposeOfRole(role) : undefined
      return `${verb} on ${name} for ${purpose ? `"${purpose}"` : role}`
    }),
  )
  const asked = new Set(
    purposeRights(from).flatMap(({ table, columns, verbs, purposes }) =>
      purposes.flatMap((purpose) =>
        verbs.flatMap((verb) => {
          const names = columns ? columns.map((column) => `${table}.${column}`) : [table]
          return names.map((name) => `${verb} on ${name} for "${purpose}"`)
        }),
      ),
    ),
  )
  return {
    unasked: [...live].filter((right) => !asked.has(right)),
    withheld: [...asked].filter((right) => !live.has(right)).sort(),
  }
}
