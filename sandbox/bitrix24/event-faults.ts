import type { Portal } from './world.ts'

/** One event on its way to one address. */
export type Delivery = {
  portal: Portal
  event: string
  url: string
  /** What the ledger calls it by: CALL_ID, the id of an entity, or the app. */
  subject: string
  body: Record<string, unknown> & { auth: Record<string, unknown> }
}

/** What stands in `auth` whatever happens. */
const always = ['domain', 'client_endpoint', 'server_endpoint', 'member_id', 'application_token']

/** The body as the fault has it. */
export function changed({ auth, ...body }: Delivery['body'], fault: string | null): Delivery['body'] {
  switch (fault) {
    case 'wrong-token':
      return { ...body, auth: { ...auth, application_token: 'f'.repeat(32) } }
    case 'other-member':
      return { ...body, auth: { ...auth, member_id: 'e'.repeat(32) } }
    case 'no-tokens':
      return {
        ...body,
        auth: Object.fromEntries(Object.entries(auth).filter(([name]) => always.includes(name))),
      }
    default:
      return { ...body, auth }
  }
}
