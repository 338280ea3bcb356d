import { createHash } from 'node:crypto'
import pg from 'pg'
import { changeRights } from '../database/change-rights.ts'
import type { Cluster } from '../database/cluster.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { inertColumns } from '../privacy/inert-columns.ts'
import { type PurposeRoles, purposeGrants } from '../privacy/purposes.ts'
import { retiredKeyGuards } from '../privacy/retired-keys.ts'
import { noStatistics, rowSecurity } from '../privacy/row-security.ts'

/** The three roles of one database: `owner` cannot log in, the others only into this database. */
export function rolesOf(database: string): { owner: string; app: string; officer: string } {
  return { owner: `${database}_owner`, app: `${database}_app`, officer: `${database}_officer` }
}

/** Makes roles and database. May run again after a crash at any point. */
export async function makeDatabase(
  cluster: Cluster,
  database: string,
  keys: OrganizationKeys,
): Promise<void> {
  const roles = rolesOf(database)
  await cluster.connections.with(cluster.control.target, async (client) => {
    const exists = async (sql: string, name: string) => (await client.query(sql, [name])).rowCount !== 0
    const roleExists = (name: string) => exists('select 1 from pg_roles where rolname = $1', name)
    if (!(await roleExists(roles.owner))) await client.query(`create role ${roles.owner} nologin noinherit`)
    for (const name of ['app', 'officer'] as const) {
      if (await roleExists(roles[name])) continue
      // The password comes from the organization's key: nothing to store, and gone when the key is.
      await client.query(
        `create role ${roles[name]} login noinherit nosuperuser nocreatedb nocreaterole connection limit 60
         password ${pg.escapeLiteral(keys.derive(`database role ${name}`))}`,
      )
    }
    // An administrator that is no superuser must be a member to act as the owner.
    const { rows } = await client.query<{ rolsuper: boolean }>(
      'select rolsuper from pg_roles where rolname = current_user',
    )
    if (!rows[0]?.rolsuper) await client.query(`grant ${roles.owner} to current_user`)
    if (!(await exists('select 1 from pg_database where datname = $1', database))) {
      await client.query(`create database ${database} owner ${roles.owner}`)
    }
    await changeRights(client, `revoke all on database ${database} from public`)
    await changeRights(client, `grant connect on database ${database} to ${roles.app}, ${roles.officer}`)
  })
}

/**
 * Makes the roles in which this installation acts for the purposes of `policy/`. They are of the server, not of one
 * database, and stay: what they may do in a database goes with it.
 */
export async function makePurposeRoles(cluster: Cluster, purposes: PurposeRoles): Promise<void> {
  await cluster.connections.with(cluster.control.target, async (client) => {
    await client.query('select pg_advisory_lock(72790005)')
    try {
      const names = Object.values(purposes)
      const { rows } = await client.query<{ rolname: string }>(
        'select rolname from pg_roles where rolname = any($1)',
        [names],
      )
      const known = new Set(rows.map((row) => row.rolname))
      for (const name of names)
        if (!known.has(name)) await client.query(`create role ${name} nologin noinherit`)
    } finally {
      await client.query('select pg_advisory_unlock(72790005)').catch(() => undefined)
    }
  })
}

/** Lets the login of this database act for the purposes. As the administrator, because the owner gives no roles away. */
export async function allowPurposes(
  client: pg.Client,
  database: string,
  purposes: PurposeRoles,
): Promise<void> {
  const { app } = rolesOf(database)
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles
     where rolname = any($1) and oid not in (select roleid from pg_auth_members where member = $2::regrole)`,
    [Object.values(purposes), app],
  )
  // The login inherits nothing: it has these rights only while it has said for what.
  const missing = rows.map((row) => row.rolname)
  if (missing.length > 0) await changeRights(client, `grant ${missing.join(', ')} to ${app}`)
}

/** By default everybody may call these, and each keeps what it is given where no declaration, sweep or purge reaches. */
const sideDoors = ['lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lowrite', 'pg_logical_emit_message']

/** As the administrator, where that is a superuser: on a server of somebody else's the check finds what came in this way. */
export async function closeSideDoors(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regprocedure::text as name from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace and proname = any($1) and has_function_privilege('public', oid, 'execute')
       and (select rolsuper from pg_roles where rolname = current_user) order by 1`,
    [sideDoors],
  )
  const open = rows.map(({ name }) => name)
  if (open.length > 0) await changeRights(client, `revoke execute on function ${open.join(', ')} from public`)
}

/**
 * What each role may do, and what policy/ asks of the tables. Done again only when that has changed, or after
 * migrations: it takes locks that everybody else would wait for.
 */
export async function grantAndGuard(
  client: pg.Client,
  database: string,
  { purposes, migrated }: { purposes: PurposeRoles; migrated: boolean },
): Promise<void> {
  const { app, officer } = rolesOf(database)
  const all = [app, officer, ...Object.values(purposes)].join(', ')
  const statements = [
    // taken first, so that what policy/ asks for no more is gone
    `revoke all on all tables in schema public, ringfence from ${all}`,
    `revoke all on schema public, ringfence from ${app}`,
    `grant usage on schema public, ringfence to ${officer}, ${Object.values(purposes).join(', ')}`,
    `grant select on all tables in schema public, ringfence to ${officer}`,
    ...retiredKeyGuards(),
    `grant execute on all functions in schema ringfence to ${officer}, ${Object.values(purposes).join(', ')}`,
    ...purposeGrants(purposes),
    ...rowSecurity(),
    ...inertColumns('organization'),
    ...noStatistics('organization'),
  ]
  const guard = `guarded by ${createHash('sha256').update(statements.join(';')).digest('hex')}`
  // Two nodes that meet a new organization at the same moment would change the same rows of the catalogue.
  await client.query('select pg_advisory_lock(72790004)')
  try {
    const { rows } = await client.query<{ guard: string | null }>(
      `select obj_description('ringfence'::regnamespace) as guard`,
    )
    if (!migrated && rows[0]?.guard === guard) return
    await client.query(
      ['begin', ...statements, `comment on schema ringfence is '${guard}'`, 'commit'].join(';'),
    )
  } catch (error) {
    await client.query('rollback')
    // What policy/ declares and the database has not: the comparison at the start names it, and until then nobody reads.
    if (!isUndefined(error)) throw error
  } finally {
    await client.query('select pg_advisory_unlock(72790004)').catch(() => undefined)
  }
}

export async function dropDatabase(cluster: Cluster, database: string): Promise<void> {
  const { owner, app, officer } = rolesOf(database)
  await cluster.connections.closeDatabase(database)
  await cluster.connections.with(cluster.control.target, async (client) => {
    await client.query(`drop database if exists ${database} with (force)`)
    for (const role of [app, officer, owner]) await client.query(`drop role if exists ${role}`)
  })
}

/** SQLSTATE of a table or a column that does not exist. */
const isUndefined = (error: unknown): boolean =>
  ['42P01', '42703'].includes(String((error as { code?: unknown }).code))
