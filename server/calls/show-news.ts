import type { Purpose } from '../../policy/index.ts'
import type { Organization } from '../organizations/organization.ts'

/**
 * Something around a call has changed that no event told: what became of it in the CRM, for instance. Screens tell news
 * from what they know by the call's version, so that counts too.
 * @param parts.show shows the call, as it is stored, on the screens of all nodes
 */
export async function showNews(
  parts: { show(organization: Organization, callId: string): Promise<void> },
  organization: Organization,
  callId: string,
  purpose: Purpose,
): Promise<void> {
  await organization.transaction(
    async (db) => db.send('update calls set version = version + 1 where id = $1', [callId]),
    purpose,
  )
  await parts.show(organization, callId)
}
