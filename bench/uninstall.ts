import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '../server/failure.ts'
import type { Effort } from './bench.ts'
import { openCompany } from './company.ts'
import type { Place } from './place.ts'
import type { Result } from './report.ts'

/** What was promised: unreachable, and the keys destroyed, within this time. */
const promisedSeconds = 60

/**
 * The last user of a company with so many persons uninstalls: seconds from the CRM's callback until its mirror's keys are
 * destroyed, and until the signed receipt says that no row and no hook is left. Measured against what is promised.
 */
export async function uninstall(place: Place, effort: Effort): Promise<Result[]> {
  const company = await openCompany(place, 'ours_uninstall', { persons: effort.persons })
  const { sandbox, server, organizationId, crmId } = company
  try {
    const { organizations, cluster } = server.app
    const { keys } = await organizations.get(organizationId)
    const users = sandbox.pipedrive.installedUsers()
    const startedAt = performance.now()
    const since = () => (performance.now() - startedAt) / 1000
    const timeOf = async (what: string, happened: () => boolean | Promise<boolean>) => {
      while (!(await happened())) {
        if (since() > 300) throw new Error(`${what}: not within five minutes`)
        await sleep(5)
      }
      return since()
    }
    const keysGone = timeOf('keys', () => isGone(() => keys.hash('number', '+420601555010', crmId)))
    for (const user of users) await sandbox.pipedrive.uninstall(user)
    const unreadable = await keysGone
    const done = await timeOf('receipts', async () => {
      const [row] = await cluster.control.transaction((db) =>
        db.rows<{ done: number }>('select count(done_at)::int as done from receipts'),
      )
      return row?.done === users.length
    })
    const result = { unit: 's', floor: promisedSeconds, bare: undefined, goal: { atMost: 1 } } as const
    return [
      { ...result, name: 'uninstall, keys gone', ours: unreadable },
      { ...result, name: 'uninstall, receipt', ours: done, goal: undefined },
    ]
  } finally {
    await company.close()
  }
}

/** What needs a destroyed key fails; the key is asked for anew each time. */
function isGone(use: () => unknown): boolean {
  try {
    use()
    return false
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return true
    throw error
  }
}
