import type { App } from '../app.ts'
import { failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Crm } from './contract.ts'
import type { Installation, Installations } from './installations.ts'
import type { KnownPortal } from './portals.ts'
import { endInstallation, type UninstallParts } from './uninstall.ts'

type Of = Pick<KnownPortal, 'organizationId' | 'connectionId'>

/** A portal tells once that the app is gone from there: it is on record before we answer, and however often it is told. */
export async function keepRemoval(jobs: Jobs, { organizationId, connectionId }: Of): Promise<void> {
  await jobs.add(
    'portal-removed',
    { organizationId, connectionId },
    { key: `portal-removed:${connectionId}`, keep: true, alone: true },
  )
}

/**
 * A portal has told that the app is gone from there: each user's part ends for itself, and with the last of them everything
 * of the company does.
 *
 * What proves such an event can be read by everybody who opens our page in the portal, and what is removed does not come
 * back. So the vendor is asked too: an app whose grants still work is not gone, and the event is counted and left at that.
 * Where it was only early, the next refusals tell the same (see `tendInstallations`).
 *
 * @throws RingfenceError `provider-unavailable` while the vendor says neither: run it again
 */
export async function carryOutRemoval(
  app: UninstallParts & Pick<App, 'crms' | 'counters' | 'clock' | 'log' | 'changed'>,
  of: Of,
): Promise<void> {
  const installed = await app.installations.ofConnection(of.connectionId)
  for (const installation of installed) {
    const crm = app.crms.get(installation.crm)
    if (installation.state === 'ending' || !crm) continue
    if (!(await stillWorks(app.installations, crm, installation))) continue
    app.counters.delivered(of, 'refused uninstalls', app.clock.now())
    app.log.warn('uninstall-not-believed', { connectionId: of.connectionId })
    return
  }
  for (const installation of installed) await endInstallation(app, installation, 'uninstall')
  app.changed(of.organizationId)
}

async function stillWorks(
  installations: Installations,
  crm: Crm,
  installation: Installation,
): Promise<boolean> {
  try {
    await installations.renew(crm, installation)
    return true
  } catch (error) {
    if (failureOf(error)?.code === 'provider-refused') return false
    throw error
  }
}
