import type { Clock } from '../clock.ts'
import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { expiringTables } from './row-security.ts'

const batch = 5_000

/**
 * Time over: destroys the keys of hours that are past, then deletes the rows they sealed, as the declarations say. May
 * be interrupted anywhere and run again; each batch is a transaction of its own.
 * @returns how many rows went
 */
export async function sweep(parts: {
  organizations: Organizations
  cluster: Cluster
  ring: KeyRing
  clock: Clock
  log: Log
}): Promise<number> {
  await parts.ring.tendHours(parts.clock.now())
  let swept = 0
  for (const organization of await parts.organizations.list()) {
    try {
      swept += await sweepOrganization(organization)
    } catch (error) {
      parts.log.failure('sweep-failed', error, { organizationId: organization.id })
    }
  }
  swept += await sweepControl(parts.cluster)
  if (swept > 0) parts.log.info('swept', { rows: swept })
  return swept
}

export async function sweepOrganization(organization: Organization): Promise<number> {
  let swept = 0
  for (const table of expiringTables('organization')) {
    for (;;) {
      const rows = await organization.transaction(
        (db) =>
          db.rows(
            `delete from ${table} where ctid = any(array(
               select ctid from ${table} where expires_at <= ringfence.now() order by expires_at limit $1)) returning 1`,
            [batch],
          ),
        'owner',
      )
      swept += rows.length
      if (rows.length < batch) break
    }
  }
  return swept
}

async function sweepControl(cluster: Cluster): Promise<number> {
  const tables = [...expiringTables('control'), 'one_time_tokens']
  let swept = 0
  for (const table of tables) {
    swept += (
      await cluster.control.transaction((db) =>
        db.rows(`delete from ${table} where expires_at <= ringfence.now() returning 1`),
      )
    ).length
  }
  return swept
}

/**
 * The bytes go with a rewrite: PostgreSQL keeps deleted values in the file, a plain vacuum too. Run at night, table by
 * table, only where the sweep deleted since the last rewrite.
 */
export async function rewrite(cluster: Cluster, database: string): Promise<void> {
  const tables = expiringTables('organization')
  await cluster.connections.with(cluster.admin(database), async (client) => {
    for (const table of tables) await client.query(`vacuum (full, analyze) ${table}`)
    await client.query('checkpoint')
  })
}
