import type { z } from 'zod'
import { Faults } from '../faults.ts'
import type { PlayedCall } from '../ledger.ts'
import type { ApiSpecs } from '../openapi.ts'
import { type SeededParts, StandIn } from '../parts.ts'
import { Random } from '../random.ts'
import { Account, type Recording, type SipUser } from './account.ts'
import type { HangUpType } from './event.ts'
import { Exchange } from './exchange.ts'
import { factsOf, type RecordingFacts, signedPath } from './files.ts'
import { addRecording } from './lists.ts'
import { ContactInput, NewAccount } from './new-account.ts'
import { playScenario, type ScenarioName } from './scenarios.ts'
import { Sender } from './sender.ts'
import { PlacetelSettings } from './settings.ts'
import type { PlayOptions } from './stage.ts'
import {
  type CallOptions,
  type DialOptions,
  type LiveCall,
  liveCall,
  type RingOptions,
} from './started-call.ts'

/** The stand-in for Placetel: accounts that play calls, send events about them, and answer the REST API v2. */
export class Placetel extends StandIn {
  /** Faults on this vendor's endpoints, deliveries (`tenant` is the account's name) and downloads. */
  readonly faults: Faults
  /** The vendor's own description, where it is at hand. */
  readonly specs: ApiSpecs | undefined
  readonly accounts = new Map<string, Account>()
  /** For scenarios, which have times of their own. */
  readonly exchange: Exchange
  settings: PlacetelSettings = PlacetelSettings.parse({})
  readonly #fileKey: string

  constructor(options: SeededParts & { specs: ApiSpecs | undefined }) {
    super({ ...options, random: new Random(options.seed) })
    this.faults = new Faults({ clock: this.clock, random: new Random(options.seed + 1) })
    this.specs = options.specs
    this.#fileKey = this.random.hex(32)
    this.exchange = new Exchange(this, new Sender(this))
  }

  /** Base address of the REST API: `/me` and so on follow it. */
  get apiUrl(): string {
    return `${this.url}/placetel/v2`
  }

  // --- set up ------------------------------------------------------------------------------------------------

  set(settings: Partial<z.input<typeof PlacetelSettings>>): void {
    this.settings = PlacetelSettings.parse({ ...this.settings, ...settings })
  }

  createAccount(options: NewAccount): Account {
    const facts = NewAccount.parse(options)
    if (this.accounts.has(facts.name)) throw new Error(`account ${facts.name} exists`)
    if (this.accountOfKey(facts.apiKey)) throw new Error('another account has this key')
    const account = new Account(facts, { random: this.random, now: this.clock.now() })
    this.accounts.set(account.name, account)
    return account
  }

  /** Changes an account, e.g. where its events go, or its key. What the API keeps of it stays. */
  configure(name: string, changes: Partial<Omit<NewAccount, 'contacts'>>): Account {
    const account = this.account(name)
    const facts = NewAccount.parse({ ...account.facts, ...changes, name })
    if (facts.apiKey !== account.facts.apiKey) account.keyWorks = true
    account.change(facts)
    return account
  }

  /** The account of that name, or the only one. Throws when there is none. */
  account(name?: string): Account {
    const account =
      name === undefined && this.accounts.size === 1
        ? [...this.accounts.values()][0]
        : this.accounts.get(name ?? '')
    if (account === undefined) throw new Error(name === undefined ? 'name the account' : `no account ${name}`)
    return account
  }

  /** The key works no more, as when somebody takes it back in the portal. */
  revokeKey(name?: string): void {
    this.account(name).keyWorks = false
  }

  /** Nothing is left of the rate limit. */
  exhaustLimit(name?: string): void {
    this.account(name).bucket.empty(this.clock.now())
  }

  addContact(name: string | undefined, contact: ContactInput): { id: number } {
    return { id: this.account(name).addContact(ContactInput.parse(contact), this.clock.now()).id }
  }

  /** Puts a recording into the list, e.g. one that is easily taken for another's. It is there at once. */
  addRecording(
    name: string | undefined,
    recording: Pick<Recording, 'direction' | 'from' | 'to' | 'durationSeconds' | 'time'>,
  ): { id: number } {
    const readyAt = this.clock.now()
    return { id: addRecording(this.account(name), { ...recording, callId: null, readyAt }).id }
  }

  // --- step by step ------------------------------------------------------------------------------------------

  /** An outside number calls one of the account's. */
  ring(options: RingOptions): LiveCall {
    return liveCall(this.exchange.ring(options))
  }

  /** A SIP user calls. */
  dial(options: DialOptions): LiveCall {
    return liveCall(this.exchange.dial(options))
  }

  /** The agent takes up the phone that rings because of a request over the API (`POST /calls`). */
  pickUp(callId: string): LiveCall {
    return liveCall(this.exchange.pickUp(callId))
  }

  /** An incoming call is answered at that extension, or at an outside phone (E.164); an outgoing one by the far end. */
  answer(callId: string, by?: string | number): LiveCall {
    return liveCall(this.exchange.answer(callId, by))
  }

  /** Somebody else takes over: an extension, or an outside phone. How it shows: `settings.transfers`. */
  transfer(callId: string, to: string | number): LiveCall {
    return liveCall(this.exchange.transfer(callId, to))
  }

  /** Ends a call: accepted when it was answered, else missed or canceled, or as said. */
  hangUp(callId: string, type?: HangUpType): LiveCall {
    return liveCall(this.exchange.hangUp(callId, type))
  }

  /** What `POST /calls` does: the phones of the SIP user ring until `pickUp`, or for `settings.setupSeconds`. */
  ask(account: Account, sipUser: SipUser, options: CallOptions & { to: string }): void {
    const started = this.exchange.ask(account, sipUser, options)
    // Not tracked: whoever waits for deliveries does not wait for a phone that nobody picks up.
    if (started !== undefined) void this.#giveUpAsked(started.call.id)
  }

  /** The calls going on, oldest first. */
  liveCalls(): LiveCall[] {
    return this.exchange.live()
  }

  /** Plays a whole scripted call; see `playScenario`. */
  play(name: ScenarioName, options: PlayOptions): Promise<PlayedCall> {
    return playScenario(this, name, options)
  }

  // --- what can be seen from outside ---------------------------------------------------------------------------

  /** The recordings of a call, or of all, also those not in the list yet. */
  recordings(callId?: string): RecordingFacts[] {
    return [...this.accounts.values()].flatMap((account) =>
      [...account.recordings.values()]
        .filter((recording) => callId === undefined || recording.callId === callId)
        .map((recording) => factsOf(account, recording)),
    )
  }

  accountOfKey(key: string): Account | undefined {
    return [...this.accounts.values()].find(({ facts }) => facts.apiKey === key)
  }

  signFile(path: string, expires: number): string {
    return signedPath(path, expires, this.#fileKey)
  }

  reset(): void {
    this.exchange.reset()
    this.accounts.clear()
    this.faults.clear()
    this.settings = PlacetelSettings.parse({})
  }

  async #giveUpAsked(callId: string): Promise<void> {
    if (!(await this.timers.sleep(this.settings.setupSeconds * 1000))) return
    const asked = this.exchange.live().find(({ id, state }) => id === callId && state === 'asked')
    if (asked !== undefined) this.exchange.hangUp(callId)
  }
}
