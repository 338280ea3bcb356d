import type { Answer, Incoming } from '../http.ts'
import type { Grant } from './grants.ts'
import type { Webex } from './index.ts'

/** What an endpoint gets to see: who asks, with what right, and the request. */
export type ApiCall = {
  webex: Webex
  grant: Grant
  params: Record<string, string>
  /** Parsed JSON body; undefined when there is none. */
  json: unknown
  incoming: Incoming
  /** Address of the path asked for, for links to further pages. */
  address: string
  token: string
}

/** One endpoint below `/v1`. One of the `scopes` is needed; those of administrators only an administrator has. */
export type WebexRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  template: string
  scopes: readonly string[]
  run(call: ApiCall): Answer | Promise<Answer>
}
