import { setTimeout as sleep } from 'node:timers/promises'
import type {
  ConnectionMade,
  MyTelephones,
  OrganizationView,
  PortalPage,
  TelephonesView,
  UserView,
} from '../server/http/shapes.ts'
import { BrowserSession } from './browser-session.ts'
import { type Control, mirrorComplete } from './set-up.ts'

export const phones = ['optimcall', 'placetel', 'webex'] as const
export const crms = ['pipedrive', 'bitrix24'] as const
export interface PairChoice {
  phone: (typeof phones)[number]
  crm: (typeof crms)[number]
}

interface Worker {
  id: number
  email: string
  extension: string
}

/** What the sandbox says of a company with one telephone system and one CRM. */
export interface PairWorld extends PairChoice {
  name: string
  app: { clientId: string; clientSecret: string; scopes: string[] }
  anna: Worker
  boris: Worker
  lines: string[]
  apiKey: string
  dial?: object
}

interface Parts {
  url: string
  sandbox: Control
  operator: BrowserSession
  /** where the phone system is */
  phoneUrl: string
}

interface Office extends Parts {
  world: PairWorld
  for_: Record<string, string>
}

/** A company of its own with that telephone system and that CRM: what its people do by hand on the first day. */
export async function setUpPair(parts: Parts, pair: PairChoice): Promise<PairWorld> {
  const world = await parts.sandbox<PairWorld>('demo/seed-pair', pair)
  const { operator } = parts
  const organization = await operator.call<OrganizationView>('POST', '/api/v1/organizations', {
    name: `${titles[pair.phone]} with ${titles[pair.crm]}`,
    country: 'DE',
    timeZone: 'Europe/Berlin',
    language: 'en',
  })
  const office = { ...parts, world, for_: { 'x-organization': organization.id } }
  const made = await operator.call<ConnectionMade>(
    'POST',
    '/api/v1/connections',
    { side: 'crm', adapter: pair.crm },
    office.for_,
  )
  const [anna, boris] = await installs[pair.crm](office, made.installUrl ?? '')
  const phone = await anna.call<ConnectionMade>('POST', '/api/v1/connections', {
    side: 'phone',
    adapter: pair.phone,
    ownNumbers: world.lines,
  })
  await connects[pair.phone](office, phone, [anna, boris])
  return world
}

export const titles = {
  optimcall: 'OptimCall',
  placetel: 'Placetel',
  webex: 'Webex Calling',
  pipedrive: 'Pipedrive',
  bitrix24: 'Bitrix24',
} as const

type People = readonly [BrowserSession, BrowserSession]

async function accept(session: BrowserSession): Promise<void> {
  const { version } = await session.call<{ version: string }>('GET', '/api/v1/agreement')
  await session.call('POST', '/api/v1/agreement/accept', { version })
}

const installs: Record<PairChoice['crm'], (office: Office, installUrl: string) => Promise<People>> = {
  async pipedrive({ url, world }, installUrl) {
    const [anna, boris] = [new BrowserSession(url), new BrowserSession(url)]
    await anna.signIn(installUrl, world.anna.id)
    await accept(anna)
    await boris.signIn('/apps/pipedrive/install', world.boris.id)
    await mirrorComplete(anna)
    return [anna, boris]
  },
  async bitrix24({ url, sandbox, world }, installUrl) {
    const { clientId } = world.app
    const portal = world.name
    await sandbox('bitrix24/register-app', {
      ...world.app,
      installUrl,
      handlerUrl: `${url}/apps/bitrix24/app`,
    })
    const { page } = await sandbox<{ page: { body: string } }>('bitrix24/install', {
      portal,
      userId: world.anna.id,
      clientId,
    })
    await sandbox('bitrix24/finish-install', { portal, clientId })
    const anna = sessionOn(url, page.body)
    await accept(anna)
    const opened = await sandbox<{ body: string }>('bitrix24/open-app', {
      portal,
      userId: world.boris.id,
      clientId,
    })
    await sandbox('bitrix24/set-outgoing', { portal, clientId })
    return [anna, sessionOn(url, opened.body)]
  },
}

/** What our page in the portal was told. */
function sessionOn(url: string, body: string): BrowserSession {
  const content = /<meta name="ringfence-portal" content="([^"]*)"/.exec(body)?.[1] ?? '{}'
  const text = content.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const said = JSON.parse(text) as PortalPage
  if (said.state !== 'open') throw new Error(`the page in the portal does not open: ${JSON.stringify(said)}`)
  return new BrowserSession(url, said.token)
}

/** An administrator connects it, and each user as far as that is theirs to do. */
const connects: Record<
  PairChoice['phone'],
  (office: Office, phone: ConnectionMade, people: People) => Promise<void>
> = {
  async optimcall({ sandbox, world, phoneUrl }, { id, hookUrl, secret }, [anna]) {
    const { users } = await anna.call<{ users: UserView[] }>('GET', '/api/v1/users')
    for (const user of users) {
      const { extension } = user.name.includes('Anna') ? world.anna : world.boris
      await anna.call('PUT', `/api/v1/users/${user.id}/extensions`, { extensions: [extension] })
    }
    const recordings = world.crm === 'pipedrive' ? { recordings: 'attach' } : {}
    const settings = { baseUrl: phoneUrl, dial: world.dial, ...recordings }
    await anna.call('PUT', `/api/v1/connections/${id}/settings`, settings)
    await sandbox('optimcall/configure', { name: world.name, hookUrl, secret })
  },
  async placetel({ world, phoneUrl }, { id }, [anna]) {
    await anna.call('PUT', `/api/v1/connections/${id}/settings`, {
      apiKey: world.apiKey,
      delivery: 'subscription',
      recordings: world.crm === 'pipedrive' ? 'attach' : 'copy',
      recordingHost: new URL(phoneUrl).host,
    })
    await until('the telephones are known', async () => {
      const { users, lines } = await anna.call<TelephonesView>('GET', `/api/v1/connections/${id}/telephones`)
      return lines.length > 0 && users.every(({ state }) => state === 'connected')
    })
    await until('calls are told', async () => {
      const { connections } = await anna.call<{
        connections: { id: string; asked?: { told?: string } }[]
      }>('GET', '/api/v1/connections')
      return connections.some((one) => one.id === id && one.asked?.told === 'subscribed')
    })
  },
  async webex({ url, world }, { id }, people) {
    const recordings = world.crm === 'pipedrive' ? 'attach' : 'link'
    await people[0].call('PUT', `/api/v1/connections/${id}/settings`, { recordings })
    for (const [at, { email }] of [world.anna, world.boris].entries()) {
      const session = people[at]
      const path = `/api/v1/users/me/telephones/${id}/connect`
      const { url: way = '' } = (await session?.call<{ url?: string }>('POST', path)) ?? {}
      await new BrowserSession(url).signIn(way, email)
      await until('the telephone is connected', async () => {
        const mine = await session?.call<MyTelephones>('GET', '/api/v1/users/me/telephones')
        return mine?.telephones.some((one) => one.connectionId === id && one.told === 'subscribed') ?? false
      })
    }
  },
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return
    await sleep(200)
  }
  throw new Error(`It took more than a minute until ${what}.`)
}
