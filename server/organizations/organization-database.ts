import pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import { rowSecurity } from '../privacy/row-security.ts'

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
    await client.query(`revoke all on database ${database} from public`)
    await client.query(`grant connect on database ${database} to ${roles.app}, ${roles.officer}`)
  })
}

/** After migrations: what each role may do, and the row security that the policy asks for. Safe to run again. */
export async function grantAndGuard(client: pg.Client, database: string): Promise<void> {
  const { app, officer } = rolesOf(database)
  await client.query(`
    grant usage on schema public, ringfence to ${app}, ${officer};
    grant select on all tables in schema ringfence to ${app}, ${officer};
    grant execute on all functions in schema ringfence to ${app}, ${officer};
    grant select, insert, update, delete on all tables in schema public to ${app};
    revoke insert, update, delete on schema_migrations from ${app};
    grant select on all tables in schema public to ${officer}`)
  for (const statement of rowSecurity({ app, officer })) await client.query(statement)
}

export async function dropDatabase(cluster: Cluster, database: string): Promise<void> {
  const { owner, app, officer } = rolesOf(database)
  await cluster.connections.closeDatabase(database)
  await cluster.connections.with(cluster.control.target, async (client) => {
    await client.query(`drop database if exists ${database} with (force)`)
    for (const role of [app, officer, owner]) await client.query(`drop role if exists ${role}`)
  })
}
