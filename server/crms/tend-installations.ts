import type { Clock } from '../clock.ts'
import { failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Receipts } from '../privacy/receipts.ts'
import type { Crm } from './contract.ts'
import type { Installation } from './installations.ts'
import { enqueueMirror } from './mirror.ts'
import { endInstallation, finishWithOrganization, type UninstallParts } from './uninstall.ts'

export interface TendParts extends UninstallParts {
  crms: ReadonlyMap<string, Crm>
  receipts: Receipts
  clock: Clock
  log: Log
  changed(organizationId: string): void
}

/**
 * Looks after grants, every hour: one that nobody has used for a month is used, because it would die after two; one that
 * was refused is tried again a day later. Refused then too it counts as uninstalled, people are warned, and after seven
 * days the uninstall is carried out as if the CRM had told us. Whatever succeeds in between ends that.
 */
export async function tendInstallations(parts: TendParts): Promise<void> {
  const { renew, end } = await parts.installations.inNeed()
  for (const installation of renew) {
    try {
      await tendOne(parts, installation)
    } catch (error) {
      // The others' grants must not wait for this one.
      parts.log.failure('installation-not-tended', error, { installationId: installation.id })
    }
  }
  for (const installation of end) await endInstallation(parts, installation, 'uninstall')
  for (const id of await parts.receipts.ofNoOrganization()) await finishWithOrganization(parts.receipts, id)
}

async function tendOne(parts: TendParts, installation: Installation): Promise<void> {
  const { id: installationId, organizationId, connectionId, endsAt } = installation
  const crm = parts.crms.get(installation.crm)
  if (!crm) return
  try {
    await parts.installations.renew(crm, installation)
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    parts.log.warn('grant-not-renewed', { installationId, code: failure.code })
    // Only what was refused just now is carried out: a CRM that is away says nothing about this user.
    const refused = failure.code === 'provider-refused' && failure.status === 400
    if (refused && endsAt !== undefined && endsAt.getTime() <= parts.clock.ms()) {
      if (await endInstallation(parts, installation, 'lost uninstall'))
        parts.log.warn('lost-uninstall', { installationId })
    }
    parts.changed(organizationId)
    return
  }
  if (installation.state === 'active') return
  parts.changed(organizationId)
  await enqueueMirror(parts, organizationId, connectionId, new Date())
}
