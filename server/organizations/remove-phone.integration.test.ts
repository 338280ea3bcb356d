import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionMade, ConnectionView, MyExtensions } from '../http/shapes.ts'

const it = itWithHub({ nodes: 2, start: { held: { beatMs: 100 } } })

/** The key and the secret were right, and then the body cannot be read. */
const verified = 400
const cards = async (acme: Company) =>
  (await acme.admin.client.ok<{ connections: ConnectionView[] }>('GET', '/api/v1/connections')).connections
const socketOf = (acme: Company) => acme.hub.sandbox.optimcall.sockets(acme.domain)
const pathOf = (acme: Company) => `/api/v1/connections/${acme.phoneId}`

describe('a phone system', () => {
  it('that is removed is heard no more, leaves nothing of what was set, and its calls stay for their week', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '22' })
    await acme.admin.client.ok('PUT', `/api/v1/users/${acme.admin.id}/sees`, { sees: 'all' })
    const call = await acme.phone.calls({ from: '+442079460123', to: '22' })
    await acme.written(call)
    await acme.sets({ baseUrl: 'https://acme.example', recordingAccess: { kind: 'bearer', token: 'opens' } })
    expect(await acme.hook('{')).toBe(verified)
    await hub.app.counters.flush()

    await acme.admin.client.ok('DELETE', pathOf(acme))

    expect(await acme.hook('{')).toBe(404)
    await hub.app.counters.flush()
    expect((await cards(acme)).map(({ side }) => side)).toEqual(['crm'])
    expect(
      await acme.query(
        `select settings_sealed, own_numbers_sealed, (select count(*)::int from delivery_counts d where d.connection_id = c.id)
           as counted, (select count(*)::int from user_extensions) as extensions
         from connections c where id = $1`,
        [acme.phoneId],
      ),
    ).toEqual([{ settings_sealed: null, own_numbers_sealed: null, counted: 0, extensions: 0 }])
    expect(await hub.control('select 1 from hook_keys where connection_id = $1', [acme.phoneId])).toEqual([])
    const mine = await boris.client.ok<MyExtensions>('GET', '/api/v1/users/me/extensions')
    expect(mine.extensions).toEqual([])
    for (const [method, path] of [
      ['GET', `${pathOf(acme)}/settings`],
      ['POST', `${pathOf(acme)}/hook`],
      ['DELETE', pathOf(acme)],
    ] as const)
      expect((await acme.admin.client.request(method, path)).status).toBe(404)
    const journal = async () =>
      (await acme.admin.client.ok<{ calls: { id: string }[] }>('GET', '/api/v1/calls')).calls
    expect((await journal()).map(({ id }) => id)).toEqual([call.id])

    // With its last call the row goes too.
    const rows = () => acme.query('select 1 from connections where id = $1', [acme.phoneId])
    const sweep = () => hub.app.jobs.add('sweep', {}, { key: 'sweep', at: new Date() })
    await acme.query(`update calls set expires_at = expires_at - interval '9 days'`)
    await sweep()
    await until('it is swept', async () => (await rows()).length === 0)
    expect(await journal()).toEqual([])
  })

  it('that we hold a connection to is let go by whichever node holds it, and another stays', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ persons: [] })
    const boris = await acme.given.user({ extension: '22' })
    await acme.listens()
    await until('we are let in', () => socketOf(acme).authenticated === 1)
    const second = await acme.admin.client.ok<ConnectionMade>('POST', '/api/v1/connections', {
      side: 'phone',
      adapter: 'optimcall',
    })

    await acme.admin.client.ok('DELETE', pathOf(acme))

    await until('nobody is connected', () => socketOf(acme).open === 0)
    expect(
      await hub.control('select 1 from held_connections where connection_id = $1', [acme.phoneId]),
    ).toEqual([])
    expect((await cards(acme)).map(({ id }) => id)).toContain(second.id)
    const mine = await boris.client.ok<MyExtensions>('GET', '/api/v1/users/me/extensions')
    expect(mine.extensions).toEqual(['22'])
  })

  it('gets another address and secret, and the old ones open nothing on any node', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const send = async (
      { hookUrl = '', secret = '' }: Pick<ConnectionMade, 'hookUrl' | 'secret'>,
      node: number,
    ) => {
      const { pathname } = new URL(hookUrl)
      const headers = { 'x-optimcall-key': secret, 'content-type': 'application/json' }
      const answer = await fetch(`${hub.nodes[node]?.url}${pathname}`, {
        method: 'POST',
        headers,
        body: '{',
      })
      return answer.status
    }
    const renew = () => acme.admin.client.ok<ConnectionMade>('POST', `${pathOf(acme)}/hook`)
    const first = await renew()
    expect([await send(first, 0), await send(first, 1)]).toEqual([verified, verified])
    const next = await renew()
    expect([next.hookUrl === first.hookUrl, next.secret === first.secret]).toEqual([false, false])
    expect(await send(first, 0)).toBe(404)
    await until('the other node knows', async () => (await send(first, 1)) === 404)
    expect([await send(next, 0), await send(next, 1)]).toEqual([verified, verified])
    expect(await send({ ...next, secret: first.secret ?? '' }, 0)).toBe(401)
  })

  it('is an administrator’s to remove and renew, of their own organization', async ({ hub }) => {
    const acme = await hub.given.organization()
    const other = await hub.given.organization({ set: 'installed' })
    const agent = await acme.given.user({ extension: '21' })
    for (const [method, path] of [
      ['DELETE', pathOf(acme)],
      ['POST', `${pathOf(acme)}/hook`],
    ] as const) {
      expect((await agent.client.request(method, path)).status).toBe(403)
      expect((await other.admin.client.request(method, path)).status).toBe(404)
      expect((await hub.client().request(method, path)).status).toBe(401)
    }
    // The CRM leaves by an uninstall.
    expect((await acme.admin.client.request('DELETE', `/api/v1/connections/${acme.crmId}`)).status).toBe(404)
    expect(await acme.hook('{')).toBe(verified)
  })
})
