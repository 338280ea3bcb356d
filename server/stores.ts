import { join } from 'node:path'
import { mailServer } from '../policy/recipients.ts'
import { OneTimeTokens } from './accounts/one-time-tokens.ts'
import { Sessions } from './accounts/sessions.ts'
import { Breaches } from './breaches/record.ts'
import { Installations } from './crms/installations.ts'
import { ownAppOf } from './crms/own-app.ts'
import { Portals } from './crms/portals.ts'
import { HookKeys } from './ingest/hook-keys.ts'
import { Spool } from './ingest/spool.ts'
import type { Installation } from './installation.ts'
import { Jobs } from './jobs/jobs.ts'
import { Notices } from './live/notices.ts'
import { Screens } from './live/screens.ts'
import { createMailer } from './mail/index.ts'
import { nodeIdIn } from './node-id.ts'
import type { Opened } from './opened.ts'
import { Counters } from './organizations/counters.ts'
import { Directories } from './organizations/directory.ts'
import { PhoneAccesses } from './phones/accesses.ts'
import type { PhoneSystem } from './phones/contract.ts'
import { defaultLeaseMs, Leases } from './phones/leases.ts'
import type { Places } from './places/places.ts'
import { Approvals } from './privacy/approvals.ts'
import { CheckRecord } from './privacy/check-record.ts'
import { Receipts } from './privacy/receipts.ts'
import type { StartOptions } from './start-options.ts'

/** What keeps something, and knows no other room: each has a line here, and one in app.ts. */
export async function openStores(
  { settings, log, clock, cluster, ring, organizations }: Installation,
  { phones, places, opened }: { phones: ReadonlyMap<string, PhoneSystem>; places: Places; opened: Opened },
  options: StartOptions,
) {
  const counters = opened.keep(new Counters(organizations, log))
  const notices = opened.keep(new Notices(cluster, log))
  await notices.start()
  const nodeId = await nodeIdIn(settings.dataFolder)
  const jobs = new Jobs(cluster, log, nodeId, options.jobs)
  await jobs.prepare()
  const hooks = new HookKeys(cluster, ring)
  await hooks.load()
  const spool = await Spool.open({
    folder: join(settings.dataFolder, 'spool'),
    ring,
    ...(options.spoolLimit === undefined ? {} : { limit: options.spoolLimit }),
  })
  const installations = new Installations({
    cluster,
    ring,
    counters,
    clock,
    appOf: async ({ organizationId, connectionId }) =>
      ownAppOf(await organizations.get(organizationId), connectionId),
  })
  return {
    counters,
    notices,
    jobs,
    hooks,
    spool,
    installations,
    directories: new Directories(phones),
    screens: new Screens(),
    portals: new Portals({ cluster, ring }),
    sessions: new Sessions(cluster),
    oneTimeTokens: new OneTimeTokens(cluster),
    accesses: new PhoneAccesses({ cluster, ring }),
    leases: new Leases(cluster, nodeId, options.held?.leaseMs ?? defaultLeaseMs),
    receipts: new Receipts(cluster, ring),
    approvals: new Approvals({ cluster, ring }),
    checks: new CheckRecord(cluster),
    breaches: new Breaches({ cluster, ring }),
    mailer: settings.mail && createMailer(settings.mail, () => places.allowsRecipient(mailServer.name)),
  }
}
