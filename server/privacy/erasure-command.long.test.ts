import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { childEnv } from '../../testing/child-env.ts'
import { ringfence } from '../../testing/cli.ts'
import { tablesWith } from '../../testing/everything.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { CorrectionView, ErasureView } from '../http/shapes.ts'
import { erasureJob, removeBytes } from './carry-out.ts'
import type { CorrectionReceipt } from './correction-receipt.ts'
import { ada } from './erase.fixture.ts'
import type { ErasureReceipt } from './erasure-receipt.ts'

describe('an erasure by command', () => {
  it('L-17.1/L-E.1 is carried out by the operator on instruction, and the bytes go in the night', async ({
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
    expect(await tablesWith(hub, ['Ada Lovelace', ada])).toEqual([])
    // what waits for the database lies in the server's folder: the server's job says when that is done
    expect(receipt).toMatchObject({ cause: 'command', levels: { unreadable: { by: expect.any(String) } } })
    const levels = async () =>
      (await acme.admin.client.ok<{ erasures: ErasureView[] }>('GET', '/api/v1/privacy/erasures')).erasures[0]
        ?.levels
    await until('the server has done the rest', async () => 'at' in ((await levels())?.unreadable ?? {}))
    await removeBytes(hub.app, await acme.organization(), { request: 'erasures', id: receipt.id })
    expect(await levels()).toMatchObject({ files: { at: expect.any(String) }, log: { elsewhere: true } })
  })

  it('L-17.1/L-E.3 is finished by the server when the command is killed in the middle', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const persons = () => acme.query('select 1 from persons')
    const holding = new pg.Client({ ...hub.databases.server, database: await hub.databases.of(acme.id) })
    await holding.connect()
    await holding.query('begin; lock table persons in share mode')
    const command = ['server/cli.ts', 'privacy', 'erase', '--org', acme.id, '--number', ada, '--yes']
    const child = spawn(process.execPath, command, { env: { ...childEnv, ...hub.env }, stdio: 'ignore' })
    const known = () => hub.app.ring.erasures().filter(({ organization }) => organization === acme.id)
    await until('the ledger knows', async () => known().length > 0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await holding.end()
    const [entry] = known()
    const key = erasureJob(entry?.id ?? '')
    expect(await persons()).not.toEqual([])
    const moved = await hub.control(
      `update graphile_worker._private_jobs set run_at = now() where key = $1 returning id`,
      [key],
    )
    expect(moved).toHaveLength(1)
    await until('nothing of her is left', async () => (await persons()).length === 0)
  })
})

describe('a correction by command', () => {
  it('L-16.1 is carried out by the server on instruction, and the bytes go in the night', async ({ hub }) => {
    const acme = await hub.given.organization()
    const person = await acme.given.person({ name: 'Ada Lovelace', number: ada })
    const of = ['--org', acme.id, '--number', ada, '--json']
    const wish = ['--name', 'Ada King', '--new-number', '+442079460188']
    expect(await ringfence(hub.env, 'privacy', 'correct', ...of, ...wish)).toMatchObject({
      status: 1,
      out: '',
    })
    const ordered = await ringfence(hub.env, 'privacy', 'correct', ...of, ...wish, '--yes')
    const { receipt } = JSON.parse(ordered.out) as { receipt: CorrectionReceipt }
    expect(receipt).toMatchObject({ cause: 'command', fields: ['name', 'number'] })
    const record = async () =>
      (await acme.admin.client.ok<{ corrections: CorrectionView[] }>('GET', '/api/v1/privacy/corrections'))
        .corrections[0]
    await until('the CRM has it', async () =>
      (await record())?.recipients.some((one) => one.state === 'confirmed'),
    )
    expect(hub.sandbox.pipedrive.company(acme.domain).persons.get(person.id)).toMatchObject({
      name: 'Ada King',
      phones: [{ value: '+442079460188' }],
    })
    await removeBytes(hub.app, await acme.organization(), { request: 'corrections', id: receipt.id })
    expect(await record()).toMatchObject({ levels: { files: { at: expect.any(String) } } })
  })
})
