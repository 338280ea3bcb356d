import { type LeaveParts, type LeftBehind, leaveCrms } from '../crms/leave-crms.ts'
import { leavePhones } from '../phones/disconnect.ts'
import type { LeavingParts } from '../phones/subscription.ts'
import type { Organization } from './organization.ts'
import type { Organizations } from './organizations.ts'

/**
 * Has phone systems forget us and uninstalls the app at the organization's CRM, as far as they answer, then deletes
 * everything of the organization.
 * @returns what is still at the CRM, for a person to end there
 */
export async function deleteOrganization(
  parts: LeaveParts & LeavingParts & { organizations: Organizations },
  organization: Organization,
): Promise<LeftBehind[]> {
  await leavePhones(parts, organization, undefined)
  const left = await leaveCrms(parts, organization)
  await parts.organizations.delete(organization.id)
  return left
}
