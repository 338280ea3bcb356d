import type { App } from '../app.ts'
import { failed } from '../failure.ts'
import type { ConnectionMade } from '../http/shapes.ts'
import { makeConnection, setOwnNumbers } from './connections.ts'
import type { Organization } from './organization.ts'

export type ConnectParts = Pick<App, 'phones' | 'crms' | 'hooks' | 'oneTimeTokens' | 'url'>

/**
 * Connects a phone system (hook address and secret, told once) or a CRM (the address where its first user installs).
 * @throws RingfenceError `not-found` for an adapter this installation does not have
 */
export async function connect(
  parts: ConnectParts & { changed(organizationId: string): void },
  organization: Organization,
  wish: { side: 'phone' | 'crm'; adapter: string; ownNumbers?: readonly string[] },
): Promise<ConnectionMade> {
  const adapters = wish.side === 'phone' ? parts.phones : parts.crms
  if (!adapters.has(wish.adapter)) failed({ code: 'not-found', what: 'adapter' })
  const id = await makeConnection(organization, wish.side, wish.adapter)
  if (wish.side === 'crm') {
    const invitation = await parts.oneTimeTokens.make('install', organization.id)
    parts.changed(organization.id)
    return { id, installUrl: `${parts.url}/apps/${wish.adapter}/install?invite=${invitation}` }
  }
  if (wish.ownNumbers && wish.ownNumbers.length > 0) await setOwnNumbers(organization, id, wish.ownNumbers)
  const { key, secret } = await parts.hooks.make({
    organizationId: organization.id,
    connectionId: id,
    side: 'phone',
    adapter: wish.adapter,
    country: organization.country,
  })
  parts.changed(organization.id)
  return { id, hookUrl: `${parts.url}/hooks/${key}`, secret }
}
