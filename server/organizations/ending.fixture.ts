import type { Hub } from '../../testing/hub.ts'
import { until } from '../../testing/until.ts'
import type { SubscriptionChange, SubscriptionChanged } from '../http/shapes.ts'
import type { SignedReceipt } from '../privacy/receipt-signing.ts'

interface Customer {
  hub: Hub
  id: string
}

/** The operator says how its subscription stands. */
export const change = ({ hub, id }: Customer, wish: SubscriptionChange) =>
  hub.operator.ok<SubscriptionChanged>('PUT', `/api/v1/organizations/${id}/subscription`, wish)

export const end = (acme: Customer & { name: string }) => change(acme, { state: 'ended', name: acme.name })

/** What was signed for it, also once nothing else of it is left. */
export async function receiptsOf({ hub, id }: Customer): Promise<SignedReceipt[]> {
  const { receipts } = await hub.operator.ok<{ receipts: SignedReceipt[] }>('GET', '/api/v1/receipts')
  return receipts.filter(({ receipt }) => receipt.organization === id)
}

/** A job that was queued under the key `late` is done; one that failed stays, and is tried again. */
export async function lateJobRan(hub: Hub): Promise<void> {
  await until(
    'it ran',
    async () => (await hub.control(`select from graphile_worker.jobs where key = 'late'`)).length === 0,
  )
}
