import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import type { SubscriptionChange, SubscriptionChanged } from '../http/shapes.ts'
import type { SignedReceipt } from '../privacy/receipt-signing.ts'

const it = itWithHub({})

const change = ({ hub, id }: Company, wish: SubscriptionChange) =>
  hub.operator.ok<SubscriptionChanged>('PUT', `/api/v1/organizations/${id}/subscription`, wish)
const end = (acme: Company) => change(acme, { state: 'ended', name: acme.name })

describe('the end of a subscription', () => {
  it('BX-6 is finished when it was cut off after the keys had gone', async ({ hub }) => {
    const acme = await hub.given.organization()
    // Somebody reads, so that the bytes of the rows cannot go now.
    const [ended] = await hub.app.cluster.control.transaction(async (db) => {
      await db.rows('select 1 from sessions')
      return [await end(acme)]
    })
    expect(ended?.organization.subscription).toEqual({ state: 'ending' })
    expect((await end(acme)).organization.subscription).toEqual({ state: 'ended' })
    const { receipts } = await hub.operator.ok<{ receipts: SignedReceipt[] }>('GET', '/api/v1/receipts')
    expect(receipts.map(({ receipt }) => [receipt.ended, receipt.keysDestroyed])).toEqual([
      ['organization', true],
    ])
  })
})
