import type { z } from 'zod'
import type { HeldCall } from '../ledger.ts'
import { type SeededParts, StandIn } from '../parts.ts'
import { Random } from '../random.ts'
import { Calls } from './calls.ts'
import { CardBoard, type Cards } from './cards.ts'
import { EventSender } from './events.ts'
import { Bitrix24Faults } from './faults.ts'
import { type CallCounts, countCalls, type ExternalCall, heldCalls, perExternalId } from './held.ts'
import { type App, NewApp } from './inputs.ts'
import { Installs } from './installs.ts'
import { bucketOf, budgetKeyOf, rateOf } from './limits.ts'
import type { OpenOptions } from './opening.ts'
import { People } from './people.ts'
import { Bitrix24Settings } from './settings.ts'
import { Tokens } from './tokens.ts'
import type { Portal, PortalState, Statistic } from './world.ts'

/** The stand-in for Bitrix24: portals, apps and the OAuth servers, and the functions by which a test moves them. */
export class Bitrix24 extends StandIn {
  readonly faults: Bitrix24Faults
  readonly tokens: Tokens
  readonly events: EventSender
  readonly cardBoard: CardBoard
  readonly calls: Calls
  readonly installs: Installs
  /** What people do in portals: users, contacts, companies, leads, deals. */
  readonly people: People
  readonly portals = new Map<string, Portal>()
  readonly apps = new Map<string, App>()
  /** Uploads of recordings begun and not yet done, by their token. */
  readonly uploads = new Map<string, { portal: Portal; row: Statistic; name: string }>()
  settings: Bitrix24Settings
  readonly #startSettings: Bitrix24Settings
  /** Names that portals had before. */
  readonly #formerNames = new Map<string, Portal>()

