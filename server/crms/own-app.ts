import { z } from 'zod'
import { readSettings } from '../organizations/connection-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ConnectionSettings } from '../phones/contract.ts'
import type { AppCredentials } from './contract.ts'

/** What an administrator may set for a portal: the credentials of an app that exists there only. */
const schema = z.strictObject({
  clientId: z.string().trim().min(1).max(200).optional(),
  clientSecret: z.string().trim().min(1).max(200).optional(),
})
export const portalSettings = {
  schema,
  secret: ['clientSecret'],
  sentTo: {},
} as const satisfies ConnectionSettings

/** undefined: the portal uses the app of this installation. */
export async function ownAppOf(
  organization: Organization,
  connectionId: string,
): Promise<AppCredentials | undefined> {
  const { clientId, clientSecret } = await organization.transaction(
    (db) => readSettings(organization, db, connectionId, portalSettings),
    'connect the systems',
  )
  return clientId !== undefined && clientSecret !== undefined ? { clientId, clientSecret } : undefined
}
