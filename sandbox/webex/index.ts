import { Faults } from '../faults.ts'
import type { PlayedCall } from '../ledger.ts'
import { type SeededParts, StandIn } from '../parts.ts'
import { Random } from '../random.ts'
import { Refusals } from './answers.ts'
import { analyticsName } from './api.ts'
import { CdrBudget } from './cdr-api.ts'
import { Desk } from './desk.ts'
import { type DialOptions, Exchange, type LiveCall, liveView, type RingOptions } from './exchange.ts'
import { Grants, WebexApp, type WebexTokens } from './grants.ts'
import { eventData, type Half, ringsNow, talksNow } from './half.ts'
import type { Said } from './halves.ts'
import { NewOrg, NewPerson, Org, type Person, type Region } from './org.ts'
import { Recorder } from './recorder.ts'
import { recordingFacts, type WebexRecordingFacts } from './recordings.ts'
import { playScenario, type ScenarioName } from './scenarios.ts'
import { WebexSender } from './sender.ts'
import { WebexSettings } from './settings.ts'
import type { WebexSpecs } from './specs.ts'
import type { PlayOptions } from './stage.ts'
import type { Ender, WebexCall } from './webex-call.ts'
import type { Webhook } from './webhook.ts'

/** The stand-in for Webex Calling: organizations whose people call, with the vendor's API and webhooks. */
export class Webex extends StandIn {
  readonly specs: WebexSpecs | undefined
  /** Faults on this vendor's endpoints, deliveries (`telephony_calls.created` and the like) and downloads. */
  readonly faults: Faults
  readonly orgs = new Map<string, Org>()
  readonly apps = new Map<string, WebexApp>()
  readonly grants: Grants
  readonly exchange: Exchange
  readonly desk: Desk
  readonly recorder: Recorder
  readonly sender: WebexSender
  readonly cdrBudget: CdrBudget
  readonly refuse: Refusals['refuse']
  settings: WebexSettings = WebexSettings.parse({})

  constructor(options: SeededParts & { specs: WebexSpecs | undefined }) {
    // Sources of their own, so that neither requests nor other stand-ins change which ids calls get.
    super({ ...options, random: new Random(options.seed) })
    this.specs = options.specs
    this.faults = new Faults({ clock: options.clock, random: new Random(options.seed + 1) })
    const settings = () => this.settings
    this.grants = new Grants({ clock: this.clock, random: new Random(options.seed + 2), settings })
    const refusals = new Refusals(new Random(options.seed + 3), settings)
    this.refuse = refusals.refuse.bind(refusals)
    this.sender = new WebexSender(this)
    this.exchange = new Exchange(this)
    this.recorder = new Recorder(this)
    this.desk = new Desk(this, this.exchange)
    this.cdrBudget = new CdrBudget(this)
  }

  // --- set up ------------------------------------------------------------------------------------------------

  /** Base address of the API. */
  get apiUrl(): string {
    return `${this.url}/webex/v1`
  }

  /** Base address of the detailed call history in a region. */
  analyticsUrl(region: Region = 'us'): string {
    return `${this.url}/${analyticsName(region)}/v1`
  }

  registerApp(input: WebexApp): WebexApp {
    const app = WebexApp.parse(input)
    this.apps.set(app.clientId, app)
    return app
  }

  createOrg(input: NewOrg): Org {
    const settings = NewOrg.parse(input)
    if (this.orgs.has(settings.name)) throw new Error(`organization ${settings.name} exists`)
    const org = new Org(settings, { random: this.random, needle: this.needle, now: this.clock.now() })
    this.orgs.set(org.name, org)
    return org
  }

  /** The organization of that name, or the only one. Throws when there is none. */
  org(name?: string): Org {
    const only = name === undefined && this.orgs.size === 1 ? [...this.orgs.values()][0] : undefined
    const org = only ?? this.orgs.get(name ?? '')
    if (org === undefined)
      throw new Error(name === undefined ? 'name the organization' : `no organization ${name}`)
    return org
  }

  addPerson(org: string, input: NewPerson): Person {
    return this.org(org).addPerson(NewPerson.parse(input), this.clock.now())
  }

  /** Somebody leaves: tokens stop working, webhooks stay and tell nothing any more. */
  deactivatePerson(org: string, key: string): void {
    this.org(org).person(key).active = false
  }

  set(settings: Partial<WebexSettings>): void {
    this.settings = WebexSettings.parse({ ...this.settings, ...settings })
  }

  /** What `key` (e-mail, id, extension) would get by allowing an app these scopes; without the way over the browser. */
  allow(input: {
    org?: string | undefined
    clientId: string
    user: string
    scopes?: string[] | undefined
  }): WebexTokens {
    const app = this.apps.get(input.clientId)
    if (app === undefined) throw new Error(`no app ${input.clientId}`)
    const org = this.org(input.org)
    return this.grants.allow({ app, org, person: org.person(input.user), scopes: input.scopes ?? app.scopes })
  }

