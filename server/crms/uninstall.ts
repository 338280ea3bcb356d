import type { Sessions } from '../accounts/sessions.ts'
import type { HookKeys } from '../ingest/hook-keys.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { EndOf } from '../privacy/purge.ts'
import type { Crm, Uninstalled } from './contract.ts'
import type { Installations } from './installations.ts'
import { enqueueMirror } from './mirror.ts'

export interface UninstallParts {
  organizations: Organizations
  installations: Installations
  sessions: Sessions
  jobs: Jobs
}

/** The user's id follows from the CRM's: the same person is the same row, also after coming back. */
export function userIdOf(organization: Organization, connectionId: string, userRef: string): string {
  return uuidFrom(organization.keys.hash('user', `${connectionId}|${userRef}`))
}

/**
 * A user has uninstalled the app. The CRM says so once and does not listen to our answer, so it is on record before we
 * answer: the tokens are out of use, the user is signed out, and the job that removes everything is queued.
 * @returns false when there is nothing of that user (any more)
 */
export async function beginUninstall(parts: UninstallParts, crm: Crm, who: Uninstalled): Promise<boolean> {
  const installation = await parts.installations.find(crm.name, who.companyRef, who.userRef)
  if (!installation) return false
  const { id: installationId, organizationId, connectionId } = installation
  const organization = await parts.organizations.get(organizationId)
  const userId = userIdOf(organization, connectionId, who.userRef)
  await parts.jobs.add(
    'uninstall',
    { organizationId, connectionId, userId, installationId },
    { key: `uninstall:${installationId}` },
  )
  await parts.installations.end(installationId)
  await parts.sessions.endOfUser(userId)
  return true
}

/**
 * Removes what was kept for that user; with the company's last user, everything of the company. May be interrupted
 * anywhere and run again. Somebody who installed again meanwhile has a new installation and is left alone.
 */
export async function finishUninstall(
  parts: UninstallParts & {
    hooks: HookKeys
    purge(organization: Organization, event: EndOf): Promise<unknown>
    changed(organizationId: string): void
  },
  organization: Organization,
  ids: { connectionId: string; userId: string; installationId: string },
): Promise<void> {
  const { connectionId, userId, installationId } = ids
  const { others } = await parts.installations.remove(installationId, connectionId)
  await parts.sessions.endOfUser(userId)
  if (others === 0) {
    await parts.hooks.removeOf(connectionId)
    await forgetHooks(organization, connectionId)
    await parts.purge(organization, { end: 'uninstall by the last user', connectionId })
  } else {
    const back = (await parts.installations.ofConnection(connectionId)).some(
      (one) => userIdOf(organization, connectionId, one.userRef) === userId,
    )
    if (!back) await parts.purge(organization, { end: 'uninstall by the user', userId })
    // The CRM removes the hooks of whoever made them; those who are left make them anew.
    await forgetHooks(organization, connectionId)
    await enqueueMirror(parts, organization.id, connectionId, new Date())
  }
  parts.changed(organization.id)
}

async function forgetHooks(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction((db) =>
    db.rows(`update connections set hook_ids = '{}' where id = $1`, [connectionId]),
  )
}
