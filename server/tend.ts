import type { App } from './app.ts'
import { planBackup, tendBackups } from './backups/nightly.ts'
import { mailUnsent } from './breaches/notify.ts'
import { enqueueMirror } from './crms/mirror.ts'
import { enqueueNight } from './crms/night.ts'
import { enqueuePhones } from './phones/tend-phones.ts'
import { planCheck } from './privacy/daily-check.ts'
import type { PolicyFollower } from './privacy/follow-policy.ts'

/**
 * Work that belongs to the clock: the spool every second, sweeps at the full hour, the watchdog every minute.
 * @returns what ends it
 */
export function tend(app: App, follower: PolicyFollower, followMs = 60_000): () => Promise<void> {
  const { log } = app
  // What was announced takes effect on every node within a minute of its date.
  const follow = setInterval(
    () => void follower.follow().catch((error) => log.failure('policy-not-followed', error)),
    followMs,
  )
  const drain = setInterval(
    () => void app.ingest.drain().catch((error) => log.failure('spool-not-drained', error)),
    1_000,
  )
  void firstJobs(app).catch((error) => log.failure('first-jobs', error))
  const endBackups = tendBackups(app)
  return async () => {
    endBackups()
    clearInterval(drain)
    clearInterval(follow)
  }
}

async function firstJobs(app: App): Promise<void> {
  await app.jobs.add('sweep', {}, { key: 'sweep', at: new Date() })
  await app.jobs.add('installations', {}, { key: 'installations', at: new Date(), alone: true })
  await planCheck(app, new Date(Date.now() + 60_000))
  await planBackup(app)
  await mailUnsent(app)
  await app.jobs.add('watchdog', {}, { key: 'watchdog', at: new Date(Date.now() + 5_000) })
  for (const organization of await app.organizations.list()) {
    try {
      const { mirrors } = await app.directories.of(organization)
      await enqueuePhones(app, organization)
      for (const connectionId of mirrors) {
        await enqueueMirror(app, organization.id, connectionId, new Date())
        await enqueueNight(app, organization, connectionId)
      }
    } catch (error) {
      app.log.failure('work-not-resumed', error, { organizationId: organization.id })
    }
  }
}
