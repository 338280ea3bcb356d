import type { App } from './app.ts'
import { backUp } from './backups/nightly.ts'
import { sendNotice } from './breaches/send-notice.ts'
import { endSilentCalls, queueUnwritten } from './calls/watchdog.ts'
import { eraseThere } from './crms/erase-there.ts'
import { queueCards } from './crms/lost-cards.ts'
import { planFollowUp } from './crms/plan-follow-up.ts'
import { crmTasks } from './crms/tasks.ts'
import { tendInstallations } from './crms/tend-installations.ts'
import { finishUninstall } from './crms/uninstall.ts'
import { writeCall } from './crms/write-call.ts'
import { type Behalf, onBehalfOf } from './egress/on-behalf.ts'
import { type JobParts, jobPartsOf } from './job-parts.ts'
import type { Tasks } from './jobs/jobs.ts'
import { endSubscription, endWhatIsDue } from './organizations/end-subscription.ts'
import { ofExisting } from './organizations/existing.ts'
import { leavePhones } from './phones/disconnect.ts'
import { phoneTasks } from './phones/tasks.ts'
import { tendGrants } from './phones/tend-phones.ts'
import { finishErasure } from './privacy/carry-out.ts'
import { mailAnnouncements } from './privacy/policy-mail.ts'
import { countEnding, purge } from './privacy/purge.ts'
import { privacyTasks } from './privacy/tasks.ts'
import { planFinding } from './recordings/find.ts'
import { recordingTasks } from './recordings/tasks.ts'

/**
 * What the jobs of this node do, by the name they are queued under: each on behalf of the organization and connection
 * that its job names.
 */
export function tasksOf(app: App, options: Parameters<typeof jobPartsOf>[1]): Tasks {
  const parts = jobPartsOf(app, options)
  const tasks: Tasks = {
    ...crmTasks(parts),
    ...phoneTasks(parts),
    ...recordingTasks(parts),
    ...privacyTasks(parts),
    ...tasksOfSeveralRooms(parts),
  }
  const each = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: Behalf) =>
        onBehalfOf({ organizationId: payload.organizationId, connectionId: payload.connectionId }, () =>
          (task as (of: Behalf) => Promise<void>)(payload),
        ),
    ]),
  )
  return each as unknown as Tasks // the same names, each with the payload of its own
}

function tasksOfSeveralRooms(parts: JobParts) {
  const { jobs, log, notices } = parts
  const of = ofExisting(parts)
  return {
    'write-call': of(async (organization, { callId }) => {
      await writeCall(parts, organization, callId)
      await planFinding(parts, organization, callId)
      await planFollowUp(parts, organization, callId)
    }),
    uninstall: of(async (organization, whose) => {
      await finishUninstall(
        {
          ...parts,
          purge: (from, event) => purge(parts, from, event),
          count: (from, event) => countEnding(parts, from, event),
          leavePhones: (from, user) => leavePhones(parts, from, user),
        },
        organization,
        whose,
      )
      await parts.hooks.load()
      notices.tell({ about: 'hooks' })
    }),
    erasure: of((organization, { erasureId }) =>
      finishErasure(
        { ...parts, eraseThere: (from, id) => eraseThere(parts, from, id) },
        organization,
        erasureId,
      ),
    ),
    'send-notice': of((organization, { noticeId }) => sendNotice(parts, organization, noticeId)),
    'end-subscription': async ({ organizationId }) => {
      await endSubscription(parts, organizationId, { ifTrialIsOver: true })
    },
    installations: async () => {
      await tendInstallations(parts)
      await tendGrants(parts)
      await mailAnnouncements(parts)
      const at = new Date(Date.now() + 3_600_000)
      await jobs.add('installations', {}, { key: 'installations', at, alone: true })
    },
    watchdog: async () => {
      await endWhatIsDue(parts, (organizationId) =>
        jobs.add(
          'end-subscription',
          { organizationId },
          { key: `end-subscription:${organizationId}`, keep: true, alone: true },
        ),
      )
      for (const organization of await parts.organizations.list()) {
        const organizationId = organization.id
        try {
          const ended = await endSilentCalls(parts.ingest, organization, parts.clock.ms())
          if (ended > 0) log.info('silent-calls-ended', { organizationId, calls: ended })
          await queueUnwritten(parts.ingest, organization)
          await queueCards(parts, organization)
        } catch (error) {
          log.failure('watchdog-failed', error, { organizationId }) // the others have silent calls too
        }
      }
      await jobs.add('watchdog', {}, { key: 'watchdog', at: new Date(Date.now() + 60_000) })
    },
    backup: () => backUp(parts),
  } satisfies Partial<Tasks>
}
