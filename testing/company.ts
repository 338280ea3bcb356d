import type { Sandbox } from '../sandbox/index.ts'
import type { HeldCall, PlayedCall } from '../sandbox/ledger.ts'
import type { LiveCall, RingOptions } from '../sandbox/optimcall/index.ts'
import type { NewTenant } from '../sandbox/optimcall/tenant.ts'
import type { PersonInput } from '../sandbox/pipedrive/persons.ts'
import { callIdOf } from '../server/calls/call-record.ts'
import type { ConnectionMade, ConnectionView, OrganizationView, UserView } from '../server/http/shapes.ts'
import type { Organization } from '../server/organizations/organization.ts'
import { Client } from './client.ts'
import { Desk } from './desk.ts'
import type { Hub } from './hub.ts'
import { until } from './until.ts'

/** Somebody who works for the company and is signed in. */
export interface Colleague {
  /** our id of the user */
  id: string
  name: string
  email: string
  /** the CRM's id of the user */
  vendorId: number
  extension: string
  client: Client
}

export interface Person {
  /** the CRM's id */
  id: number
  name: string
  /** in E.164 where it was given so */
  number: string
}

/** A call as the telephone system plays it. */
export interface Rung {
  /** ours, which follows from the vendor's; empty where the node is a process of its own */
  id: string
  vendorId: string
  live: LiveCall
  played: PlayedCall
}

export interface CompanyWish {
  name?: string
  country?: string
  persons?: PersonInput[]
  language?: 'en' | 'cs'
  /** in the CRM, records can be kept to the owner's group: then what `given.person` makes is for that group */
  groups?: boolean
  /** its telephone system; `none`: it has none yet. Default: OptimCall */
  phone?: 'none'
  /** how far it is set up: `complete` (default) has its contacts mirrored; `installed` waits for the agreement */
  set?: 'created' | 'connected' | 'installed' | 'complete'
}

export const line = '+420222333444'

/** One organization with its CRM account, its telephone system and its people. */
export class Company {
  readonly hub: Hub
  readonly id: string
  readonly name: string
  /** of the account in the CRM, and the name of the telephone system's tenant */
  readonly domain: string
  phoneId = ''
  crmId = ''
  hookUrl = ''
  secret = ''
  installUrl = ''
  #admin: Colleague | undefined
  readonly #desks = new Map<string, Desk>()

  private constructor(hub: Hub, organization: OrganizationView, domain: string) {
    this.hub = hub
    this.id = organization.id
    this.name = organization.name
    this.domain = domain
  }

