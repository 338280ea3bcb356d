import type { Answer, Incoming } from '../http.ts'
import type { Pipedrive } from './index.ts'
import type { Company, User } from './world.ts'

/** What an endpoint gets to see: who asks, in which company, and the request. */
export type Call = {
  pipedrive: Pipedrive
  company: Company
  user: User
  clientId: string
  params: Record<string, string>
  query: URLSearchParams
  /** Parsed JSON body; undefined when there is none. */
  json: unknown
  incoming: Incoming
}

/** One endpoint. `template` is the path below the version, `tokens` its price, `scopes` those of which one is needed. */
export type Route = {
  version: 1 | 2
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  template: string
  tokens: number
  scopes: readonly string[]
  search?: true
  run(call: Call): Answer | Promise<Answer>
}
