import type { z } from 'zod'
import type { SentFields } from '../../policy/index.ts'
import type { CallEvent, Direction, Outcome } from '../calls/event.ts'
import type { NumberContext, PhoneNumber } from '../contacts/numbers.ts'
import type { OpenSocket } from '../egress/index.ts'

/** The request as it came in. Signatures are checked over `body`, before anything parses it. */
export interface RawRequest {
  method: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  /** what stands behind the question mark of its address, as it came */
  query?: string
}

/** What one connection to a phone system knows, opened from its sealed settings. */
export interface PhoneConnection {
  id: string
  organizationId: string
  /** the shared key of its hook */
  secret: string
  numbers: NumberContext
  /** the connection's, as the adapter's schema reads them */
  settings: Readonly<Record<string, unknown>>
  people: PhonePeople
  /** when the request reached us, milliseconds since 1970 UTC: all there is where a vendor tells no times */
  arrivedAt: number
}

/** Who has which telephone, held in memory: an adapter whose system names people in its own way finds extensions here. */
export interface PhonePeople {
  /** the vendor's id of a user or device → extension */
  readonly extensionOf: ReadonlyMap<string, string>
  /** one of the organization's lines in E.164 → the extensions an administrator mapped to it */
  readonly rungBy: ReadonlyMap<string, readonly string[]>
}

/** Somebody with a telephone, as the phone system knows them. Name and e-mail are compared and shown, never stored. */
export interface PhoneUser {
  /** the vendor's id, as its events have it */
  ref: string
  name: string
  email: string | undefined
  /** digits; undefined: they have none */
  extension: string | undefined
}

/**
 * An authorised way to a phone system's API. Where each user grants access themselves it is one user's, and `accessToken`
 * refreshes when needed (one refresh at a time over all nodes); where an administrator set a key it is in the settings.
 */
export interface PhoneSession {
  readonly organizationId: string
  readonly connectionId: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly numbers: NumberContext
  accessToken(): Promise<string>
  /** the phone system refused this token: gives a newer one, or fails with `provider-refused` */
  renewed(refusedToken: string): Promise<string>
}

/** A call as a phone system's own list has it. What it does not know is undefined. */
export interface HistoryCall {
  /** the id that its events carry, where the list has it too */
  call: string | undefined
  /** names this entry in the list */
  entry: string
  direction: Direction
  from: PhoneNumber | undefined
  to: PhoneNumber | undefined
  startedAt: Date
  talkSeconds: number | undefined
  outcome: Outcome
  /** the extension that had it */
  extension: string | undefined
}

/** What is asked of a phone system that has an API. Failures are coded as those of a CRM. */
export interface PhoneApi {
  /** `key`: an administrator's, in the settings; `user`: everybody grants access to their own telephone by OAuth */
  readonly access: 'key' | 'user'
  /** is everything set that is needed to ask it? */
  ready(settings: Readonly<Record<string, unknown>>): boolean
  /** calls are to be told by a subscription; not there: as soon as it is ready. Otherwise an administrator set that up by hand */
  subscribes?(settings: Readonly<Record<string, unknown>>): boolean
  /** there where `access` is `user` */
  readonly grants?: PhoneGrants
  /** all users with `key`; with `user` the one whose session it is */
  users(session: PhoneSession): Promise<PhoneUser[]>
  /** the organization's lines in E.164; with `user` none */
  lines(session: PhoneSession): Promise<string[]>
  /**
   * Has calls told to this address; asked again it changes nothing. Ours of other addresses below `under` go.
   * @returns ids, for `isSubscribed` and `unsubscribe`
   */
  subscribe(session: PhoneSession, hook: { url: string; secret: string; under: string }): Promise<string[]>
  /** Are exactly these there and in use? */
  isSubscribed(session: PhoneSession, ids: readonly string[]): Promise<boolean>
  /** What is gone already is as good as removed. */
  unsubscribe(session: PhoneSession, ids: readonly string[]): Promise<void>
  /**
   * Rings the user's own telephone, then the number; sent once, never repeated.
   * @param call.ref the user's, as `PhoneUser` has it @param call.to E.164 or an extension
   */
  dial(session: PhoneSession, call: { ref: string; to: string }): Promise<void>
  /** Calls that ended since then, for finding those of which nobody told us. Not there where it has no such list. */
  history?(session: PhoneSession, since: Date): Promise<HistoryCall[]>
}

/** How users grant access to their own telephone. */
export interface PhoneGrants {
  authorizeUrl(state: string, redirectUri: string): string
  /** @throws `provider-refused` when the code is spent, old or forged */
  exchange(code: string, redirectUri: string): Promise<PhoneTokens>
  refresh(refreshToken: string): Promise<PhoneTokens>
}
export interface PhoneTokens {
  accessToken: string
  refreshToken: string
  expiresAt: Date
}

/**
 * A recording that can be fetched. Told beside the events and not in them: what is known of a call is kept and shown,
 * where its recording lies is neither.
 */
export interface ReadyRecording {
  /** the vendor's id of the call, as its events have it */
  call: string
  /** in the vendor's own words; only its adapter can make a request of it */
  address: string
}

