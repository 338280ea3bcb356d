import type { Cards } from '../sandbox/bitrix24/cards.ts'
import type { NewEntity } from '../sandbox/bitrix24/inputs.ts'
import type { OpenedPage } from '../sandbox/bitrix24/opening.ts'
import { dialTemplate } from '../sandbox/optimcall/commands.ts'
import type { LiveCall, RingOptions } from '../sandbox/optimcall/index.ts'
import { callIdOf } from '../server/calls/call-record.ts'
import type { CallView, ConnectionMade, OrganizationView, PortalPage } from '../server/http/shapes.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { Client } from './client.ts'
import { line } from './company.ts'
import { Desk } from './desk.ts'
import type { Hub } from './hub.ts'
import { until } from './until.ts'

export const portalApp = { clientId: 'local.5f2ce5b0a1b2c3.12345678', clientSecret: 'portal secret' }
const scopes = ['telephony', 'crm', 'placement', 'user_basic']

/** What a hub needs so that portals are served. */
export const portalEnv = (sandbox: Hub['sandbox']): Record<string, string> => ({
  BITRIX24_CLIENT_ID: portalApp.clientId,
  BITRIX24_CLIENT_SECRET: portalApp.clientSecret,
  BITRIX24_OAUTH_URL: sandbox.bitrix24.oauthHost(),
  BITRIX24_SCRIPT_URL: sandbox.bitrix24.scriptUrl.replace(/\/$/, ''),
})

/** Somebody of the portal who has opened our page there. */
export interface PortalUser {
  id: string
  name: string
  email: string
  vendorId: number
  extension: string
  /** carries their session in a header, as the page in the frame does */
  client: BearerClient
  page: OpenedPage
}

/** A page in a frame: no cookies, a token in the header. */
export class BearerClient extends Client {
  readonly token: string
  constructor(base: string, token: string) {
    super(base)
    this.token = token
  }

  override request(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const headers = { ...options.headers, authorization: `Bearer ${this.token}` }
    return super.request(method, path, { ...options, headers })
  }
}

/** One organization with a Bitrix24 portal and a telephone system; its administrator is user 1, at extension 21. */
export class PortalCompany {
  readonly hub: Hub
  readonly id: string
  readonly name: string
  phoneId = ''
  crmId = ''
  installUrl = ''
  #admin: PortalUser | undefined
  readonly #desks: Desk[] = []

  private constructor(hub: Hub, organization: OrganizationView, name: string) {
    this.hub = hub
    this.id = organization.id
    this.name = name
  }

  static async found(
    hub: Hub,
    name: string,
    wish: {
      contacts?: NewEntity[]
      set?: 'connected' | 'complete'
      /** its telephone system; `none`: it has none yet. Default: OptimCall */
      phone?: 'none'
    } = {},
  ): Promise<PortalCompany> {
    const organization = await hub.operator.ok<OrganizationView>('POST', '/api/v1/organizations', {
      name,
      country: 'CZ',
      timeZone: 'Europe/Prague',
    })
    const company = new PortalCompany(hub, organization, name)
    hub.sandbox.bitrix24.createPortal({
      name,
      users: [{ name: 'Anna Nováková', email: `anna@${name}.example`, admin: true }],
      contacts: wish.contacts ?? [],
    })
    if (wish.phone !== 'none') await company.#connectPhone()
    const crm = await company.#connect({ side: 'crm', adapter: 'bitrix24' })
    company.crmId = crm.id
    company.installUrl = crm.installUrl ?? ''
    if (wish.set === 'connected') return company
    company.#admin = await company.install()
    await company.accept()
    if (wish.phone !== 'none') {
      await company.extend(company.admin, '21')
      company.#admin = { ...company.admin, extension: '21' }
    }
    return company
  }

