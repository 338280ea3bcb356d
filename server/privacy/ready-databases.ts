import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import type { Installation } from '../installation.ts'
import { compareCatalogue, expectNoDrift } from './catalogue.ts'
import { inertColumns } from './inert-columns.ts'
import { noStatistics } from './row-security.ts'
import { compareSeals, expectSealsAsDeclared } from './seals.ts'

/** Brings every database to where this program and policy/ want it; one that cannot be brought there stays away. */
export async function readyDatabases({ cluster, organizations, log }: Installation): Promise<void> {
  await guardControl(cluster)
  await cluster.control.transaction((db) => expectAsDeclared(db, 'control'))
  await organizations.finishInterrupted()
  const migrated = await organizations.migrateAll((organizationId, error) =>
    log.failure('migration-failed', error, { organizationId }),
  )
  for (const organization of migrated)
    await organization.transaction((db) => expectAsDeclared(db, 'organization'), 'owner')
}

/** Another policy takes effect. */
export async function guardAgain({ cluster, organizations, log }: Installation): Promise<void> {
  await guardControl(cluster)
  await organizations.guardAgain((organizationId, error) =>
    log.failure('policy-not-followed', error, { organizationId }),
  )
}

/** What `policy/` asks of the control database. */
async function guardControl(cluster: Cluster): Promise<void> {
  await cluster.control.transaction(async (db) => {
    db.send('select pg_advisory_xact_lock(72790004)') // nodes that start together would change the same rows of the catalogue
    for (const statement of [...noStatistics('control'), ...inertColumns('control')]) db.send(statement)
  })
}

/**
 * A database that holds what policy/ does not declare stops the start: it must not be written to. Columns, row security
 * and ends are compared by the catalogue; keys by one value of each column.
 */
async function expectAsDeclared(db: Db, database: 'organization' | 'control'): Promise<void> {
  expectNoDrift(await compareCatalogue(db, database))
  expectSealsAsDeclared(await compareSeals(db, database, { samples: 1 }))
}