export type Received =
  | {
      status: 'events'
      events: CallEvent[]
      recordings?: readonly ReadyRecording[]
      /** addresses of recordings that lead somewhere else: not taken, but counted */
      refusedAddresses?: number
    }
  /** verified, but of a kind we do not know or have no use for: acknowledged and counted */
  | { status: 'ignored'; why: 'unknown-kind' | 'no-use' }

/**
 * What an administrator may set for a connection to this system, all of it optional. It is sealed as one value, and the
 * fields named in `secret` are never shown again.
 */
export interface ConnectionSettings {
  readonly schema: z.ZodObject
  readonly secret: readonly string[]
  /**
   * The secrets that go to an address which is a setting too, each with that setting's name. Such a secret stays with
   * the host it was given for: with another one it has to be given anew. One that is not named goes to a fixed host.
   */
  readonly sentTo: Readonly<Record<string, string>>
}

/** How one recording is fetched. `host` is the connection's own, the only one it may come from. */
export interface RecordingRequest {
  url: string
  host: string
  /** with what proves who asks */
  headers: Readonly<Record<string, string>>
}

/** What a phone system knows of its recordings. `settings` are the connection's, as its schema reads them. */
export interface RecordingSource {
  /** an administrator chose that recordings are attached; otherwise nothing of them is kept, nor asked for */
  attaches(settings: Readonly<Record<string, unknown>>): boolean
  /** undefined: where the phone system is was not set yet */
  request?(settings: Readonly<Record<string, unknown>>, address: string): RecordingRequest | undefined
  /**
   * Looks for the recording of an ended call, where no event tells of it.
   * `none`: there will be none; `doubtful`: several fit equally, so none is taken
   */
  find?(session: PhoneSession, call: RecordedCall): Promise<RecordingFound>
  /** Where it can be fetched now: asked at each use, because such addresses live for minutes or hours. */
  locate?(session: PhoneSession, id: string): Promise<RecordingRequest>
  /** anybody with the located address may fetch it: it can be handed to a CRM that fetches recordings itself */
  readonly handsOut?: boolean
}

/** By what a recording can be told to belong to a call. */
export interface RecordedCall {
  /** the vendor's id of the call, as its events have it */
  call: string
  direction: Direction
  from: PhoneNumber | undefined
  to: PhoneNumber | undefined
  startedAt: Date
  endedAt: Date
  talkSeconds: number
}
export type RecordingFound = { state: 'found'; id: string } | { state: 'not-yet' | 'none' | 'doubtful' }

/** A connection that is held open, as its adapter sees it. */
export interface HeldLine {
  /** the connection's, as the schema reads them */
  settings: Readonly<Record<string, unknown>>
  numbers: NumberContext
  /** how long the other side may take to accept us; undefined: as the adapter has it */
  answerMs?: number
  /** opens a WebSocket to the connection's own address; fails as `egress.connect` does */
  connect(opening: {
    url: string
    headers: Readonly<Record<string, string>>
    idleMs: number
  }): Promise<OpenSocket>
  /** we are let in; `sure`: the other side has said so, or it is seen */
  onOpen(sure: boolean): Promise<void>
  /** resolves when it is safe; the next message is not read before */
  onEvents(received: Received): Promise<void>
}

/** A phone system to which we connect, and which tells its events over that connection. */
export interface Listening {
  /** what is said over the connection, under `MESSAGE`; anything else does not leave */
  readonly says: SentFields
  /** the connection is to be held, by these settings */
  wanted(settings: Readonly<Record<string, unknown>>): boolean
  /**
   * Connects once and hears until the connection ends or `signal` ends it; connecting again is the caller's.
   * @throws RingfenceError `provider-refused` when we are not accepted, `provider-rejected` when nobody answers at this
   *   address, `undeclared` when it must not be reached, `provider-unavailable` when the connection broke
   */
  listen(line: HeldLine, signal: AbortSignal): Promise<void>
}

/** A request that makes a phone ring, and then the number. `host` is the connection's own, the only one it may go to. */
export interface DialRequest {
  method: 'GET' | 'POST' | 'PUT'
  url: string
  host: string
  headers: Readonly<Record<string, string>>
  body?: string
  /** did the phone system say that it does it? */
  accepted(answer: { status: number; body: Buffer }): boolean
}

/** What a phone system knows of click-to-call. `settings` are the connection's, as its schema reads them. */
export interface DialCommand {
  /** undefined: no command is configured. @param to E.164 or an extension @param extension digits only */
  request(
    settings: Readonly<Record<string, unknown>>,
    call: { extension: string; to: string },
  ): DialRequest | undefined
}

/**
 * One phone system. `receive` verifies and translates one delivery.
 * @throws RingfenceError `unauthorized` for a wrong key, `invalid-input` for what cannot be read
 */
export interface PhoneSystem {
  readonly name: string
  readonly title: string
  /** address of the vendor's own privacy policy, where our sources name one */
  readonly policyUrl?: string
  readonly abilities: {
    readonly hooks: boolean
    readonly listen: boolean
    readonly dial: boolean
    readonly recording: boolean
    readonly recent: boolean
  }
  readonly settings: ConnectionSettings
  /** there where the ability is */
  readonly recordings?: RecordingSource
  /** there where the ability is */
  readonly listening?: Listening
  readonly dial?: DialCommand
  /** there where it has one */
  readonly api?: PhoneApi
  receive(request: RawRequest, connection: PhoneConnection): Received
}
