import type { Client } from './client.ts'
import type { Hub } from './hub.ts'

/** An organization as far as a telephone system has to know it, whatever its CRM. */
export interface Office {
  readonly hub: Hub
  readonly id: string
  /** name of its account in the CRM, and of that at its telephone system */
  readonly domain: string
  readonly admin: { readonly client: Client }
}
