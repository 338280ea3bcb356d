import type { App } from './app.ts'
import type { CallScreens } from './call-screens.ts'
import { endSilentCalls, queueUnwritten } from './calls/watchdog.ts'
import { amendCall } from './crms/amend-call.ts'
import type { Crm } from './crms/contract.ts'
import { eraseThere } from './crms/erase-there.ts'
import { tendFollowUp } from './crms/follow-ups.ts'
import { linkDeal } from './crms/link-deal.ts'
import { makePerson } from './crms/make-person.ts'
import { type MirrorParts, readContacts } from './crms/mirror.ts'
import { nightly } from './crms/night.ts'
import { planFollowUp } from './crms/plan-follow-up.ts'
import { readDeals } from './crms/read-deals.ts'
import { tendInstallations } from './crms/tend-installations.ts'
import { finishUninstall } from './crms/uninstall.ts'
import { readUsers } from './crms/users.ts'
import { writeCall } from './crms/write-call.ts'
import { rememberRing } from './database/ring-memory.ts'
import type { Egress } from './egress/index.ts'
import { failed, failureOf } from './failure.ts'
import type { Tasks } from './jobs/jobs.ts'
import type { Organization } from './organizations/organization.ts'
import { finishErasure, removeBytes } from './privacy/carry-out.ts'
import { countEnding, purge } from './privacy/purge.ts'
import { nextNight, rewriteControl, rewriteOrganization } from './privacy/rewrite.ts'
import { expiringTables } from './privacy/row-security.ts'
import { sweep, sweptInControl } from './privacy/sweep.ts'
import { attachRecording } from './recordings/attach.ts'
import { enqueueAttach } from './recordings/ready.ts'

/** What the jobs of this node do, by the name they are queued under. */
export function tasksOf(
  app: App,
  egress: Egress,
  { readAndShow }: CallScreens,
  options: { unknownWaitMs?: number | undefined },
): Tasks {
  const { installations, jobs, clock, log, cluster, ring, organizations, directories, hooks, notices, crms } =
    app
  const { ingest, screens, changed } = app
  const crmOf = (adapter: string): Crm => crms.get(adapter) ?? failed({ code: 'not-found', what: 'adapter' })
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
  const attachParts = { ...writeParts, egress, phones: app.phones, streams: { running: 0 } }
  const mirrorParts = (crm: Crm): MirrorParts => ({
    crm,
    installations,
    jobs,
    hooks,
    log,
    url: app.url,
    changed,
    amendLater: app.amendLater,
    progress: (organizationId) => {
      screens.tell(organizationId, 'connections')
      notices.tell({ about: 'connections', organizationId })
    },
  })
  return {
    'write-call': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (!organization) return
      await writeCall(writeParts, organization, String(callId))
      await planFollowUp(writeParts, organization, String(callId))
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
          purge: (from, event) => purge({ cluster, organizations }, from, event),
          count: (from, event) => countEnding({ cluster }, from, event),
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
    'read-contacts': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      const connection =
        organization && (await directories.of(organization)).connections.get(String(connectionId))
      if (organization && connection)
        await readContacts(mirrorParts(crmOf(connection.adapter)), organization, connection.id)
    },
    'read-deals': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      const connection =
        organization && (await directories.of(organization)).connections.get(String(connectionId))
      if (organization && connection)
        await readDeals(mirrorParts(crmOf(connection.adapter)), organization, connection.id)
    },
    'read-users': async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      const connection =
        organization && (await directories.of(organization)).connections.get(String(connectionId))
      if (organization && connection)
        await readUsers(mirrorParts(crmOf(connection.adapter)), organization, connection.id)
    },
    'link-deal': async ({ organizationId, callId }) => {
      const organization = await existing(app, String(organizationId))
      if (organization) await linkDeal(writeParts, organization, String(callId))
    },
    night: async ({ organizationId, connectionId }) => {
      const organization = await existing(app, String(organizationId))
      const connection =
        organization && (await directories.of(organization)).connections.get(String(connectionId))
      if (organization && connection)
        await nightly(mirrorParts(crmOf(connection.adapter)), organization, connection.id)
    },
    installations: async () => {
      await tendInstallations(app)
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
      if (organization) await removeBytes(app, organization, String(erasureId))
    },
    watchdog: async () => {
      for (const organization of await organizations.list()) {
        const organizationId = organization.id
        try {
          const ended = await endSilentCalls(ingest, organization, clock.ms())
          if (ended > 0) log.info('silent-calls-ended', { organizationId, calls: ended })
          await queueUnwritten(ingest, organization)
        } catch (error) {
          log.failure('watchdog-failed', error, { organizationId }) // the others have silent calls too
        }
      }
      await jobs.add('watchdog', {}, { key: 'watchdog', at: new Date(Date.now() + 60_000) })
    },
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
