import type { PlayedCall } from '../ledger.ts'
import type { StartOptions } from '../start-options.ts'
import type { Call, CallState } from './call.ts'

/** What one needs to know to start a call. `startAt` is for the lists of the REST API: events come now whatever it says. */
export type CallOptions = StartOptions & {
  /** Name of the account; may be left out when there is only one. */
  account?: string | undefined
}
export type RingOptions = CallOptions & {
  /** Number of the caller in E.164, or `anonymous`. */
  from: string
  /** The account's number that is called, E.164; default its first. */
  to?: string | undefined
  /** The caller is on the block list: the call is over at once. */
  blocked?: boolean | undefined
}
export type DialOptions = CallOptions & {
  did: string | number
  /** A number, dialled as people in Germany do when it is E.164, or the extension of a colleague. */
  to: string | number
  /** Without showing a number; nothing is told of such a call. */
  suppressed?: boolean | undefined
}

/** A call that is going on. */
export type LiveCall = {
  /** Its `call_id`. */
  id: string
  account: string
  direction: PlayedCall['direction']
  state: CallState
  from: string | null
  to: string
  startTime: string
  /** Extension of whoever speaks, or the outside phone. */
  owner: string | null
}

export type StartedCall = {
  call: Call
  played: PlayedCall
  speed: number
  /** By how much the call's own time is ahead of the clock. */
  offsetMs: number
}

export function liveCall({ call, played }: StartedCall): LiveCall {
  const { owner } = call
  return {
    id: call.id,
    account: call.account.name,
    direction: played.direction,
    state: call.state,
    from: played.from,
    to: played.to,
    startTime: played.startTime,
    owner: owner === undefined ? null : 'outside' in owner ? owner.outside : owner.did,
  }
}
