import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionMade, ConnectionView, OrganizationView, UserView } from '../server/http/shapes.ts'
import { BrowserSession } from './browser-session.ts'

/** What the sandbox says of the world it stands in for. */
export interface World {
  company: { domain: string }
  app: { clientId: string; clientSecret: string; scopes: string[] }
  users: { anna: number; boris: number }
  tenant: string
  lines: string[]
  extensions: { anna: string; boris: string }
  /** how a call is asked for there, as an administrator would set it */
  dial: object
}

export interface SetUp {
  organizationId: string
  anna: BrowserSession
  boris: BrowserSession
}

/** The operator, who was printed a link. */
export async function signInOperator(url: string, link: string): Promise<BrowserSession> {
  const operator = new BrowserSession(url)
  await operator.call('POST', '/api/v1/session/link', { token: link.split('#')[1] })
  return operator
}

/** Does by the API what an operator, an administrator and an agent do by hand on the first day. */
export async function setUpDemo(options: {
  url: string
  operator: BrowserSession
  sandbox: Control
  /** where the phone system is */
  phoneUrl: string
  world: World
}): Promise<SetUp> {
  const { url, sandbox, world, operator } = options
  const organization = await operator.call<OrganizationView>('POST', '/api/v1/organizations', {
    name: 'Acme',
    country: 'CZ',
    timeZone: 'Europe/Prague',
    language: 'en',
  })
  const for_ = { 'x-organization': organization.id }
  const phone = await operator.call<ConnectionMade>(
    'POST',
    '/api/v1/connections',
    { side: 'phone', adapter: 'optimcall', ownNumbers: world.lines },
    for_,
  )
  const settings = { baseUrl: options.phoneUrl, recordings: 'attach', dial: world.dial }
  await operator.call('PUT', `/api/v1/connections/${phone.id}/settings`, settings, for_)
  const crm = await operator.call<ConnectionMade>(
    'POST',
    '/api/v1/connections',
    { side: 'crm', adapter: 'pipedrive' },
    for_,
  )
  await sandbox('optimcall/configure', { name: world.tenant, hookUrl: phone.hookUrl, secret: phone.secret })
  const anna = new BrowserSession(url)
  await anna.signIn(crm.installUrl ?? '', world.users.anna)
  const agreement = await anna.call<{ version: string }>('GET', '/api/v1/agreement')
  await anna.call('POST', '/api/v1/agreement/accept', { version: agreement.version })
  const boris = new BrowserSession(url)
  await boris.signIn('/apps/pipedrive/install', world.users.boris)
  const { users } = await anna.call<{ users: UserView[] }>('GET', '/api/v1/users')
  for (const user of users) {
    const extension = user.name.includes('Anna') ? world.extensions.anna : world.extensions.boris
    await anna.call('PUT', `/api/v1/users/${user.id}/extensions`, { extensions: [extension] })
  }
  await mirrorComplete(anna)
  return { organizationId: organization.id, anna, boris }
}

export async function mirrorComplete(session: BrowserSession): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { connections } = await session.call<{ connections: ConnectionView[] }>(
      'GET',
      '/api/v1/connections',
    )
    if (connections.some((connection) => connection.mirror?.state === 'complete')) return
    await sleep(200)
  }
  throw new Error('The contacts were not copied within a minute.')
}

/** A function of the sandbox by its control address. */
export type Control = <T = unknown>(name: string, input?: unknown) => Promise<T>

export function controlOf(sandboxUrl: string): Control {
  return async <T>(name: string, input?: unknown) => {
    const answer = await fetch(`${sandboxUrl}/control/${name}`, {
      ...(input === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(input), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${name}`)
    const text = await answer.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}
