import { describe, expect } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { itWithHub } from '../../testing/it.ts'
import { PortalCompany, portalApp, portalEnv } from '../../testing/portal-company.ts'
import { until } from '../../testing/until.ts'
import type { ErasureView } from '../http/shapes.ts'
import { ada, ben, lost, needles, openable } from './erase.fixture.ts'
import { rememberSealings } from './sealings.fixture.ts'

const it = itWithHub({ env: portalEnv })

describe('the erasure of one person whose call the CRM shows', () => {
  it('L-17.1 L-19.1 takes the open card and the call that was asked for, and says that the CRM has them', async ({
    hub,
  }) => {
    const sealings = rememberSealings()
    const acme = await PortalCompany.found(hub, 'acme')
    hub.sandbox.bitrix24.setOutgoing({ portal: acme.name, clientId: portalApp.clientId })
    hub.sandbox.bitrix24.clickToCall({ portal: acme.name, userId: 1, number: ada })
    const requested = () => acme.query<{ state: string }>('select state from requested_calls')
    await until(
      'the telephone of whoever clicked rings',
      async () => (await requested())[0]?.state === 'taken',
    )
    await acme.phone.rings({ from: ada, to: ['21'] })
    const other = await acme.phone.rings({ from: ben, to: ['21'] })
    const { vendorId } = acme.admin
    await acme.shows([vendorId, vendorId, vendorId])
    const shownIn = (await acme.query('select 1 from live_calls')).length
    expect(await openable(hub, acme, sealings)).toEqual(
      expect.arrayContaining(['live_calls.live_sealed', 'requested_calls.request_sealed']),
    )

    const erasure = await acme.admin.client.ok<ErasureView>('POST', '/api/v1/privacy/erasures', {
      number: ada,
      atCrm: 'ours',
    })

    expect(await openable(hub, acme, sealings)).toEqual([])
    expect(await tablesWith(hub, needles)).toEqual([])
    expect(await lost(hub, acme)).toEqual([])
    expect(await requested()).toEqual([])
    expect(shownIn).toBe(3) // the call that was asked for, hers, and the other's
    expect(await acme.query('select call_id from live_calls')).toEqual([
      { call_id: await acme.callId(other) },
    ])
    expect(erasure.removed).toMatchObject({ requested_calls: 1 })
    expect(erasure.recipients).toContainEqual(
      expect.objectContaining({ recipient: 'bitrix24', what: 'call', state: 'by people', count: 2 }),
    )
    // the other's card goes on, by what was sealed anew
    await acme.phone.answers(other, '21')
    await acme.phone.hangsUp(other)
    await acme.written(other)
    expect(await acme.recordOf(other)).toMatchObject({ records: [{ finished: 1 }] })
  })
})
