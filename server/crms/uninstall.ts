import type { Sessions } from '../accounts/sessions.ts'
import { failed, failureOf } from '../failure.ts'
import type { HookKeys } from '../ingest/hook-keys.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { agreementOf } from '../privacy/agreement.ts'
import type { Asked } from '../privacy/asked-receipts.ts'
import type { EndOf } from '../privacy/purge.ts'
import type { Receipts } from '../privacy/receipts.ts'
import type { Crm, Uninstalled } from './contract.ts'
import type { Installation, Installations } from './installations.ts'
import { enqueueMirror } from './mirror.ts'

export interface UninstallParts {
  organizations: Organizations
  installations: Installations
  sessions: Sessions
  jobs: Jobs
}

type Removable = Exclude<EndOf, { end: 'end of subscription' | 'organization deleted' }>

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
  return installation !== undefined && endInstallation(parts, installation, 'uninstall')
}

/**
 * Ends one installation, told by the CRM or found out. Whatever is interrupted here is taken up by the next round over
 * installations, which finds it as `ending`.
 * @returns false when it is gone, or, for one found out, when the user has come back
 */
export async function endInstallation(
  parts: UninstallParts,
  installation: Installation,
  cause: 'uninstall' | 'lost uninstall',
): Promise<boolean> {
  const organization = await parts.organizations.get(installation.organizationId)
  const userId = userIdOf(organization, installation.connectionId, installation.userRef)
  if (!(await parts.installations.beginEnd(installation, userId, cause))) return false
  await enqueueUninstall(parts, installation, userId)
  await parts.sessions.endOfUser(userId)
  return true
}

async function enqueueUninstall(
  { jobs }: UninstallParts,
  { id, organizationId, connectionId }: Installation,
  userId: string,
): Promise<void> {
  await jobs.add(
    'uninstall',
    { organizationId, connectionId, userId, installationId: id },
    { key: `uninstall:${id}`, keep: true, alone: true },
  )
}

/**
 * Removes what was kept for that user; with the company's last user, everything of the company; then signs the receipt.
 * May be interrupted anywhere and run again: what is on record says what was asked for, and counts what there was before
 * anything went. Until it is done nobody whom it concerns can install again.
 */
export async function finishUninstall(
  parts: UninstallParts & {
    hooks: HookKeys
    receipts: Receipts
    purge(organization: Organization, event: Removable): Promise<unknown>
    count(organization: Organization, event: Removable): Promise<Map<string, number>>
    /** has phone systems forget this user; undefined: everybody */
    leavePhones(organization: Organization, userId: string | undefined): Promise<void>
    changed(organizationId: string): void
  },
  organization: Organization,
  ids: { connectionId: string; userId: string; installationId: string },
): Promise<void> {
  const { connectionId, userId, installationId } = ids
  const asked = await askedFor(parts, installationId, userId)
  if (!asked || asked.done) return
  const company = asked.ended === 'company'
  const event: Removable = company
    ? { end: 'uninstall by the last user', connectionId }
    : { end: 'uninstall by the user', userId }
  if (!asked.counts) {
    const counts = await parts.count(organization, event)
    const agreement = (await agreementOf(organization))?.version
    await parts.receipts.remember(installationId, { agreement, counts })
  }
  const ownedHooks = company || (await ownsHooks(organization, connectionId, installationId))
  await parts.installations.remove(installationId)
  await parts.sessions.endOfUser(userId)
  if (company) await parts.hooks.removeOf(connectionId)
  if (ownedHooks) await forgetHooks(organization, connectionId)
  if (company) await forgetOwnApp(organization, connectionId)
  await parts.leavePhones(
    organization,
    company && (await isOnlyCrm(organization, connectionId)) ? undefined : userId,
  )
  await parts.purge(organization, event)
  parts.changed(organization.id)
  // What came in while the tables were emptied goes with the next try.
  const left = await parts.count(organization, event)
  if ([...left.values()].some((rows) => rows > 0))
    failed({ code: 'busy', what: 'uninstall', retryAfterSeconds: 5 })
  await parts.receipts.complete(installationId, {
    keysDestroyed: company && mirrorKeysAreGone(organization, connectionId),
  })
  // The CRM removes the hooks of whoever made them; those who are left make them anew.
  if (!company && ownedHooks) await enqueueMirror(parts, organization.id, connectionId, new Date())
  parts.changed(organization.id)
}

/**
 * The organization was deleted, or its subscription ended, before the uninstall was carried out: everything went with it,
 * and that is said.
 */
export async function finishWithOrganization(receipts: Receipts, installationId: string): Promise<void> {
  const asked = await receipts.asked(installationId)
  if (!asked || asked.done) return
  await receipts.remember(installationId, { agreement: undefined, counts: new Map() })
  await receipts.complete(installationId, { keysDestroyed: true })
}

/** A job queued by an earlier version has no record yet. */
async function askedFor(
  { receipts, installations }: { receipts: Receipts; installations: Installations },
  installationId: string,
  userId: string,
): Promise<Asked | undefined> {
  const asked = await receipts.asked(installationId)
  if (asked) return asked
  const installation = await installations.get(installationId)
  if (installation) await installations.beginEnd(installation, userId, 'uninstall')
  return receipts.asked(installationId)
}

/** Asked of the ring itself: a receipt says what is so, not what was meant. */
function mirrorKeysAreGone(organization: Organization, connectionId: string): boolean {
  try {
    organization.keys.hash('receipt', connectionId, connectionId)
    return false
  } catch (error) {
    if (failureOf(error)?.code !== 'unreadable') throw error
    return true
  }
}

async function ownsHooks(
  organization: Organization,
  connectionId: string,
  installationId: string,
): Promise<boolean> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ hooks_by: string | null }>('select hooks_by from connections where id = $1', [connectionId]),
    'connect the systems',
  )
  // Hooks made before their owner was kept may be anybody's.
  return row?.hooks_by == null || row.hooks_by === installationId
}

/** An app that existed in this company only is gone from there, and with it the use of its credentials. */
export async function forgetOwnApp(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(`update connections set settings_sealed = null where id = $1 and side = 'crm'`, [connectionId]),
    'connect the systems',
  )
}

/** Calls are told for all CRMs together. */
async function isOnlyCrm(organization: Organization, connectionId: string): Promise<boolean> {
  const other = await organization.transaction(
    (db) =>
      db.row(
        `select 1 from connections where side = 'crm' and company_ref is not null and id <> $1 limit 1`,
        [connectionId],
      ),
    'connect the systems',
  )
  return other === undefined
}

async function forgetHooks(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction(
    (db) =>
      db.rows(
        `update connections set hook_ids = '{}', hooks_by = null, hooks_state = 'none', hooks_checked_at = null where id = $1`,
        [connectionId],
      ),
    'connect the systems',
  )
}
