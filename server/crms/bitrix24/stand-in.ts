import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '../../../sandbox/index.ts'
import { createEgress } from '../../egress/index.ts'
import type { RawRequest } from '../../phones/contract.ts'
import type { CrmSession, Feature, PortalVisit, Tokens } from '../contract.ts'
import type { Bitrix24, Bitrix24Options } from './index.ts'
import { createBitrix24 } from './index.ts'

/** For tests: this adapter, connected to the stand-in for Bitrix24, with a portal `acme` and our app. */

export const app = { clientId: 'local.5f2ce5b0a1b2c3.12345678', clientSecret: 'app secret' }
export const [anna, boris] = ['1', '2']
type Sandbox = Awaited<ReturnType<typeof startSandbox>>

/** A page that was opened or an event that was sent, as it came. */
export interface Arrived {
  request: RawRequest
  query: Record<string, string>
  path: string
}

export async function connectStandIn(more: Partial<Bitrix24Options> = {}) {
  const sandbox = await startSandbox()
  const ours = await listen()
  const { host } = new URL(sandbox.url)
  const egress = createEgress({ declared: [], privateHosts: [host] })
  const { bitrix24 } = sandbox
  bitrix24.registerApp({
    ...app,
    installUrl: `${ours.url}/install`,
    handlerUrl: `${ours.url}/app`,
    scopes: ['telephony', 'crm', 'placement', 'user_basic'],
  })
  bitrix24.createPortal({
    name: 'acme',
    users: [
      { name: 'Anna Nováková', email: 'anna@acme.example', innerPhone: '21', admin: true },
      { name: 'Boris Král', email: 'boris@acme.example', innerPhone: '22' },
    ],
  })
  const options: Bitrix24Options = {
    egress,
    ...app,
    oauthUrl: bitrix24.oauthHost(),
    retries: { wait: async () => undefined },
    ...more,
  }
  const crm = createBitrix24(options)
  return {
    sandbox,
    bitrix24,
    crm,
    options,
    egress,
    arrived: ours.arrived,
    url: ours.url,
    /** the app is added to the portal and its installer's page opened */
    async install(): Promise<Arrived> {
      await bitrix24.install({ portal: 'acme', userId: Number(anna), clientId: app.clientId })
      return last(ours.arrived)
    },
    finishInstall: () => bitrix24.finishInstall({ portal: 'acme', clientId: app.clientId }),
    /** a user opens the app in the portal */
    async open(userRef: string): Promise<Arrived> {
      await bitrix24.openApp({ portal: 'acme', userId: Number(userRef), clientId: app.clientId })
      return last(ours.arrived)
    },
    async close() {
      await egress.close()
      await sandbox.close()
      await ours.close()
    },
  }
}
export type StandIn = Awaited<ReturnType<typeof connectStandIn>>

const last = (arrived: readonly Arrived[]): Arrived => {
  const one = arrived.at(-1)
  if (!one) throw new Error('nothing arrived')
  return one
}

export interface TestSession extends CrmSession {
  spent: Map<Feature, number>
  tokens: Tokens
  renewals: number
}

/** An installation whose tokens are held here, where the server holds them sealed in its database. */
export function sessionOf(crm: Bitrix24, { identity, tokens }: PortalVisit): TestSession {
  const session: TestSession = {
    installationId: `installation of ${identity.userRef}`,
    connectionId: 'connection',
    organizationId: 'organization',
    userRef: identity.userRef,
    apiBase: tokens.apiBase,
    tokens,
    spent: new Map(),
    renewals: 0,
    accessToken: async () => session.tokens.accessToken,
    async renewed() {
      session.renewals += 1
      session.tokens = await crm.refresh(session.tokens.refreshToken)
      return session.tokens.accessToken
    },
    spend: (feature, price) => session.spent.set(feature, (session.spent.get(feature) ?? 0) + price),
    allowance: () => undefined,
  }
  return session
}

/** Installed by Anna, who administers the portal. */
export async function installed(on: StandIn): Promise<TestSession> {
  const { request, query } = await on.install()
  const visit = await on.crm.portal.readVisit(request, query)
  on.finishInstall()
  return sessionOf(on.crm, visit)
}

export async function opened(on: StandIn, userRef: string): Promise<TestSession> {
  const { request, query } = await on.open(userRef)
  return sessionOf(on.crm, await on.crm.portal.readVisit(request, query))
}

/** An address of ours: it keeps what comes, to the byte. */
async function listen() {
  const arrived: Arrived[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    const url = new URL(request.url ?? '/', 'http://ours')
    arrived.push({
      request: { method: request.method ?? '', headers: request.headers, body: Buffer.concat(pieces) },
      query: Object.fromEntries(url.searchParams),
      path: url.pathname,
    })
    response.end('ok')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    arrived,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

export type { Sandbox }
