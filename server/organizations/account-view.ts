import type { App } from '../app.ts'
import type { OrganizationView } from '../http/shapes.ts'
import { connectionViews, healthOf } from './connection-health.ts'
import type { CustomerAccount } from './subscriptions.ts'

/** One whose database cannot be used is in trouble; the others' rows do not suffer from it. */
export async function accountView(app: App, account: CustomerAccount): Promise<OrganizationView> {
  const { createdAt, ...told } = account
  const connections = await connectionsOf(app, account)
  return {
    ...told,
    createdAt: createdAt.toISOString(),
    connections: connections?.length ?? 0,
    health: connections ? healthOf(connections) : 'trouble',
  }
}

async function connectionsOf(app: App, { id, subscription }: CustomerAccount) {
  // There is nothing of it that could be well or not.
  if (subscription.state === 'ending' || subscription.state === 'ended') return []
  try {
    return await connectionViews(app, await app.organizations.get(id), { withNames: false })
  } catch (error) {
    app.log.failure('organization-not-readable', error, { organizationId: id })
    return undefined
  }
}
