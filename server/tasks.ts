import type { App } from './app.ts'
import { backUp } from './backups/nightly.ts'
import { sendNotice } from './breaches/send-notice.ts'
import type { CallScreens } from './call-screens.ts'
import { endSilentCalls, queueUnwritten } from './calls/watchdog.ts'
import { amendCall } from './crms/amend-call.ts'
import type { CrmWith } from './crms/contract.ts'
import { eraseThere } from './crms/erase-there.ts'
import { tendFollowUp } from './crms/follow-ups.ts'
import { linkDeal } from './crms/link-deal.ts'
import { tendLiveCall } from './crms/live-call.ts'
import { queueCards } from './crms/lost-cards.ts'
import { makePerson } from './crms/make-person.ts'
import { type MirrorParts, readContacts } from './crms/mirror.ts'
import { nightly } from './crms/night.ts'
import { has } from './crms/parts.ts'
import { planFollowUp } from './crms/plan-follow-up.ts'
import { carryOutRemoval } from './crms/portal-removed.ts'
import { readDeals } from './crms/read-deals.ts'
import { tendRequested } from './crms/requested-call.ts'
import { tendInstallations } from './crms/tend-installations.ts'
import { finishUninstall } from './crms/uninstall.ts'
import { readUsers } from './crms/users.ts'
import { writeCall } from './crms/write-call.ts'
import { rememberRing } from './database/ring-memory.ts'
import { type Behalf, onBehalfOf } from './egress/on-behalf.ts'
import { failureOf } from './failure.ts'
import type { Tasks } from './jobs/jobs.ts'
import { endSubscription, endWhatIsDue } from './organizations/end-subscription.ts'
import type { Organization } from './organizations/organization.ts'
import { forgetPhone, leavePhones } from './phones/disconnect.ts'
import { readPhone } from './phones/read-phone.ts'
import { nightPhone, tendGrants, tendPhone } from './phones/tend-phones.ts'
import { finishErasure, removeBytes } from './privacy/carry-out.ts'
import { finishCorrection } from './privacy/carry-out-correction.ts'
import { checkDaily } from './privacy/daily-check.ts'
import { mailAnnouncements, sendAnnouncement } from './privacy/policy-mail.ts'
import { countEnding, purge } from './privacy/purge.ts'
import { nextNight, rewriteControl, rewriteOrganization } from './privacy/rewrite.ts'
import { expiringTables } from './privacy/row-security.ts'
import { sweep, sweptInControl } from './privacy/sweep.ts'
import { attachRecording } from './recordings/attach.ts'
import { findRecording, findWaits, planFinding } from './recordings/find.ts'
import { enqueueAttach } from './recordings/ready.ts'

/**
 * What the jobs of this node do, by the name they are queued under: each on behalf of the organization and connection
 * that its job names.
 */
export function tasksOf(...parts: Parameters<typeof ownTasks>): Tasks {
  const each = Object.fromEntries(
    Object.entries(ownTasks(...parts)).map(([name, task]) => [
      name,
      (payload: Behalf) =>
        onBehalfOf({ organizationId: payload.organizationId, connectionId: payload.connectionId }, () =>
          (task as (of: Behalf) => Promise<void>)(payload),
        ),
    ]),
  )
  return each as unknown as Tasks // the same names, each with the payload of its own
}