  #connect(body: object): Promise<ConnectionMade> {
    const to = { 'x-organization': this.id }
    return this.hub.operator.ok<ConnectionMade>('POST', '/api/v1/connections', body, to)
  }

  async #connectPhone(): Promise<void> {
    const { optimcall } = this.hub.sandbox
    const tenant = optimcall.createTenant({
      name: this.name,
      company: this.name,
      apiKey: `key-of-${this.name}`,
      maxRetries: 600,
      retryIntervalSeconds: 0.5,
      lines: [{ number: line, name: 'Sales', rings: [] }],
    })
    const phone = await this.#connect({ side: 'phone', adapter: 'optimcall', ownNumbers: [line] })
    this.phoneId = phone.id
    optimcall.configure(this.name, { hookUrl: phone.hookUrl, secret: phone.secret })
    await this.hub.operator.ok(
      'PUT',
      `/api/v1/connections/${phone.id}/settings`,
      { baseUrl: this.hub.sandbox.url, dial: dialTemplate(tenant) },
      { 'x-organization': this.id },
    )
  }

  /** as companies with another CRM are called */
  get domain(): string {
    return this.name
  }

  get admin(): PortalUser {
    if (!this.#admin) throw new Error('nobody has installed yet')
    return this.#admin
  }

  /** The administrator adds the app to the portal and opens its first page, which says that it is done. */
  async install(): Promise<PortalUser> {
    const { bitrix24 } = this.hub.sandbox
    this.registerApp()
    const page = await bitrix24.install({ portal: this.name, userId: 1, clientId: portalApp.clientId })
    if (!page) throw new Error('an app with pages opens one')
    bitrix24.finishInstall({ portal: this.name, clientId: portalApp.clientId })
    const user = await this.#userOn(page, 1)
    this.#admin = user
    return user
  }

  /** A user of the portal opens the app. */
  async opens(userId: number): Promise<PortalUser> {
    this.registerApp()
    const page = await this.hub.sandbox.bitrix24.openApp({
      portal: this.name,
      userId,
      clientId: portalApp.clientId,
    })
    return this.#userOn(page, userId)
  }

  readonly given = {
    /** Somebody new in the portal, who has opened the app and has a telephone. */
    user: async (extension: string): Promise<PortalUser> => {
      const user = await this.given.userWithoutPhone({
        name: `Colleague ${extension}`,
        login: `user-${extension}`,
      })
      await this.extend(user, extension)
      return { ...user, extension }
    },

    /** Somebody new in the portal, who has opened the app, and of whose telephone nobody knows yet. */
    userWithoutPhone: async (wish: { name: string; login: string }): Promise<PortalUser> => {
      const email = `${wish.login}@${this.name}.example`
      const { id } = this.hub.sandbox.bitrix24.people.addUser(this.name, { name: wish.name, email })
      return this.opens(id)
    },
  }

  async accept(): Promise<void> {
    const { version } = await this.admin.client.ok<{ version: string }>('GET', '/api/v1/agreement')
    await this.admin.client.ok('POST', '/api/v1/agreement/accept', { version })
  }

  async extend(user: PortalUser, extension: string): Promise<void> {
    const { optimcall } = this.hub.sandbox
    const { extensions } = optimcall.tenant(this.name)
    optimcall.configure(this.name, { extensions: [...extensions, { number: extension, name: extension }] })
    await this.admin.client.ok('PUT', `/api/v1/users/${user.id}/extensions`, { extensions: [extension] })
  }

  readonly phone = {
    rings: async (call: Omit<RingOptions, 'to' | 'ring' | 'tenant'> & { to: string[] }) => {
      const { to, ...rest } = call
      const live = this.hub.sandbox.optimcall.ring({ ...rest, tenant: this.name, ring: to })
      await this.hub.sandbox.idle()
      return live
    },
    dials: async (call: { from: string; to: string }) => {
      const live = this.hub.sandbox.optimcall.dial({ ...call, tenant: this.name })
      await this.hub.sandbox.idle()
      return live
    },
    answers: async ({ id }: Pick<LiveCall, 'id'>, number: string): Promise<void> => {
      this.hub.sandbox.optimcall.answer(id, number)
      await this.hub.sandbox.idle()
    },
    hangsUp: async ({ id }: Pick<LiveCall, 'id'>, by: 'caller' | 'callee' = 'caller'): Promise<void> => {
      this.hub.sandbox.optimcall.hangUp(id, by)
      await this.hub.sandbox.idle()
    },
  }

  /** At whose screens a card is open now, by the portal's own account. */
  shownTo(): number[] {
    return this.cards.shown.map(({ userId }) => userId).sort()
  }

  get cards(): Cards {
    return this.hub.sandbox.bitrix24.cards(this.name)
  }

  async shows(userIds: number[]): Promise<void> {
    const wished = JSON.stringify([...userIds].sort())
    await until(`cards are open at ${wished}, now ${JSON.stringify(this.shownTo())}`, () =>
      Promise.resolve(JSON.stringify(this.shownTo()) === wished),
    )
  }

  /** The records the portal holds, each by our reference or its own id. */
  records() {
    return this.hub.sandbox.bitrix24.externalCalls(this.name)
  }

  statistics() {
    return this.hub.sandbox.bitrix24.portal(this.name).statistics
  }

  async written(call: Pick<LiveCall, 'id'>): Promise<void> {
    const id = await this.callId(call)
    await until('the call is written', async () => {
      const [row] = await this.query<{ state: string }>('select state from call_logs where call_id = $1', [
        id,
      ])
      return row?.state === 'written'
    })
  }

  /** What the portal holds of a written call: under our reference, and in its statistics. */
  async recordOf(call: Pick<LiveCall, 'id'>) {
    const { log, remote } = await this.view(call)
    const records = this.records().filter(({ externalCallId }) => externalCallId === log.reference)
    const rows = this.statistics().filter(({ phone }) => phone === remote.e164)
    return { records, rows }
  }

  async callId({ id }: Pick<LiveCall, 'id'>): Promise<string> {
    return callIdOf(await this.organization(), this.phoneId, id)
  }

  async view(call: Pick<LiveCall, 'id'>, user = this.admin): Promise<CallView> {
    return user.client.ok<CallView>('GET', `/api/v1/calls/${await this.callId(call)}`)
  }

  async deskOf(user: PortalUser): Promise<Desk> {
    const desk = await new Desk(user.client).open()
    this.#desks.push(desk)
    return desk
  }

  async query<R extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<R[]> {
    const { databases } = this.hub
    return databases.in<R>(await databases.of(this.id), sql, values)
  }

  organization(): Promise<Organization> {
    return this.hub.app.organizations.get(this.id)
  }

  async close(): Promise<void> {
    await Promise.all(this.#desks.map((desk) => desk.close()))
  }

  /** The app as this company's administrator enters it. */
  registerApp(): void {
    const { url } = this.hub
    this.hub.sandbox.bitrix24.registerApp({
      ...portalApp,
      installUrl: this.installUrl,
      handlerUrl: `${url}/apps/bitrix24/app`,
      scopes,
    })
  }

  async #userOn(page: OpenedPage, vendorId: number): Promise<PortalUser> {
    const said = saidOn(page)
    if (said?.state !== 'open')
      throw new Error(`the page does not open: ${JSON.stringify(said)} ${page.status}`)
    const client = new BearerClient(this.hub.url, said.token)
    const { name, lastName, email } = this.hub.sandbox.bitrix24.portal(this.name).user(vendorId)
    const known = { id: said.userId, name: `${name} ${lastName}`, email, vendorId }
    return { ...known, extension: '', client, page }
  }
}

/** What our page was told, as its own script reads it. */
export function saidOn({ body }: OpenedPage): PortalPage | undefined {
  const content = /<meta name="ringfence-portal" content="([^"]*)"/.exec(body)?.[1]
  if (content === undefined) return undefined
  const text = content.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return JSON.parse(text) as PortalPage
}
