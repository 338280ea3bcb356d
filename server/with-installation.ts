import { inForce } from '../policy/index.ts'
import { loadAdapters } from './adapters/load.ts'
import { makeAdapters } from './adapters/make.ts'
import { createEgress } from './egress/index.ts'
import { type Installation, openInstallation, readInstallation } from './installation.ts'
import { Notices } from './live/notices.ts'
import { createLog } from './log.ts'
import { Places } from './places/places.ts'
import { Transfers } from './places/transfers.ts'
import { allowedHosts } from './privacy/allowed-hosts.ts'
import { goByPolicyInForce } from './privacy/follow-policy.ts'
import { policyHere, type Vendors, vendorsOf } from './privacy/policy-here.ts'
import { PolicyRecord } from './privacy/policy-record.ts'
import { readSettings } from './settings.ts'

/**
 * Opens databases and keys for one command, beside a running server or without one.
 * @param options.reading it finds what is there: nothing is brought up to date or repaired on the way in
 */
export async function withInstallation<T>(
  work: (installation: Installation) => Promise<T>,
  { reading = false } = {},
): Promise<T> {
  const open = reading ? readInstallation : openInstallation
  const installation = await open(readSettings(), createLog('silent'))
  try {
    const { declarations, content } = await policyHere(installation)
    await goByPolicyInForce(new PolicyRecord(installation), declarations, content.declared?.fields)
    return await work(installation)
  } finally {
    // A PostgreSQL that was running before belongs to the server.
    await installation.close({ leaveRunning: installation.cluster.embedded?.adopted ?? false })
  }
}

/** What this installation has adapters for, for one command. */
export async function withSystems<T>(
  { settings, cluster, ring }: Installation,
  work: (systems: Vendors) => Promise<T>,
): Promise<T> {
  const { region, privateHosts } = settings
  const places = new Places({ region, transfers: new Transfers({ cluster, ring, region }) })
  await places.load()
  const inRegion = (url: URL, provider: string) => places.allows(url, provider)
  const egress = createEgress({
    declared: (recipient) => allowedHosts(inForce().kinds, recipient),
    privateHosts,
    inRegion,
  })
  const others = makeAdapters(await loadAdapters(settings), settings)
  try {
    return await work(vendorsOf(settings, egress, others))
  } finally {
    await others.close()
    await egress.close()
  }
}

/** Running nodes hear of what a command changed. */
export async function tell<T>(
  { cluster, log }: Installation,
  say: (notices: Notices) => T | Promise<T>,
): Promise<T> {
  const notices = new Notices(cluster, log)
  const said = await say(notices)
  await notices.sent()
  await notices.close()
  return said
}
