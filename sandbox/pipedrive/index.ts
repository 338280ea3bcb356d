import { z } from 'zod'
import type { Faults } from '../faults.ts'
import { basicHeader } from '../http.ts'
import type { HeldCall } from '../ledger.ts'
import { type Parts, StandIn } from '../parts.ts'
import { sendHook } from '../send-hook.ts'
import type { Specs } from '../specs.ts'
import { heldCalls } from './call-logs.ts'
import { Deals } from './deals.ts'
import { organizationHookData } from './organizations.ts'
import { contactPoints, PersonInput, personHookData, splitName } from './persons.ts'
import { userHookData } from './users.ts'
import { type Change, WebhookSender } from './webhooks.ts'
import { Company, isVisible, type Organization, type Person, type User } from './world.ts'

/** A page of the app that Pipedrive shows in a frame. */
export const Extension = z.strictObject({
  name: z.string().min(1).max(30),
  iframeUrl: z.url(),
  /** Signs its tokens; without one the client secret does. */
  jwtSecret: z.string().min(1).optional(),
})
export type Extension = z.infer<typeof Extension>

/** An app as registered in Pipedrive's Developer Hub. */
export const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  callbackUrl: z.url(),
  extensions: z
    .strictObject({ floatingWindow: Extension.optional(), panel: Extension.optional() })
    .optional(),
  /** `base` is always added. */
  scopes: z.array(z.string()),
})
export type App = z.infer<typeof App>

export const NewUser = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  admin: z.boolean().default(false),
  /** Path of the visibility group, `/` between a group and its sub-group. */
  group: z.string().default(''),
  language: z.enum(['cs', 'en']).default('en'),
  timezone: z.string().default('Europe/Prague'),
})
export type NewUser = z.input<typeof NewUser>

export const NewCompany = z.strictObject({
  domain: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().optional(),
  country: z.string().length(2).default('CZ'),
  plan: z.enum(['Lite', 'Growth', 'Premium', 'Ultimate']).default('Lite'),
  /** Multiplies the daily token budget. */
  seats: z.number().int().positive().default(3),
  /** Records can be kept to their owner's group, as on some plans. */
  visibilityGroups: z.boolean().default(false),
  users: z.array(NewUser).default([]),
  persons: z.array(PersonInput).default([]),
})
export type NewCompany = z.input<typeof NewCompany>

export const PipedriveSettings = z.strictObject({
  /** A refresh gives a new refresh token and the old one dies; otherwise the same one comes back. */
  rotateRefreshTokens: z.boolean().default(true),
  accessTokenSeconds: z.number().int().positive().default(3599),
  codeSeconds: z.number().int().positive().default(300),
  /** The two undocumented daily headers can be missing. */
  dailyHeaders: z.boolean().default(true),
  /** The real service refuses plain http. */
  requireHttpsWebhooks: z.boolean().default(false),
  /** Whether users without administrator rights may make webhooks; not documented for every plan and permission set. */
  webhooksForEverybody: z.boolean().default(true),
  webhookTimeoutMs: z.number().positive().default(10_000),
  /** Factor on the waits between webhook retries (3, 30, 150 s) and on the 30-minute ban. */
  retryScale: z.number().nonnegative().default(1),
  /** Whether a search by digits finds numbers written with blanks and brackets; not documented. */
  searchIgnoresFormatting: z.boolean().default(true),
  /** Whether a list sent by PATCH is added to the one there instead of taking its place; not documented. */
  patchAddsToLists: z.boolean().default(false),
  /** Whether a revoke by the app also sends the uninstall callback; not documented. */
  revokeSendsUninstall: z.boolean().default(false),
  /** Order of GET /callLogs; not documented. */
  callLogOrder: z.enum(['newest-first', 'oldest-first']).default('newest-first'),
  /** key_string of activity types that the account has switched off. */
  inactiveActivityTypes: z.array(z.string()).default([]),
})
export type PipedriveSettings = z.output<typeof PipedriveSettings>

type Code = { clientId: string; company: Company; user: User; expiresAt: number }
type Installation = {
  clientId: string
  company: Company
  user: User
  refreshToken: string
  refreshUsedAt: number
}
type Access = { installation: Installation; expiresAt: number }
type Actor = { by: number; source: 'app' | 'api' }

const firstUserId = 101
const firstCompanyId = 54_235_233
const refreshLifeMs = 60 * 24 * 3_600_000

export type TokenResponse = {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  refresh_token: string
  scope: string
  api_domain: string
}