  /** A person's tokens stop working, as after a changed password; nobody is told. */
  killTokens(input: { org?: string | undefined; user: string; refreshToo?: boolean | undefined }): void {
    const person = this.org(input.org).person(input.user)
    this.grants.kill((grant) => grant.person === person, { refreshToo: input.refreshToo ?? false })
  }

  webhooks(org?: string): Webhook[] {
    return [...this.org(org).webhooks.values()]
  }

  /** Webhooks become inactive without notice: all of an organization, or a person's. */
  deactivateWebhooks(input: { org?: string | undefined; user?: string | undefined } = {}): void {
    const org = this.org(input.org)
    const person = input.user === undefined ? undefined : org.person(input.user)
    for (const hook of org.webhooks.values())
      if (person === undefined || hook.createdBy === person) hook.status = 'inactive'
  }

  // --- step by step ------------------------------------------------------------------------------------------

  /** An outer number calls, and phones ring. */
  ring(options: RingOptions): LiveCall {
    const started = this.exchange.startInbound(options)
    const at = this.exchange.now(started)
    for (const person of this.exchange.ringing(started, options.ring)) started.call.ring(at, person)
    return liveView(started)
  }

  /** Somebody calls: the far end rings. With `clickToDial` first the own phones do. */
  dial(options: DialOptions): LiveCall {
    const started = this.exchange.startOutbound(options)
    const person = started.org.person(options.from)
    started.call.dial(this.exchange.now(started), person, { clickToDial: options.clickToDial ?? false })
    return liveView(started)
  }

  /** Who has this extension or number answers: whose phone rings, or the outer number that was dialled. */
  answer(id: string, number: string): LiveCall {
    return this.#step(id, ({ call }, at) => call.answer(at, number))
  }

  /** Whoever asked for the call accepts it on the own phone. */
  pickUp(id: string): LiveCall {
    return this.#step(id, ({ call }, at) => call.pickUp(at))
  }

  reject(id: string, extension: string): void {
    this.desk.reject(this.#half(id, extension, ringsNow))
  }

  hold(id: string, extension?: string): LiveCall {
    return this.#step(id, ({ call }, at) => call.hold(at, this.#half(id, extension, talksNow)))
  }

  resume(id: string, extension?: string): LiveCall {
    return this.#step(id, ({ call }, at) =>
      call.resume(
        at,
        this.#half(id, extension, ({ state }) => state === 'held'),
      ),
    )
  }

  /** `blind`: the agent is out at once and the next one rings. `attended`: the caller waits until `completeTransfer`. */
  transfer(id: string, to: string, kind: 'blind' | 'attended' = 'blind'): LiveCall {
    return this.#step(id, () => {
      const half = this.#half(id, undefined, talksNow)
      if (kind === 'blind') this.desk.divert(half, to)
      else this.desk.consult(half, to, { onAnswer: false })
    })
  }

  completeTransfer(id: string): LiveCall {
    return this.#step(id, ({ call }, at) => call.completeTransfer(at))
  }

  hangUp(id: string, by: Ender = 'caller'): void {
    const started = this.exchange.find(id)
    this.exchange.end(started, this.exchange.now(started), by)
  }

  liveCalls(): LiveCall[] {
    return this.exchange.live.map(liveView)
  }

  /** Plays a whole scripted call; see `playScenario`. */
  play(name: ScenarioName, options: PlayOptions): Promise<PlayedCall> {
    return playScenario(this, name, options)
  }

  // --- what goes out -----------------------------------------------------------------------------------------

  tellOfCall(org: Org, call: WebexCall, { half, event, eventType, at }: Said): void {
    const data = eventData(half, { eventType, at })
    this.sender.tell(org, { resource: 'telephony_calls', event, person: half.person, data }, call.id)
  }

  recordings(org?: string): WebexRecordingFacts[] {
    return [...this.org(org).recordings.values()].map(recordingFacts)
  }

  reset(): void {
    this.orgs.clear()
    this.apps.clear()
    this.grants.clear()
    this.exchange.clear()
    this.cdrBudget.clear()
    this.faults.clear()
    this.settings = WebexSettings.parse({})
  }

  #step(id: string, act: (started: ReturnType<Exchange['find']>, at: number) => void): LiveCall {
    const started = this.exchange.find(id)
    act(started, this.exchange.now(started))
    return liveView(started)
  }

  #half(id: string, extension: string | undefined, fits: (half: Half) => boolean): Half {
    const { call } = this.exchange.find(id)
    const half = call.live.find(
      (item) => fits(item) && (extension === undefined || item.person.extension === extension),
    )
    if (half === undefined) throw new Error(`nobody such in call ${id}`)
    return half
  }
}
