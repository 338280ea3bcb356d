import type { z } from 'zod'
import type { CallEvent } from '../calls/event.ts'
import type { NumberContext } from '../contacts/numbers.ts'

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

export type Received =
  | { status: 'events'; events: CallEvent[] }
  /** verified, but of a kind we do not know or have no use for: acknowledged and counted */
  | { status: 'ignored'; why: 'unknown-kind' | 'no-use' }

/**
 * What an administrator may set for a connection to this system, all of it optional. It is sealed as one value, and the
 * fields named in `secret` are never shown again.
 */
export interface ConnectionSettings {
  readonly schema: z.ZodObject
  readonly secret: readonly string[]
}

/**
 * One phone system. `receive` verifies and translates one delivery.
 * @throws RingfenceError `unauthorized` for a wrong key, `invalid-input` for what cannot be read
 */
export interface PhoneSystem {
  readonly name: string
  readonly title: string
  readonly abilities: {
    readonly hooks: boolean
    readonly dial: boolean
    readonly recording: boolean
    readonly recent: boolean
  }
  readonly settings: ConnectionSettings
  receive(request: RawRequest, connection: PhoneConnection): Received
}
