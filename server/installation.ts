import { type Clock, clockShiftedBy } from './clock.ts'
import { type Cluster, openCluster } from './database/cluster.ts'
import { knownRing, rememberRing } from './database/ring-memory.ts'
import { checkFit, type KeyRing, openKeyRing, readKeyRing } from './keys/index.ts'
import { createLog, type Log } from './log.ts'
import { Organizations } from './organizations/organizations.ts'
import type { Settings } from './settings.ts'

/** What the server and every command need first: the databases, the keys that fit them, and the clock. */
export interface Installation {
  settings: Settings
  log: Log
  clock: Clock
  cluster: Cluster
  ring: KeyRing
  organizations: Organizations
  /** @param options.leaveRunning a command beside a live server leaves its PostgreSQL alone */
  close(options?: { leaveRunning?: boolean }): Promise<void>
}

/** What is used of it: whoever opened it closes it. */
export type InstallationParts = Omit<Installation, 'close'>

/** @throws RingfenceError `setting` with one sentence when keys and databases do not fit */
export async function openInstallation(
  settings: Settings,
  log: Log = createLog(settings.logLevel),
): Promise<Installation> {
  const cluster = await openCluster({
    databaseUrl: settings.databaseUrl,
    dataFolder: settings.dataFolder,
    connectionBudget: settings.connections,
    onEvent: (code) => log.debug('postgres', { code }),
  })
  try {
    const known = await knownRing(cluster.control)
    const clock = clockShiftedBy(await shiftOf(cluster))
    const ring = await openKeyRing({
      folder: settings.keysFolder,
      copyFolder: settings.keysCopyFolder,
      dataFolder: settings.dataFolder,
      masterKey: settings.masterKey,
      create: known ? 'never' : 'only when empty',
      now: clock.now(),
      lock: (fn) => underLock(cluster, fn),
    })
    checkFit(ring, known)
    await ring.tendHours(clock.now())
    await rememberRing(cluster.control, ring)
    return {
      settings,
      log,
      clock,
      cluster,
      ring,
      organizations: new Organizations(cluster, ring),
      async close(options) {
        await rememberRing(cluster.control, ring).catch((error) =>
          log.failure('key-ring-version-not-kept', error),
        )
        await ring.close()
        await cluster.close(options)
      },
    }
  } catch (error) {
    await cluster.close({ leaveRunning: cluster.embedded?.adopted ?? false })
    throw error
  }
}

/** One writer of the ring at a time over all nodes: an advisory lock of the control database. */
async function underLock<T>(cluster: Cluster, fn: () => Promise<T>): Promise<T> {
  return cluster.connections.with(cluster.control.target, async (client) => {
    await client.query('select pg_advisory_lock(72790002)')
    try {
      return await fn()
    } finally {
      await client.query('select pg_advisory_unlock(72790002)')
    }
  })
}

/**
 * The same for whoever only looks: no migration, no right, no key is made, changed or destroyed, so that what is found is
 * what was there.
 * @throws RingfenceError `setting` with one sentence
 */
export async function readInstallation(
  settings: Settings,
  log: Log = createLog(settings.logLevel),
): Promise<Installation> {
  const cluster = await openCluster({
    databaseUrl: settings.databaseUrl,
    dataFolder: settings.dataFolder,
    connectionBudget: settings.connections,
    reading: true,
  })
  try {
    const ring = await readKeyRing({
      folder: settings.keysFolder,
      copyFolder: settings.keysCopyFolder,
      masterKey: settings.masterKey,
    })
    checkFit(ring, await knownRing(cluster.control))
    return {
      settings,
      log,
      clock: clockShiftedBy(await shiftOf(cluster)),
      cluster,
      ring,
      organizations: new Organizations(cluster, ring, { reading: true }),
      async close(options) {
        await ring.close()
        await cluster.close(options)
      },
    }
  } catch (error) {
    await cluster.close({ leaveRunning: cluster.embedded?.adopted ?? false })
    throw error
  }
}

/** @returns by how many milliseconds the time of this installation is moved */
async function shiftOf(cluster: Cluster): Promise<number> {
  const row = await cluster.control.transaction((db) =>
    db.row<{ ms: number }>('select extract(epoch from shift)::float8 * 1000 as ms from ringfence.clock'),
  )
  return row?.ms ?? 0
}
