import { type LeaveParts, type LeftBehind, leaveCrms } from '../crms/leave-crms.ts'
import type { Organization } from './organization.ts'
import type { Organizations } from './organizations.ts'

/**
 * Uninstalls the app at the organization's CRM as far as it answers, then deletes everything of the organization.
 * @returns what is still at the CRM, for a person to end there
 */
export async function deleteOrganization(
  parts: LeaveParts & { organizations: Organizations },
  organization: Organization,
): Promise<LeftBehind[]> {
  const left = await leaveCrms(parts, organization)
  await parts.organizations.delete(organization.id)
  return left
}
