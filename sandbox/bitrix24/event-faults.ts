import type { NewEventFault } from './faults.ts'
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

/** The delivery as the fault has it. */
export function changed(delivery: Delivery, fault: NewEventFault | undefined): Delivery {
  const { auth } = delivery.body
  const withAuth = (other: Record<string, unknown>) => ({
    ...delivery,
    body: { ...delivery.body, auth: other },
  })
  switch (fault?.kind) {
    case 'wrong-token':
      return withAuth({ ...auth, application_token: 'f'.repeat(32) })
    case 'other-member':
      return withAuth({ ...auth, member_id: 'e'.repeat(32) })
    case 'no-tokens':
      return withAuth(Object.fromEntries(Object.entries(auth).filter(([name]) => always.includes(name))))
    default:
      return delivery
  }
}