  constructor(options: SeededParts & { settings?: z.input<typeof Bitrix24Settings> | undefined }) {
    super({ ...options, random: new Random(options.seed) })
    this.#startSettings = Bitrix24Settings.parse(options.settings ?? {})
    this.settings = { ...this.#startSettings }
    this.faults = new Bitrix24Faults({ clock: this.clock, random: new Random(options.seed + 1) })
    this.tokens = new Tokens({ clock: this.clock, random: this.random, settings: () => this.settings })
    this.events = new EventSender(this)
    this.cardBoard = new CardBoard(this.clock)
    this.calls = new Calls(this)
    this.installs = new Installs(this)
    this.people = new People(this)
  }

  // --- addresses ---------------------------------------------------------------------------------------------

  /** `<url>/bitrix24/<portal>`; the REST methods are below `/rest/`. */
  portalUrl(name: string): string {
    return `${this.url}/bitrix24/${this.portal(name).name}`
  }

  /** The portal as DOMAIN has it: here with a port and a path. */
  domain(portal: Portal): string {
    return this.portalUrl(portal.name).replace(/^https?:\/\//, '')
  }

  clientEndpoint(portal: Portal): string {
    return `${this.portalUrl(portal.name)}/rest/`
  }

  /** Base address of a region's OAuth server; `/oauth/token/` and `/rest/app.info` follow it. */
  oauthHost(region: Portal['region'] = 'west'): string {
    return `${this.url}/bitrix24-oauth${region === 'east' ? '-east' : ''}`
  }

  serverEndpoint(portal: Portal): string {
    return `${this.oauthHost(portal.region)}/rest/`
  }

  /** What `//api.bitrix24.com/api/v1/` serves. */
  get scriptUrl(): string {
    return `${this.url}/bitrix24-api/api/v1/`
  }

  // --- set up ------------------------------------------------------------------------------------------------

  /** Registers an app, or changes the one with this client id. */
  registerApp(app: NewApp): void {
    const parsed = NewApp.parse(app)
    this.apps.set(parsed.clientId, parsed)
  }

  /** Throws when there is no such app. */
  app(clientId: string): App {
    const app = this.apps.get(clientId)
    if (app === undefined) throw new Error(`no app ${clientId}`)
    return app
  }

  statusOf(app: App): string {
    return app.kind === 'local' ? 'L' : app.marketStatus
  }

  /** Makes a portal with its users and CRM; see `NewPortal`. */
  get createPortal() {
    return this.people.createPortal.bind(this.people)
  }

  /** Throws when there is no portal of that name. */
  portal(name: string): Portal {
    const portal = this.portals.get(name)
    if (portal === undefined) throw new Error(`no portal ${name}`)
    return portal
  }

  /** The portal that had this name before it was renamed. */
  renamedFrom(name: string): Portal | undefined {
    return this.#formerNames.get(name)
  }

  set(settings: Partial<Bitrix24Settings>): void {
    this.settings = Bitrix24Settings.parse({ ...this.settings, ...settings })
  }

  /** From now on the old address answers 302. */
  rename({ portal: name, to }: { portal: string; to: string }): void {
    const portal = this.portal(name)
    if (this.portals.has(to)) throw new Error(`portal ${to} exists`)
    this.portals.delete(name)
    this.#formerNames.set(name, portal)
    portal.name = to
    this.portals.set(to, portal)
  }

  setState({ portal, state }: { portal: string; state: PortalState }): void {
    this.portal(portal).state = state
  }

  /** The app (and its line) that clicks on numbers go to: of everybody, or of one user. */
  setOutgoing(options: {
    portal: string
    clientId: string
    line?: string | undefined
    userId?: number | undefined
  }): void {
    this.portal(options.portal).install(options.clientId)
    this.portal(options.portal).outgoing.set(options.userId ?? 0, {
      clientId: options.clientId,
      line: options.line ?? '',
    })
  }

  /** An incoming webhook; gives its address, methods follow it. */
  createWebhook({ portal, userId }: { portal: string; userId: number }): string {
    const secret = this.random.hex(16)
    this.portal(portal).user(userId)
    this.portal(portal).webhooks.set(secret, userId)
    return `${this.clientEndpoint(this.portal(portal))}${userId}/${secret}/`
  }

  // --- what happens ------------------------------------------------------------------------------------------

  install(options: { portal: string; userId: number; clientId: string }) {
    return this.installs.install(options)
  }

  /** What BX24.installFinish does. */
  finishInstall(options: { portal: string; clientId: string; userId?: number | undefined }): void {
    this.installs.finish(options)
  }

  /** A user opens the app (or with `page` and `placement` a widget of it); gives the app's answer. */
  openApp(options: OpenOptions) {
    return this.installs.openPage(options)
  }

  uninstall(options: { portal: string; clientId: string; clean?: boolean | undefined }): void {
    this.installs.uninstall(options)
  }

  clickToCall(options: Parameters<Calls['clickToCall']>[0]) {
    return this.calls.clickToCall(options)
  }

  requestCallback(options: Parameters<Calls['requestCallback']>[0]) {
    return this.calls.requestCallback(options)
  }

  /** Access tokens of the portal (of one user) have expired. */
  expireTokens({ portal: name, userId }: { portal: string; userId?: number | undefined }): void {
    const portal = this.portal(name)
    this.tokens.expireAll(
      (owner) => owner.portal === portal && (userId === undefined || owner.userId === userId),
    )
  }

  /** All tokens of the portal (of one user) are dead: invalid_token, and invalid_grant at a refresh. */
  revokeTokens({ portal: name, userId }: { portal: string; userId?: number | undefined }): void {
    const portal = this.portal(name)
    this.tokens.kill(
      (owner) => owner.portal === portal && (userId === undefined || owner.userId === userId),
      'revoked',
    )
  }

  /** The bucket of requests from this address (127.0.0.1) is full. */
  exhaustRate({ portal: name, ip = '127.0.0.1' }: { portal: string; ip?: string | undefined }): void {
    const portal = this.portal(name)
    bucketOf(portal, ip).fill(this.clock.now(), rateOf(portal).size)
  }

  /** The method has used up its time; others keep working. */
  exhaustMethod({ portal, clientId, method }: { portal: string; clientId: string; method: string }): void {
    const key = budgetKeyOf(clientId, method)
    this.portal(portal).timeBudget.spend(key, this.settings.operatingLimitSeconds, this.clock.now())
  }

  // --- what is there -----------------------------------------------------------------------------------------

  /** Which call cards are shown to whom now, and how it came to be. */
  cards(portal: string): Cards {
    return this.cardBoard.of(this.portal(portal))
  }

  /** What the portal holds per EXTERNAL_CALL_ID, so that lost and duplicated calls can be counted. */
  externalCalls(portal: string): ExternalCall[] {
    return perExternalId(this.portal(portal))
  }

  /** What is lost, there twice, or still open of the calls that the portal should hold. */
  callCounts({ portal, expected }: { portal: string; expected: readonly string[] }): CallCounts {
    return countCalls(this.externalCalls(portal), expected)
  }

  /** Finished calls of all portals. */
  held(): HeldCall[] {
    return [...this.portals.values()].flatMap((portal) => heldCalls(portal))
  }

  /** The number with country code, as click-to-call has it. */
  international(portal: Portal, number: string): string {
    const digits = number.replace(/\D/g, '')
    if (number.trim().startsWith('+')) return `+${digits}`
    if (digits.startsWith('00')) return `+${digits.slice(2)}`
    return digits.startsWith('0') ? `+${portal.countryCode}${digits.slice(1)}` : digits
  }

  /** Forgets everything; settings return to what the sandbox was started with. */
  reset(): void {
    this.portals.clear()
    this.#formerNames.clear()
    this.apps.clear()
    this.uploads.clear()
    this.tokens.clear()
    this.cardBoard.clear()
    this.installs.clear()
    this.faults.clear()
    this.settings = { ...this.#startSettings }
  }
}
