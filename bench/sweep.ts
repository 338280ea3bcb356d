import type { Db, Value } from '../server/database/transaction.ts'
import { type Installation, openInstallation } from '../server/installation.ts'
import { Jobs } from '../server/jobs/jobs.ts'
import { createLog } from '../server/log.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { sweep } from '../server/privacy/sweep.ts'
import { readSettings } from '../server/settings.ts'
import { alternate } from './alternate.ts'
import { databaseOf } from './arena.ts'
import type { Effort } from './bench.ts'
import { readyOrganization } from './organizations.ts'
import type { Place } from './place.ts'
import { type Statement, watched } from './recording.ts'
import { floorConnections, transaction } from './replay.ts'
import { medians, type Result } from './report.ts'
import { expectSwept, plantCalls, tables } from './swept-calls.ts'

/** One transaction of the sweep. */
interface Swept {
  on: 'organization' | 'control'
  statements: Statement[]
}

/**
 * Rows per second that the sweep deletes, of calls whose time is over, beside as many living ones. The fair floor runs the
 * transactions that a sweep of as many rows was seen to make, as the administrator; the bare floor deletes with one
 * statement a table, all in one transaction.
 */
export async function sweepExpired(place: Place, effort: Effort): Promise<Result[]> {
  const settings = readSettings(await place.installation('ours_sweep'))
  const installation = await openInstallation(settings, createLog('silent'))
  const floor = floorConnections()
  const { cluster } = installation
  const jobs = new Jobs(cluster, installation.log)
  try {
    await jobs.prepare()
    const { organization, phoneId, crmId } = await readyOrganization(installation)
    const target = cluster.admin((await databaseOf(installation, organization)).name)
    const plant = async (hours: number) => {
      await plantCalls(organization, { phoneId, crmId, calls: effort.sweptCalls, hours })
      await cluster.connections.with(target, async (client) => {
        for (const table of tables) await client.query(`vacuum (analyze) ${table}`)
      })
    }
    const onFloor = (on: Swept['on'], fn: (db: Db) => Promise<unknown>) =>
      on === 'control'
        ? transaction(floor.control, cluster.control.target, fn)
        : transaction(floor.organizations, target, fn)
    await plant(20)
    await plant(0)
    const seen = await sweepSeen(installation, organization, jobs)
    const contestant = (work: () => Promise<unknown>) => async () => {
      await plant(0)
      const startedAt = performance.now()
      await work()
      const seconds = (performance.now() - startedAt) / 1000
      await expectSwept(organization)
      return (effort.sweptCalls * tables.length) / seconds
    }
    const rates = await alternate(
      {
        ours: contestant(() => sweepOf(installation, [organization], jobs)),
        floor: contestant(async () => {
          for (const { on, statements } of seen)
            await onFloor(on, async (db) => {
              for (const { sql, values } of statements) await db.rows(sql, values)
            })
        }),
        bare: contestant(() =>
          onFloor('organization', async (db) => {
            for (const table of tables) db.send(`delete from ${table} where expires_at <= ringfence.now()`)
          }),
        ),
      },
      { rounds: effort.rounds, limitMs: effort.limitMs },
    )
    return [
      {
        name: 'sweep',
        unit: '/s',
        ...medians(rates),
        goal: { atLeast: 0.7 },
      },
    ]
  } finally {
    await jobs.stop()
    await Promise.all([floor.organizations.close(), floor.control.close()])
    await installation.close()
  }
}

/** As `server/tasks.ts` has it done; the rewrite it asks for comes another day. */
function sweepOf(installation: Installation, organizations: Organization[], jobs: Jobs): Promise<number> {
  return sweep({
    ...installation,
    organizations: { list: async () => organizations },
    rewriteLater: (organization) =>
      jobs.add('rewrite', organization ? { organizationId: organization.id } : {}, {
        key: `rewrite:${organization?.id ?? 'control'}`,
        at: new Date(installation.clock.ms() + 24 * 3_600_000),
        keep: true,
      }),
  })
}

/** Sweeps, and notes what was asked of the databases. */
async function sweepSeen(
  installation: Installation,
  organization: Organization,
  jobs: Jobs,
): Promise<Swept[]> {
  const seen: Swept[] = []
  const noted = (on: Swept['on'], db: Db): Db => {
    const statements: Statement[] = []
    seen.push({ on, statements })
    const note = (sql: string, values: readonly Value[] = []) => statements.push({ sql, values: [...values] })
    return {
      rows: (sql, values) => {
        note(sql, values)
        return db.rows(sql, values)
      },
      row: (sql, values) => {
        note(sql, values)
        return db.row(sql, values)
      },
      send: (sql, values) => {
        note(sql, values)
        db.send(sql, values)
      },
    }
  }
  const seenBy = watched(installation.cluster, organization, noted)
  await sweepOf({ ...installation, cluster: seenBy.cluster }, [seenBy.organization], jobs)
  await expectSwept(organization)
  return seen
}
