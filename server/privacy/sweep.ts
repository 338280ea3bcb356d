import type { Clock } from '../clock.ts'
import { forgetSpending } from '../crms/allowance.ts'
import type { Cluster } from '../database/cluster.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Log } from '../log.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { sweepRemovedPhones } from '../organizations/remove-phone.ts'
import { expiringTables } from './row-security.ts'

const rowsPerBatch = 5_000

/**
 * Time over: destroys the keys of hours that are past, then deletes the rows they sealed, as the declarations say. May
 * be interrupted anywhere and run again; each batch is a transaction of its own.
 * @param parts.rewriteLater is told of an organization, or of the control database (undefined), before anything of it is
 *   deleted, so that a crash in between rewrites in vain rather than not at all
 * @returns how many rows went
 */
export async function sweep(parts: {
  organizations: Pick<Organizations, 'list'>
  cluster: Cluster
  ring: KeyRing
  clock: Clock
  log: Log
  rewriteLater(organization: Organization | undefined): Promise<void>
}): Promise<number> {
  await parts.ring.tendHours(parts.clock.now())
  let swept = 0
  for (const organization of await parts.organizations.list()) {
    try {
      swept += await sweepOrganization(organization, {
        beforeDelete: () => parts.rewriteLater(organization),
      })
      swept += await sweepRemovedPhones(organization)
      await organization.transaction(async (db) => forgetSpending(db), 'connect the systems') // no persons: nothing is rewritten for it
    } catch (error) {
      parts.log.failure('sweep-failed', error, { organizationId: organization.id })
    }
  }
  swept += await sweepControl(parts.cluster, () => parts.rewriteLater(undefined))
  if (swept > 0) parts.log.info('swept', { rows: swept })
  return swept
}

export async function sweepOrganization(
  organization: Organization,
  options: { beforeDelete?(): Promise<void>; batch?: number } = {},
): Promise<number> {
  const batch = options.batch ?? rowsPerBatch
  let told = false
  let swept = 0
  for (const table of expiringTables('organization')) {
    const over = () =>
      organization.transaction(
        // In order, so that it goes by the index: else all who may stay are looked at to find the first who may not.
        (db) =>
          db.row(`select 1 from ${table} where expires_at <= ringfence.now() order by expires_at limit 1`),
        'owner',
      )
    while (await over()) {
      if (!told) await options.beforeDelete?.()
      told = true
      // What somebody works on goes with the next sweep: nobody is waited for with rows held.
      const rows = await organization.transaction(
        (db) =>
          db.rows(
            `delete from ${table} where ctid = any(array(
               select ctid from ${table} where expires_at <= ringfence.now() order by expires_at limit $1
               for update skip locked)) returning 1`,
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

/** Tables of the control database whose rows end by the clock; what is used once and soon, and gaps, are no personal data. */
export const sweptInControl = (): string[] => [
  ...new Set([...expiringTables('control'), 'one_time_tokens', 'held_gaps']),
]

async function sweepControl(cluster: Cluster, beforeDelete: () => Promise<void>): Promise<number> {
  let swept = 0
  for (const table of sweptInControl()) {
    const over = await cluster.control.transaction((db) =>
      db.row(`select 1 from ${table} where expires_at <= ringfence.now() limit 1`),
    )
    if (!over) continue
    await beforeDelete()
    swept += (
      await cluster.control.transaction((db) =>
        db.rows(`delete from ${table} where expires_at <= ringfence.now() returning 1`),
      )
    ).length
  }
  return swept
}
