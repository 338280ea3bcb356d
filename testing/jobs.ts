import type { Hub } from './hub.ts'
import { until } from './until.ts'

/** Runs one kind of work for a CRM connection now, and resolves when it has asked for its next time. */
export async function runNow(
  hub: Hub,
  task: 'read-contacts' | 'night',
  { id, crmId }: { id: string; crmId: string },
): Promise<void> {
  await run(hub, task, { organizationId: id, connectionId: crmId })
}

/** The same for a phone system. */
export async function runPhoneNow(
  hub: Hub,
  task: 'tend-phone' | 'night-phone',
  of: { organizationId: string; connectionId: string },
): Promise<void> {
  await run(hub, task, of)
}

/** How long from now until that work is done next. */
export async function nextIn(hub: Hub, task: string, crmId: string): Promise<number> {
  const [job] = await hub.control<{ seconds: number }>(
    'select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs where key = $1',
    [`${task}:${crmId}`],
  )
  return job?.seconds ?? Number.NaN
}

async function run(
  hub: Hub,
  task: 'read-contacts' | 'night' | 'tend-phone' | 'night-phone',
  of: { organizationId: string; connectionId: string },
): Promise<void> {
  const key = `${task}:${of.connectionId}`
  await hub.app.jobs.add(task, of, { key, at: new Date(), alone: true })
  await until(`${task} has run`, async () => {
    const waiting = await hub.control<{ later: boolean; tried: number }>(
      `select run_at > now() + interval '20 seconds' as later, attempts as tried
       from graphile_worker.jobs where key = $1 or (task_identifier = $2 and locked_at is not null)`,
      [key, task],
    )
    return waiting.length === 1 && waiting[0]?.later === true && waiting[0].tried === 0
  })
}
