import type { z } from 'zod'
import type { CallEvent } from '../calls/event.ts'
import type { NumberContext } from '../contacts/numbers.ts'
import type { OpenSocket } from '../egress/index.ts'

/** The request as it came in. Signatures are checked over `body`, before anything parses it. */
export interface RawRequest {
  method: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
}

/** What one connection to a phone system knows, opened from its sealed settings. */
export interface PhoneConnection {
  id: string
  organizationId: string
  secret: string
  numbers: NumberContext
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
  request(settings: Readonly<Record<string, unknown>>, address: string): RecordingRequest | undefined
}

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
  receive(request: RawRequest, connection: PhoneConnection): Received
}