function ownTasks(
  app: App,
  { readAndShow }: CallScreens,
  options: {
    unknownWaitMs?: number | undefined
    findWaits?: readonly number[] | undefined
    requestedMs?: number | undefined
  },
): Tasks {
  const { installations, jobs, clock, log, cluster, ring, organizations, directories, hooks, notices, crms } =
    app
  const { ingest, screens, changed } = app
  /** A connection whose contacts are mirrored; of another nothing is read, by day or by night. */
  const mirrored = async (organizationId: unknown, connectionId: unknown) => {
    const organization = await existing(app, String(organizationId))
    const connection =
      organization && (await directories.of(organization)).connections.get(String(connectionId))
    const crm = connection && crms.get(connection.adapter)
    return organization && crm && has(crm, 'mirror')
      ? { organization, connectionId: connection.id, parts: mirrorParts(crm) }
      : undefined
  }
  const writeParts = {
    crms,
    installations,
    jobs,
    clock,
    log,
    directoryOf: (organization: Organization) => directories.of(organization),
    show: (organization: Organization, callId: string) => readAndShow(organization, callId, true),
    attach: (organization: Organization, callId: string) =>
      enqueueAttach({ jobs }, organization.id, callId, { at: new Date() }),
    amendLater: app.amendLater,
    unknownWaitMs: options.unknownWaitMs,
  }
  const attachParts = {
    ...writeParts,
    egress: app.egress,
    phones: app.phones,
    accesses: app.accesses,
    findWaits: options.findWaits ?? findWaits,
    url: () => app.url,
    streams: { running: 0 },
  }
  const crmParts = {
    installations,
    jobs,
    hooks,
    log,
    url: app.url,
    changed,
    amendLater: app.amendLater,
    progress: (organizationId: string) => {
      screens.tell(organizationId, 'connections')
      notices.tell({ about: 'connections', organizationId })
    },
  }
  const mirrorParts = (crm: CrmWith<'mirror'>): MirrorParts => ({ ...crmParts, crm })
  return {
    'write-call': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (!organization) return
      await writeCall(writeParts, organization, String(callId))
      await planFinding(attachParts, organization, String(callId))
      await planFollowUp(writeParts, organization, String(callId))
    },
    'live-call': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await tendLiveCall(writeParts, organization, String(callId))
    },
    'requested-call': async ({ organizationId, requestId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await tendRequested({ ...app, ...options }, organization, String(requestId))
    },
    'follow-up': async ({ organizationId, followUpId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await tendFollowUp(writeParts, organization, String(followUpId))
    },
    'amend-call': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await amendCall(writeParts, organization, String(callId))
    },
    'make-person': async ({ organizationId, personId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await makePerson(writeParts, organization, String(personId))
    },
    'attach-recording': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await attachRecording(attachParts, organization, String(callId))
    },
    uninstall: async ({ organizationId, connectionId, userId, installationId }) => {
      const organization = await existing(app, String(organizationId))
      if (!organization) return
      await finishUninstall(
        {
          ...app,
          purge: (from, event) => purge({ cluster, organizations, ring }, from, event),
          count: (from, event) => countEnding({ cluster }, from, event),
          leavePhones: (from, user) => leavePhones(app, from, user),
        },
        organization,
        {
          connectionId: String(connectionId),
          userId: String(userId),
          installationId: String(installationId),
        },
      )
      await hooks.load()
      notices.tell({ about: 'hooks' })
    },
    'portal-removed': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization)
        await carryOutRemoval(app, { organizationId: organization.id, connectionId: String(connectionId) })
    },
    'read-contacts': async ({ organizationId, connectionId }) => {
      const of = await mirrored(organizationId, connectionId)
      if (of) await readContacts(of.parts, of.organization, of.connectionId)
    },
    'read-deals': async ({ organizationId, connectionId }) => {
      const of = await mirrored(organizationId, connectionId)
      if (of) await readDeals(of.parts, of.organization, of.connectionId)
    },
    'read-users': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      const connection =
        organization && (await directories.of(organization)).connections.get(String(connectionId))
      const crm = connection && crms.get(connection.adapter)
      if (organization && crm) await readUsers({ ...crmParts, crm }, organization, connection.id)
    },
    'link-deal': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await linkDeal(writeParts, organization, String(callId))
    },
    night: async ({ organizationId, connectionId }) => {
      const of = await mirrored(organizationId, connectionId)
      if (of) await nightly(of.parts, of.organization, of.connectionId)
    },
    'read-phone': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await readPhone(app, organization, String(connectionId))
    },
    'tend-phone': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await tendPhone(app, organization, String(connectionId))
    },
    'night-phone': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await nightPhone(app, organization, String(connectionId))
    },
    'forget-phone': async ({ organizationId, userId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await forgetPhone(app, organization, String(userId))
    },
    'find-recording': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await findRecording(attachParts, organization, String(callId))
    },
    'send-notice': async ({ organizationId, noticeId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await sendNotice(app, organization, String(noticeId))
    },
    'send-policy': async ({ organizationId, noticeId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await sendAnnouncement(app, organization, String(noticeId))
    },
    installations: async () => {
      await tendInstallations(app)
      await tendGrants(app)
      await mailAnnouncements(app)
      await jobs.add(
        'installations',
        {},
        { key: 'installations', at: new Date(Date.now() + 3_600_000), alone: true },
      )
    },
    sweep: async () => {
      await sweep({
        organizations,
        cluster,
        ring,
        clock,
        log,
        rewriteLater: (organization) =>
          jobs.add('rewrite', organization ? { organizationId: organization.id } : {}, {
            key: `rewrite:${organization?.id ?? 'control'}`,
            at: nextNight(organization ?? { id: 'control', timeZone: 'UTC' }, new Date()),
            keep: true,
          }),
      })
      await rememberRing(cluster.control, ring)
      await jobs.add('sweep', {}, { key: 'sweep', at: nextSweep() })
    },
    rewrite: async ({ organizationId }) => {
      if (organizationId === undefined) return rewriteControl(cluster, sweptInControl())
      const organization = await existing(app, String(organizationId))
      if (organization) await rewriteOrganization(cluster, organization, expiringTables('organization'))
    },
    erasure: async ({ organizationId, erasureId }) => {
      const organization = await existing(app, String(organizationId))
      if (!organization) return
      const there = (of: Organization, id: string) => eraseThere({ crms, installations }, of, id)
      await finishErasure({ ...app, eraseThere: there }, organization, String(erasureId))
    },
    'erasure-bytes': async ({ organizationId, erasureId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await removeBytes(app, organization, { request: 'erasures', id: String(erasureId) })
    },
    correction: async ({ organizationId, correctionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await finishCorrection({ ...app, ...writeParts }, organization, String(correctionId))
    },
    'correction-bytes': async ({ organizationId, correctionId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization)
        await removeBytes(app, organization, { request: 'corrections', id: String(correctionId) })
    },
    'end-subscription': async ({ organizationId }) => {
      await endSubscription(app, String(organizationId), { ifTrialIsOver: true })
    },
    watchdog: async () => {
      await endWhatIsDue(app, (organizationId) =>
        jobs.add(
          'end-subscription',
          { organizationId },
          { key: `end-subscription:${organizationId}`, keep: true, alone: true },
        ),
      )
      for (const organization of await organizations.list()) {
        const organizationId = organization.id
        try {
          const ended = await endSilentCalls(ingest, organization, clock.ms())
          if (ended > 0) log.info('silent-calls-ended', { organizationId, calls: ended })
          await queueUnwritten(ingest, organization)
          await queueCards(writeParts, organization)
        } catch (error) {
          log.failure('watchdog-failed', error, { organizationId }) // the others have silent calls too
        }
      }
      await jobs.add('watchdog', {}, { key: 'watchdog', at: new Date(Date.now() + 60_000) })
    },
    'check-policy': () => checkDaily(app),
    backup: () => backUp(app),
  }
}

/** A minute after the full hour: then the hour's rows and keys have had their time. */
function nextSweep(): Date {
  const hour = 3_600_000
  return new Date(Math.floor(Date.now() / hour) * hour + hour + 60_000)
}

async function existing(app: App, id: string): Promise<Organization | undefined> {
  try {
    return await app.organizations.get(id)
  } catch (error) {
    if (failureOf(error)?.code === 'not-found') return undefined // deleted since: its jobs end with it
    throw error
  }
}
