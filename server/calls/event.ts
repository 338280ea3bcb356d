import type { PhoneNumber } from '../contacts/numbers.ts'

/** Seen from the organization. `internal`: both sides are its own extensions. */
export type Direction = 'inbound' | 'outbound' | 'internal'

/** How a call came out. `blocked` and `not-set-up` never reached anybody and are no customer call. */
export type Outcome =
  | 'answered'
  | 'missed'
  | 'busy'
  | 'rejected'
  | 'failed'
  | 'voicemail'
  | 'blocked'
  | 'not-set-up'

/** What an event may say about the whole call. Anything may be missing from any event. */
export interface CallFacts {
  direction?: Direction
  /** who calls */
  from?: PhoneNumber
  /** whom they called: the dialled line or number */
  to?: PhoneNumber
  /** outbound only: the number shown to the callee */
  shownAs?: PhoneNumber
  /** milliseconds since 1970 UTC, vendor's clock */
  startedAt?: number
  answeredBy?: PhoneNumber
}

export interface EventLeg {
  id: string
  party: PhoneNumber
  /** `transferee`: joined by a transfer. Legs of supervisors who listen in never become events. */
  role: 'caller' | 'callee' | 'transferee'
}

/**
 * What happened, in our words. Adapters make these; nothing behind them knows a vendor.
 * `call` is the vendor's id of the call; `key` names this event within the call, so that a second copy changes nothing;
 * `at` is the vendor's time in milliseconds since 1970 UTC.
 */
export type CallEvent = {
  call: string
  key: string
  at: number
  /** the vendor tells no times: `at` is when it reached us, so a second copy of the same event is later */
  approximate?: true
  facts: CallFacts
} & (
  | { kind: 'started' }
  | { kind: 'leg-ringing' | 'leg-joined'; leg: EventLeg }
  /** `outcome` where the system tells of each leg by itself and of no end: when all have left, that was the end */
  | { kind: 'leg-left'; leg: EventLeg; outcome?: Outcome }
  | { kind: 'answered' }
  /** without `outcome` it came out as what else was told says: answered, or nobody did */
  | { kind: 'ended'; outcome?: Outcome; talkSeconds?: number }
  /** ours: nothing was heard of the call for too long. Anything the phone system says later weighs more. */
  | { kind: 'silent-too-long' }
)
