import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Hub, openHub } from '../../testing/hub.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionMade, DeskState } from '../http/shapes.ts'
import { writeAdapter } from './new.ts'

/** A package as `ringfence adapter new` writes it, in a server of its own process. */
let into: string
let hub: Hub
beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'ringfence-adapter-'))
  const folder = await writeAdapter({ name: 'acme-voice', kind: 'phone', into })
  hub = await openHub({ as: 'process', env: { RINGFENCE_ADAPTERS: folder } })
})
afterAll(async () => {
  await hub.close()
  await rm(into, { recursive: true, force: true })
})

describe('a server with an adapter of others', () => {
  it('BX-8 shows its calls, and tells in the policy who receives data through it', async () => {
    const acme = await hub.given.organization()
    const ada = await acme.given.person()
    const boris = await acme.given.user({ extension: '21' })
    const made = await acme.admin.client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'acme-voice',
    })
    const deliver = async (body: string, secret: string) => {
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      const headers = { 'x-example-signature': signature }
      return (await fetch(made.hookUrl ?? '', { method: 'POST', headers, body })).status
    }
    const trace = await readFile(join(into, 'acme-voice/traces/answered.json'), 'utf8')
    const [ringing] = JSON.parse(trace) as { from: string }[]
    const body = JSON.stringify({ ...ringing, from: ada.number, at: new Date().toISOString() })

    expect(await deliver(body, 'guessed')).toBe(401)
    expect(await deliver(body, made.secret ?? '')).toBe(200)
    const call = await until('the call is on the desk', async () => {
      const { calls } = await boris.client.ok<DeskState>('GET', '/api/v1/desk')
      return calls[0]
    })
    expect(JSON.stringify(call)).toContain(ada.name)
    const policy = await hub.client().request('GET', '/privacy/policy')
    expect(policy.text).toContain('Acme Voice, where it is the connected phone system')
  })
})
