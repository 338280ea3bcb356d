import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ErasureView } from '../http/shapes.ts'
import { removeBytes } from './carry-out.ts'
import { ada } from './erase.fixture.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'

describe('an erasure by command', () => {
  it('L-17.1 L-E.1 is carried out by the operator on instruction, and the bytes go in the night', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const of = ['--org', acme.id, '--number', ada, '--json']
    const shown = await ringfence(hub.env, 'privacy', 'show', ...of)
    expect(JSON.parse(shown.out)).toEqual([expect.objectContaining({ kind: 'contact mirror', total: 2 })])
    expect(await ringfence(hub.env, 'privacy', 'erase', ...of)).toMatchObject({ status: 1, out: '' })
    const erased = await ringfence(hub.env, 'privacy', 'erase', ...of, '--yes')
    const { receipt } = JSON.parse(erased.out) as { receipt: ErasureReceipt }
    // what waits for the database lies in the server's folder: the server's job says when that is done
    expect(receipt).toMatchObject({ cause: 'command', levels: { unreadable: { by: expect.any(String) } } })
    const levels = async () =>
      (await acme.admin.client.ok<{ erasures: ErasureView[] }>('GET', '/api/v1/privacy/erasures')).erasures[0]
        ?.levels
    await until('the server has done the rest', async () => 'at' in ((await levels())?.unreadable ?? {}))
    await removeBytes(hub.app, await acme.organization(), receipt.id)
    expect(await levels()).toMatchObject({ files: { at: expect.any(String) }, log: { elsewhere: true } })
  })
})