  /** Does by the API what an operator and an administrator do by hand on the first day. */
  static async found(hub: Hub, number: number, wish: CompanyWish = {}): Promise<Company> {
    const { name = `Company ${number}`, country = 'CZ', language = 'en', set = 'complete' } = wish
    const domain = `company-${number}`
    const organization = await hub.operator.ok<OrganizationView>('POST', '/api/v1/organizations', {
      name,
      country,
      timeZone: 'Europe/Prague',
      language,
    })
    const company = new Company(hub, organization, domain)
    const { pipedrive, optimcall } = hub.sandbox
    pipedrive.createCompany({
      domain,
      name,
      visibilityGroups: wish.groups ?? false,
      ...(wish.persons ? { persons: [] } : {}),
    })
    if (wish.phone !== 'none') {
      optimcall.createTenant({
        name: domain,
        company: domain,
        maxRetries: 600, // what is given up by the sender is not ours to lose
        retryIntervalSeconds: 0.5,
        lines: [{ number: line, name: 'Sales', rings: [] }],
      })
      if (set !== 'created') await company.#connectPhone()
    }
    if (set !== 'created') await company.#connectCrm()
    const admin = pipedrive.addUser(domain, {
      name: `Anna ${number}`,
      email: `anna@${domain}.example`,
      admin: true,
    })
    for (const person of wish.persons ?? []) pipedrive.addPerson(domain, person)
    if (set === 'installed' || set === 'complete') {
      const client = new Client(hub.url)
      await client.signIn(company.installUrl, admin.id)
      company.#admin = {
        id: await company.userId(admin.id),
        name: admin.name,
        email: admin.email,
        vendorId: admin.id,
        extension: '',
        client,
      }
    }
    if (set === 'complete') await company.accept()
    return company
  }

  /** the administrator who installed */
  get admin(): Colleague {
    if (!this.#admin) throw new Error('nobody has installed yet')
    return this.#admin
  }

  /** Accepts the agreement and waits until the contacts are mirrored and the deals read. */
  async accept(): Promise<void> {
    const { version } = await this.admin.client.ok<{ version: string }>('GET', '/api/v1/agreement')
    await this.admin.client.ok('POST', '/api/v1/agreement/accept', { version })
    await this.mirrorComplete()
  }

  async mirrorComplete(): Promise<void> {
    await until('the contacts are mirrored, and the deals read', async () => {
      const [row] = await this.query<{ complete: boolean }>(
        `select mirror_state = 'complete' and deals_state = 'read' as complete from connections where side = 'crm'`,
      )
      return row?.complete === true
    })
  }

  // --- who and what there is -----------------------------------------------------------------------------------

  readonly given = {
    /** A user of the CRM who signs in here, with an extension of their own. */
    user: async (
      wish: {
        name?: string
        extension?: string
        admin?: boolean
        sees?: 'own' | 'all'
        /** in the CRM */
        group?: string
      } = {},
    ): Promise<Colleague> => {
      const { optimcall } = this.hub.sandbox
      const tenant = optimcall.tenant(this.domain)
      const extension = wish.extension ?? String(100 + tenant.extensions.length)
      const name = wish.name ?? `Colleague ${extension}`
      const made = await this.given.userWithoutPhone({ ...wish, name, login: `user-${extension}` })
      optimcall.configure(this.domain, { extensions: [...tenant.extensions, { number: extension, name }] })
      const { id } = made
      await this.admin.client.ok('PUT', `/api/v1/users/${id}/extensions`, { extensions: [extension] })
      if (wish.sees) await this.admin.client.ok('PUT', `/api/v1/users/${id}/sees`, { sees: wish.sees })
      return { ...made, extension }
    },

    /** A user of the CRM who signs in here, and of whose telephone nobody knows yet. */
    userWithoutPhone: async (wish: {
      name: string
      /** of their e-mail, what stands before the `@` */
      login: string
      admin?: boolean
      group?: string
    }): Promise<Colleague> => {
      const { name, login, admin = false, group = '' } = wish
      const email = `${login}@${this.domain}.example`
      const user = this.hub.sandbox.pipedrive.addUser(this.domain, { name, email, admin, group })
      const client = new Client(this.hub.url)
      await client.signIn('/apps/pipedrive/install', user.id)
      const id = await this.userId(user.id)
      return { id, name, email, vendorId: user.id, extension: '', client }
    },

    /** A person in the CRM. `number` as somebody typed it. Resolves when the CRM has told us. */
    person: async (
      wish: { name?: string; number?: string; owner?: Colleague; shared?: boolean } & Omit<
        PersonInput,
        'name' | 'owner_id' | 'visible_to'
      > = {},
    ): Promise<Person> => {
      const { name = 'Ada Lovelace', number = '+442079460123', owner = this.admin, shared, ...rest } = wish
      const person = this.hub.sandbox.pipedrive.addPerson(this.domain, {
        name,
        phones: [{ value: number, primary: true }],
        owner_id: owner.vendorId,
        visible_to: shared === false ? 1 : 3,
        ...rest,
      })
      await this.hub.sandbox.idle()
      return { id: person.id, name, number }
    },
  }

  /** A screen that this user holds from now on. */
  async deskOf(user: Colleague): Promise<Desk> {
    const held = this.#desks.get(user.id)
    if (held) return held
    const desk = new Desk(user.client)
    this.#desks.set(user.id, desk)
    return desk.open()
  }

  // --- what the telephone system does --------------------------------------------------------------------------

  /** Each resolves when its events were delivered, or given up. */
  readonly phone = {
    rings: async (
      call: Omit<RingOptions, 'to' | 'ring' | 'tenant'> & { to: string | string[] },
    ): Promise<Rung> => {
      const { to, ...rest } = call
      const live = this.hub.sandbox.optimcall.ring({
        ...rest,
        tenant: this.domain,
        ring: typeof to === 'string' ? [to] : to,
      })
      return this.#rung(live)
    },
    dials: async (call: { from: string; to: string }): Promise<Rung> =>
      this.#rung(this.hub.sandbox.optimcall.dial({ ...call, tenant: this.domain })),
    answers: async (call: Rung, number: string): Promise<void> => {
      this.hub.sandbox.optimcall.answer(call.vendorId, number)
      await this.hub.sandbox.idle()
    },
    hangsUp: async (call: Rung, by: 'caller' | 'callee' = 'caller'): Promise<void> => {
      this.hub.sandbox.optimcall.hangUp(call.vendorId, by)
      await this.hub.sandbox.idle()
    },
    /** A whole short call that somebody answers. */
    calls: async (call: { from: string; to: string }): Promise<Rung> => {
      const rung = await this.phone.rings(call)
      await this.phone.answers(rung, call.to)
      await this.phone.hangsUp(rung)
      return rung
    },
  }

  /** Delivers one event as the telephone system would, or whatever else is posted. @returns the status */
  async hook(body: unknown, headers: Record<string, string> = {}): Promise<number> {
    const answer = await fetch(this.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-optimcall-key': this.secret, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    await answer.arrayBuffer()
    return answer.status
  }

  // --- what the CRM holds --------------------------------------------------------------------------------------

  /** The call's only entry in the CRM, once we hold it for written. */
  async written(call: Rung): Promise<HeldCall> {
    const isWritten = async () =>
      call.id === ''
        ? this.hub.sandbox.ledger.heldFor(call.played).length > 0
        : (await this.logOf(call))?.state === 'written'
    await until('the call is written', isWritten)
    const [held, ...more] = this.hub.sandbox.ledger.heldFor(call.played)
    if (!held || more.length > 0)
      throw new Error(`the CRM holds the call ${held ? more.length + 1 : 0} times`)
    return held
  }

  async logOf(call: Rung): Promise<{ state: string; reason: string | null; tries: number } | undefined> {
    const [row] = await this.query<{ state: string; reason: string | null; tries: number }>(
      'select state, reason, tries from call_logs where call_id = $1',
      [call.id],
    )
    return row
  }

  // --- what is stored ------------------------------------------------------------------------------------------

  async query<R extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<R[]> {
    const { databases } = this.hub
    return databases.in<R>(await databases.of(this.id), sql, values)
  }

  organization(): Promise<Organization> {
    return this.hub.app.organizations.get(this.id)
  }

  async userId(vendorId: number): Promise<string> {
    const [row] = await this.query<{ id: string }>('select id from users where external_id = $1', [
      String(vendorId),
    ])
    if (!row) throw new Error('the user has not signed in')
    return row.id
  }

  async users(): Promise<UserView[]> {
    return (await this.admin.client.ok<{ users: UserView[] }>('GET', '/api/v1/users')).users
  }

  async close(): Promise<void> {
    await Promise.all([...this.#desks.values()].map((desk) => desk.close()))
    this.#desks.clear()
  }

  /** From now on we connect to the telephone system, which delivers nothing to the hook any more. */
  async listens(wish: { token?: string; socket?: NewTenant['socket'] } = {}): Promise<void> {
    const { optimcall } = this.hub.sandbox
    optimcall.configure(this.domain, { mode: 'websocket', socket: { token: 'opens', ...wish.socket } })
    await this.sets({
      delivery: 'websocket',
      socketUrl: optimcall.socketUrl(this.domain),
      socketToken: wish.token ?? 'opens',
    })
  }

  /** The administrator changes settings of the telephone system. */
  async sets(settings: Record<string, unknown>): Promise<void> {
    await this.admin.client.ok('PUT', `/api/v1/connections/${this.phoneId}/settings`, settings)
  }

  /** The card of the telephone system, as an administrator sees it. */
  async phoneCard(): Promise<ConnectionView> {
    const { connections } = await this.admin.client.ok<{ connections: ConnectionView[] }>(
      'GET',
      '/api/v1/connections',
    )
    const card = connections.find(({ id }) => id === this.phoneId)
    if (!card) throw new Error('the company has no telephone system')
    return card
  }

  async #connectPhone(): Promise<void> {
    const to = { 'x-organization': this.id }
    const phone = await this.hub.operator.ok<ConnectionMade>(
      'POST',
      '/api/v1/connections',
      { side: 'phone', adapter: 'optimcall', ownNumbers: [line] },
      to,
    )
    this.phoneId = phone.id
    this.hookUrl = phone.hookUrl ?? ''
    this.secret = phone.secret ?? ''
    this.hub.sandbox.optimcall.configure(this.domain, { hookUrl: this.hookUrl, secret: this.secret })
  }

  async #connectCrm(): Promise<void> {
    const crm = await this.hub.operator.ok<ConnectionMade>(
      'POST',
      '/api/v1/connections',
      { side: 'crm', adapter: 'pipedrive' },
      { 'x-organization': this.id },
    )
    this.crmId = crm.id
    this.installUrl = crm.installUrl ?? ''
  }

  async #rung(live: LiveCall): Promise<Rung> {
    await this.hub.sandbox.idle()
    return this.rung(live)
  }

  /** What is known of a call that the sandbox plays. */
  async rung(live: Pick<LiveCall, 'id'>): Promise<Rung> {
    const played = this.hub.sandbox.ledger.calls.find((call) => call.id === live.id)
    if (!played) throw new Error('no such call')
    const { inProcess } = this.hub.node(0)
    const id = inProcess ? callIdOf(await this.organization(), this.phoneId, live.id) : ''
    return { id, vendorId: live.id, live: live as LiveCall, played }
  }
}

export type { Sandbox }
