import { defaultPatienceMs, type LeaveParts, type LeftBehind, leaveCrms } from '../crms/leave-crms.ts'
import type { Cluster } from '../database/cluster.ts'
import { failed } from '../failure.ts'
import { leavePhonesInTime } from '../phones/disconnect.ts'
import type { LeavingParts } from '../phones/subscription.ts'
import { oneAtATime } from './end-subscription.ts'
import type { Organization } from './organization.ts'
import type { Organizations } from './organizations.ts'
import { customerAccount } from './subscriptions.ts'

type DeletingParts = LeaveParts & LeavingParts & { organizations: Organizations }

/**
 * Has phone systems forget us and uninstalls the app at the organization's CRM, as far as they answer in time, then deletes
 * everything of the organization.
 * @returns what is still at the CRM, for a person to end there
 */
export async function deleteOrganization(
  parts: DeletingParts,
  organization: Organization,
): Promise<LeftBehind[]> {
  const [left] = await Promise.all([
    leaveCrms(parts, organization),
    leavePhonesInTime(parts, organization, parts.patienceMs ?? defaultPatienceMs),
  ])
  await parts.organizations.delete(organization.id)
  return left
}

/**
 * The same of one whose subscription may have ended: others were left then, and its name is all there is.
 * @throws RingfenceError `not-found`, `conflict` while its subscription is just ending
 */
export async function deleteCustomer(
  parts: DeletingParts & { cluster: Cluster },
  organizationId: string,
): Promise<LeftBehind[]> {
  return oneAtATime(parts.cluster, organizationId, async () => {
    const { subscription } = await customerAccount(parts.cluster, organizationId)
    if (subscription.state === 'ending') failed({ code: 'conflict', with: 'the end of the subscription' })
    if (subscription.state !== 'ended')
      return deleteOrganization(parts, await parts.organizations.get(organizationId))
    await parts.organizations.delete(organizationId)
    return []
  })
}
