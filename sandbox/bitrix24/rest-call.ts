import type { Incoming } from '../http.ts'
import { RestError } from './errors.ts'
import type { Bitrix24 } from './index.ts'
import type { App } from './inputs.ts'
import type { Params } from './params.ts'
import type { Install, Portal, User } from './world.ts'

/** What a method gets to see: who asks, on which portal, by which app, and the parameters. */
export type RestCall = {
  bitrix: Bitrix24
  portal: Portal
  user: User
  /** null for an incoming webhook, which no app stands behind. */
  app: { app: App; install: Install } | null
  params: Params
  incoming: Incoming
}

/** One method. `scope`: null needs none. `inBatch: false`: not allowed in a batch. */
export type Method = {
  scope: string | readonly string[] | null
  /** Refuses incoming webhooks with WRONG_AUTH_TYPE. */
  appOnly?: true
  adminOnly?: true
  inBatch?: false
  run(call: RestCall): unknown | Promise<unknown>
}

/** A list with its place among all: `total` and `next` stand beside `result` on the wire. */
export class Listed {
  readonly result: unknown
  readonly total: number | undefined
  readonly next: number | undefined

  constructor(result: unknown, total?: number, next?: number) {
    this.result = result
    this.total = total
    this.next = next
  }
}

/** The app behind the call; the dispatcher has made sure of it for `appOnly` methods. */
export function appOf(call: RestCall): { app: App; install: Install } {
  if (call.app === null)
    throw new RestError(403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied for this method')
  return call.app
}

/** 400 with ERROR_CORE or an empty code, as the setting says. */
export function refuse(call: { bitrix: Bitrix24 }, text: string): RestError {
  return new RestError(400, call.bitrix.settings.businessErrorCode, text)
}