/** The stand-in for Pipedrive: its state, and the functions by which a test or the demo moves it. */
export class Pipedrive extends StandIn {
  readonly faults: Faults
  /** The vendor's own descriptions, where they are at hand. */
  readonly specs: Specs | undefined
  readonly companies = new Map<string, Company>()
  readonly apps = new Map<string, App>()
  settings: PipedriveSettings
  readonly #startSettings: PipedriveSettings
  readonly #webhooks: WebhookSender
  /** what people do with deals and leads */
  readonly deals = new Deals(this)
  #codes = new Map<string, Code>()
  #installations = new Map<string, Installation>()
  #access = new Map<string, Access>()
  #lastUserId = firstUserId - 1
  #lastCompanyId = firstCompanyId - 1

  constructor(
    options: Parts & {
      faults: Faults
      specs: Specs | undefined
      settings: z.input<typeof PipedriveSettings>
    },
  ) {
    super(options)
    this.faults = options.faults
    this.specs = options.specs
    this.#startSettings = PipedriveSettings.parse(options.settings)
    this.settings = { ...this.#startSettings }
    this.#webhooks = new WebhookSender(this)
  }

  /** Base address of the OAuth host; `/oauth/authorize` and so on follow it. */
  get oauthHost(): string {
    return `${this.url}/pipedrive/oauth-host`
  }

  /** `api_domain` of a company. */
  apiDomain(domain: string): string {
    return `${this.url}/pipedrive/${domain}`
  }

  set(settings: Partial<PipedriveSettings>): void {
    this.settings = PipedriveSettings.parse({ ...this.settings, ...settings })
  }

  // --- set up ------------------------------------------------------------------------------------------------

  /** Registers an app, or changes the one with this client id. */
  registerApp(app: App): void {
    const parsed = App.parse(app)
    this.apps.set(parsed.clientId, { ...parsed, scopes: [...new Set(['base', ...parsed.scopes])] })
  }

  createCompany(options: NewCompany): Company {
    const { users, persons, ...rest } = NewCompany.parse(options)
    if (this.companies.has(rest.domain)) throw new Error(`company ${rest.domain} exists`)
    this.#lastCompanyId += 1
    const company = new Company({
      ...rest,
      id: this.#lastCompanyId,
      name: rest.name ?? rest.domain,
    })
    this.companies.set(company.domain, company)
    for (const user of users) this.addUser(company.domain, user)
    for (const person of persons) this.addPerson(company.domain, person)
    return company
  }

  /** Throws when there is no such company. */
  company(domain: string): Company {
    const company = this.companies.get(domain)
    if (company === undefined) throw new Error(`no company ${domain}`)
    return company
  }

  findUser(id: number): { company: Company; user: User } | undefined {
    for (const company of this.companies.values()) {
      const user = company.users.get(id)
      if (user !== undefined) return { company, user }
    }
    return undefined
  }

  addUser(domain: string, options: NewUser): User {
    const company = this.company(domain)
    const { language, ...rest } = NewUser.parse(options)
    this.#lastUserId += 1
    const country = language === 'cs' ? 'CZ' : 'GB'
    const now = this.clock.now()
    const user: User = {
      ...rest,
      id: this.#lastUserId,
      active: true,
      language: { language_code: language, country_code: country },
      locale: `${language}_${country}`,
      created: now,
      modified: now,
    }
    company.users.set(user.id, user)
    this.#userChange(company, user, 'create', null)
    return user
  }

  /** Moves a user to another visibility group. Nothing is told of it: neither the user nor a record changes. */
  moveUser(domain: string, userId: number, group: string): void {
    const user = this.company(domain).users.get(userId)
    if (user === undefined) throw new Error(`no user ${userId}`)
    user.group = group
  }

  /** A removed user arrives as a change of `active_flag`. Its tokens stop working. */
  deactivateUser(domain: string, userId: number): void {
    const company = this.company(domain)
    const user = company.users.get(userId)
    if (user === undefined) throw new Error(`no user ${userId}`)
    user.active = false
    user.modified = this.clock.now()
    this.#dropTokens((installation) => installation.user.id === userId)
    this.#userChange(company, user, 'change', { active_flag: true })
  }

  /**
   * Gives or takes the rights of an administrator.
   * @param told UNVERIFIED whether Pipedrive tells of it; deliveries never say what the rights are
   */
  setAdmin(domain: string, userId: number, admin: boolean, { told }: { told: boolean }): void {
    const company = this.company(domain)
    const user = company.users.get(userId)
    if (user === undefined) throw new Error(`no user ${userId}`)
    user.admin = admin
    user.modified = this.clock.now()
    if (told) this.#userChange(company, user, 'change', {})
  }

  addOrganization(
    domain: string,
    options: { name: string; address?: string; owner_id?: number },
  ): Organization {
    const company = this.company(domain)
    const now = this.clock.now()
    const organization: Organization = {
      id: company.newId(),
      name: options.name,
      owner_id: options.owner_id ?? firstUser(company),
      add_time: now,
      update_time: now,
      is_deleted: false,
      visible_to: 3,
      address: options.address ?? null,
    }
    company.organizations.set(organization.id, organization)
    this.#webhooks.send(company, {
      action: 'create',
      entity: 'organization',
      id: organization.id,
      data: organizationHookData(organization),
      previous: null,
      by: organization.owner_id,
      source: 'app',
      permitted: permitted(company, organization),
    })
    return organization
  }

  /** Adds a person field of type phone; gives its key. */
  addPhoneField(domain: string, name: string): string {
    const key = this.random.hex(40)
    this.company(domain).personFields.push({
      field_name: name,
      field_code: key,
      field_type: 'phone',
      is_custom_field: true,
    })
    return key
  }

  // --- what people do in the CRM -----------------------------------------------------------------------------

  addPerson(domain: string, input: PersonInput): Person {
    const company = this.company(domain)
    return this.putPerson(company, input, { by: firstUser(company), source: 'app' })
  }

  editPerson(domain: string, id: number, input: PersonInput): Person {
    const company = this.company(domain)
    const person = this.#person(company, id)
    this.changePerson(company, person, input, { by: firstUser(company), source: 'app' })
    return person
  }

  deletePerson(domain: string, id: number): void {
    const company = this.company(domain)
    this.removePerson(company, this.#person(company, id), { by: firstUser(company), source: 'app' })
  }

  /** Merges `fromId` into `intoId`: phones and e-mails move over, the first is deleted. */
  mergePersons(domain: string, options: { fromId: number; intoId: number }): Person {
    const company = this.company(domain)
    const from = this.#person(company, options.fromId)
    const into = this.#person(company, options.intoId)
    const actor: Actor = { by: firstUser(company), source: 'app' }
    const add = <T extends { value: string; primary: boolean }>(mine: T[], theirs: T[]) => [
      ...mine,
      ...theirs
        .filter((item) => !mine.some(({ value }) => value === item.value))
        .map((item) => ({ ...item, primary: mine.length === 0 && item.primary })),
    ]
    const input = { phones: add(into.phones, from.phones), emails: add(into.emails, from.emails) }
    this.removePerson(company, from, actor, { merged_to_id: String(into.id) })
    for (const activity of company.activities.values()) {
      for (const participant of activity.participants) {
        if (participant.person_id === from.id) participant.person_id = into.id
      }
    }
    for (const one of [...company.deals.values(), ...company.leads.values()]) {
      if (one.person_id === from.id) one.person_id = into.id
    }
    this.changePerson(company, into, input, actor, { merged_from_id: String(from.id) })
    return into
  }

  /** Stores a new person and tells the webhooks. */
  putPerson(company: Company, input: PersonInput, actor: Actor): Person {
    const parsed = PersonInput.parse(input)
    const now = this.clock.now()
    const name = parsed.name ?? [parsed.first_name, parsed.last_name].filter(Boolean).join(' ')
    if (name === '') throw new Error('a person needs a name')
    const person: Person = {
      id: company.newId(),
      name,
      ...splitName(name),
      owner_id: parsed.owner_id ?? actor.by,
      org_id: parsed.org_id ?? null,
      add_time: now,
      update_time: now,
      emails: contactPoints(parsed.emails),
      phones: contactPoints(parsed.phones),
      is_deleted: false,
      visible_to: parsed.visible_to ?? 3,
      label_ids: parsed.label_ids ?? [],
      custom_fields: this.#customFields(company, parsed.custom_fields),
    }
    company.persons.set(person.id, person)
    this.#personChange(company, person, 'create', null, actor)
    return person
  }

  /** Changes a person in place and tells the webhooks which fields were different before. */
  changePerson(
    company: Company,
    person: Person,
    input: PersonInput,
    actor: Actor,
    more?: Record<string, string>,
  ): void {
    const parsed = PersonInput.parse(input)
    const before = personHookData(person, this.needle)
    const { phones, emails, name, first_name, last_name, add_time: _, custom_fields, ...plain } = parsed
    for (const [key, value] of Object.entries(plain)) {
      if (value !== undefined) Object.assign(person, { [key]: value })
    }
    if (phones !== undefined) person.phones = contactPoints(phones)
    if (emails !== undefined) person.emails = contactPoints(emails)
    if (custom_fields !== undefined) Object.assign(person.custom_fields, custom_fields)
    if (name !== undefined) Object.assign(person, { name }, splitName(name))
    else if (first_name !== undefined || last_name !== undefined) {
      person.first_name = first_name ?? person.first_name
      person.last_name = last_name ?? person.last_name
      person.name = [person.first_name, person.last_name].filter(Boolean).join(' ')
    }
    // Two changes within one second would be one moment on the wire; a change is always later than the last.
    person.update_time = Math.max(this.clock.now(), person.update_time)
    const after = personHookData(person, this.needle)
    const changed = Object.keys(before).filter(
      (key) => key !== 'update_time' && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    const previous = Object.fromEntries(changed.map((key) => [key, before[key]]))
    this.#personChange(company, person, 'change', previous, actor, more)
  }

  removePerson(company: Company, person: Person, actor: Actor, more?: Record<string, string>): void {
    const before = personHookData(person, this.needle)
    person.is_deleted = true
    person.update_time = this.clock.now()
    this.#personChange(company, person, 'delete', before, actor, more)
  }

  /** Tells the webhooks of a change. */
  tell(company: Company, change: Change): void {
    this.#webhooks.send(company, change)
  }

  // --- OAuth -------------------------------------------------------------------------------------------------

  newCode(app: App, company: Company, user: User): string {
    const code = `${company.id}.${user.id}.${this.random.hex(40)}`
    const expiresAt = this.clock.now() + this.settings.codeSeconds * 1000
    this.#codes.set(code, { clientId: app.clientId, company, user, expiresAt })
    return code
  }

  /** Single use. */
  takeCode(code: string): Code | undefined {
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    return found
  }

  install(app: App, company: Company, user: User): TokenResponse {
    const installation: Installation = {
      clientId: app.clientId,
      company,
      user,
      refreshToken: this.#newRefreshToken(company, user),
      refreshUsedAt: this.clock.now(),
    }
    this.#installations.set(installationKey(app.clientId, user.id), installation)
    return this.#grant(app, installation)
  }

  /** Undefined when the refresh token is not or no longer good. */
  refresh(app: App, refreshToken: string): TokenResponse | undefined {
    const now = this.clock.now()
    const installation = [...this.#installations.values()].find(
      (item) => item.clientId === app.clientId && item.refreshToken === refreshToken,
    )
    if (installation === undefined || now - installation.refreshUsedAt > refreshLifeMs) return undefined
    installation.refreshUsedAt = now
    if (this.settings.rotateRefreshTokens) {
      installation.refreshToken = this.#newRefreshToken(installation.company, installation.user)
    }
    return this.#grant(app, installation)
  }

  revoke(app: App, token: string): void {
    if (this.#access.get(token)?.installation.clientId === app.clientId) this.#access.delete(token)
    for (const installation of this.#installations.values()) {
      if (installation.clientId !== app.clientId || installation.refreshToken !== token) continue
      this.#uninstalled(installation)
      if (this.settings.revokeSendsUninstall) this.timers.track(this.#callback(installation))
    }
  }

  /** Who stands behind an access token; undefined when unknown or expired. */
  session(token: string): { company: Company; user: User; clientId: string } | undefined {
    const access = this.#access.get(token)
    if (access === undefined || access.expiresAt <= this.clock.now()) return undefined
    return access.installation
  }

  /** The access token stops working; with `refreshToo` the refresh token as well. The app is not told. */
  killToken(token: string, options: { refreshToo: boolean }): void {
    const access = this.#access.get(token)
    if (access === undefined) return
    if (!options.refreshToo) this.#access.delete(token)
    else this.#dropTokens((installation) => installation === access.installation)
  }

  /** Users who have the app installed. */
  installedUsers(clientId?: string): number[] {
    return [...this.#installations.values()]
      .filter((item) => clientId === undefined || item.clientId === clientId)
      .map((item) => item.user.id)
  }

  /**
   * A user uninstalls the app: its tokens and webhooks are gone, then the DELETE callback is sent (its answer is
   * ignored, it is not repeated). Gives the callback's status, null when nobody answered.
   */
  async uninstall(userId: number, clientId?: string): Promise<number | null> {
    const installation = [...this.#installations.values()].find(
      (item) => item.user.id === userId && (clientId === undefined || item.clientId === clientId),
    )
    if (installation === undefined) throw new Error(`user ${userId} has not installed the app`)
    this.#uninstalled(installation)
    return this.#callback(installation)
  }

  // --- the rest ----------------------------------------------------------------------------------------------

  /** The call activities held by all companies. */
  held(): HeldCall[] {
    return [...this.companies.values()].flatMap(heldCalls)
  }

  /** Forgets everything; settings return to what the sandbox was started with. */
  reset(): void {
    this.companies.clear()
    this.apps.clear()
    this.#codes.clear()
    this.#installations.clear()
    this.#access.clear()
    this.#lastUserId = firstUserId - 1
    this.#lastCompanyId = firstCompanyId - 1
    this.settings = { ...this.#startSettings }
  }

  #uninstalled(installation: Installation): void {
    const { company, user, clientId } = installation
    this.#dropTokens((item) => item === installation)
    for (const hook of company.webhooks.values()) {
      if (hook.owner_id === user.id && hook.clientId === clientId) company.webhooks.delete(hook.id)
    }
  }

  async #callback({ clientId, company, user }: Installation): Promise<number | null> {
    const app = this.apps.get(clientId)
    if (app === undefined) return null
    const at = new Date(this.clock.now()).toISOString()
    const hook = {
      sender: 'pipedrive',
      event: 'uninstall',
      subject: String(user.id),
      url: app.callbackUrl,
      attempt: 1,
      fault: null,
    } as const
    const { status } = await sendHook(this, hook, {
      method: 'DELETE',
      headers: { authorization: basicHeader(app.clientId, app.clientSecret) },
      body: { client_id: app.clientId, company_id: company.id, user_id: user.id, timestamp: at },
      timeoutMs: this.settings.webhookTimeoutMs,
    })
    return status
  }

  #grant(app: App, installation: Installation): TokenResponse {
    const seconds = this.settings.accessTokenSeconds
    // Real access tokens are long; a client that cuts them shows it here.
    const token = `v1u:${Buffer.from(this.random.hex(640)).toString('base64url')}`
    this.#access.set(token, { installation, expiresAt: this.clock.now() + (seconds + 1) * 1000 })
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: seconds,
      refresh_token: installation.refreshToken,
      scope: app.scopes.join(','),
      api_domain: this.apiDomain(installation.company.domain),
    }
  }

  #newRefreshToken(company: Company, user: User): string {
    return `${company.id}:${user.id}:${this.random.hex(40)}`
  }

  #dropTokens(which: (installation: Installation) => boolean): void {
    for (const [key, installation] of this.#installations) {
      if (!which(installation)) continue
      this.#installations.delete(key)
      for (const [token, access] of this.#access) {
        if (access.installation === installation) this.#access.delete(token)
      }
    }
  }

  #person(company: Company, id: number): Person {
    const person = company.persons.get(id)
    if (person === undefined || person.is_deleted) throw new Error(`no person ${id}`)
    return person
  }

  #customFields(company: Company, given: Record<string, unknown> | undefined): Record<string, unknown> {
    const empty = company.personFields
      .filter((field) => field.is_custom_field)
      .map((field) => [field.field_code, null])
    return { ...Object.fromEntries(empty), ...given }
  }

  #personChange(
    company: Company,
    person: Person,
    action: Change['action'],
    previous: Record<string, unknown> | null,
    actor: Actor,
    more?: Record<string, string>,
  ): void {
    this.#webhooks.send(company, {
      action,
      entity: 'person',
      id: person.id,
      data: action === 'delete' ? null : personHookData(person, this.needle),
      previous,
      ...actor,
      permitted: permitted(company, person),
      ...(more === undefined ? {} : { more }),
    })
  }

  #userChange(
    company: Company,
    user: User,
    action: 'create' | 'change',
    previous: Record<string, unknown> | null,
  ): void {
    this.#webhooks.send(company, {
      action,
      entity: 'user',
      id: user.id,
      data: userHookData(user, this.needle),
      previous,
      by: firstUser(company),
      source: 'app',
      permitted: null,
    })
  }
}

function installationKey(clientId: string, userId: number): string {
  return `${clientId} ${userId}`
}

/** Who acts in the CRM when nobody is named: its first user. */
function firstUser(company: Company): number {
  const first = company.users.keys().next()
  if (first.done === true) throw new Error(`company ${company.domain} has no users`)
  return first.value
}

function permitted(company: Company, entry: { owner_id: number; visible_to: number }): number[] {
  return [...company.users.values()].filter((user) => isVisible(entry, user, company)).map((user) => user.id)
}
