import type { App } from '../app.ts'
import { checkLive } from './live-check.ts'

/** Holds the installation against policy/, keeps what was found, and does so again a day later. */
export async function checkDaily(app: App): Promise<void> {
  const check = await checkLive(app, await app.policyHere())
  await app.checks.keep(check)
  if (!check.holds)
    app.log.warn('policy-check-failed', {
      what: check.results.filter(({ outcome }) => outcome === 'wrong').map(({ name }) => name),
    })
  await planCheck(app, new Date(Date.now() + 86_400_000))
}

/** Once a day, on whichever node; a check that is planned keeps its time. */
export async function planCheck({ jobs }: Pick<App, 'jobs'>, at: Date): Promise<void> {
  await jobs.add('check-policy', {}, { key: 'check-policy', at, keep: true })
}
