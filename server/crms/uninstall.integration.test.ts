import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { ConnectionMade } from '../http/shapes.ts'
import { filledCompany } from '../privacy/filled.fixture.ts'

describe('an uninstallation told by the CRM', () => {
  it('takes one user, and with the last one everything of the company', async ({ hub }) => {
    const acme = await filledCompany(hub)
    const boris = await acme.given.user({ extension: '31' })
    const count = async (table: string) => (await acme.query(`select 1 from ${table}`)).length
    const installations = () =>
      hub.control<{ user_ref: string }>('select user_ref from installations where organization_id = $1', [
        acme.id,
      ])
    const users = await installations()

    await hub.sandbox.pipedrive.uninstall(boris.vendorId)
    await until(
      'it is gone',
      async () => (await acme.query('select 1 from users where id = $1', [boris.id])).length === 0,
    )
    expect(await installations()).toHaveLength(users.length - 1)
    expect((await boris.client.request('GET', '/api/v1/users')).status).toBe(401)
    expect(await count('persons')).toBeGreaterThan(0)

    // All who are left, at the same moment: exactly one of them is the last.
    await Promise.all(
      (await installations()).map(({ user_ref }) => hub.sandbox.pipedrive.uninstall(Number(user_ref))),
    )
    await until(
      'it is gone',
      async () => (await count('persons')) + (await count('users')) + (await count('calls')) === 0,
    )
    expect(await installations()).toEqual([])
  })

  it('PD-8 of the last user ends the agreement and the hooks; whoever installs again agrees anew', async ({
    hub,
  }) => {
    const acme = await filledCompany(hub)
    const count = async (table: string) => (await acme.query(`select 1 from ${table}`)).length
    const crmHooks = () => hub.control('select 1 from hook_keys where connection_id = $1', [acme.crmId])
    expect(await crmHooks()).toHaveLength(1)
    const users = await hub.control<{ user_ref: string }>(
      'select user_ref from installations where organization_id = $1',
      [acme.id],
    )
    for (const { user_ref } of users) await hub.sandbox.pipedrive.uninstall(Number(user_ref))
    await until('it is gone', async () => (await count('calls')) + (await count('agreements')) === 0)
    await until(
      'it is done',
      async () =>
        (await hub.control(`select from graphile_worker.jobs where task_identifier = 'uninstall'`)).length ===
        0,
    )
    expect(await crmHooks()).toEqual([])

    await acme.phone.calls({ from: '+442079460123', to: '21' })
    expect(await count('calls')).toBe(0)

    const again = { side: 'crm', adapter: 'pipedrive' }
    const { installUrl = '' } = await hub.operator.ok<ConnectionMade>('POST', '/api/v1/connections', again, {
      'x-organization': acme.id,
    })
    expect(await acme.admin.client.signIn(installUrl, acme.admin.vendorId)).toBe('/agreement')
    await acme.phone.calls({ from: '+442079460123', to: '21' })
    expect([await count('calls'), await count('persons')]).toEqual([0, 0])

    await acme.accept()
    expect(await crmHooks()).toHaveLength(1)
    const { id } = await acme.given.person({ name: 'Grace Hopper', number: '+442079460155' })
    await until('the mirror has heard of it', async () => (await count('persons')) > 1)
    const call = await acme.phone.calls({ from: '+442079460155', to: '21' })
    expect(await acme.written(call)).toMatchObject({ personId: id })
  })

  it('is refused without the app’s own credentials, and changes nothing when it comes again', async ({
    hub,
  }) => {
    const acme = await filledCompany(hub)
    const boris = await acme.given.user({ extension: '31' })
    const callback = `${hub.url}/apps/pipedrive/callback`
    const tell = (authorization: string, body: object) =>
      fetch(callback, {
        method: 'DELETE',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const { clientId, clientSecret } = hub.app.settings.pipedrive ?? { clientId: '', clientSecret: '' }
    const basic = (secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`
    const [company] = await acme.query<{ company_ref: string }>(
      `select company_ref from connections where side = 'crm'`,
    )
    const body = {
      client_id: clientId,
      company_id: Number(company?.company_ref),
      user_id: boris.vendorId,
      timestamp: 'any',
    }

    expect((await tell(basic('wrong'), body)).status).toBe(401)
    expect((await tell(basic(clientSecret), { ...body, client_id: 'another' })).status).toBe(400)
    expect(await acme.query('select 1 from users where id = $1', [boris.id])).toHaveLength(1)

    expect((await tell(basic(clientSecret), body)).status).toBe(200)
    expect((await tell(basic(clientSecret), body)).status).toBe(200)
    await until(
      'it is gone',
      async () => (await acme.query('select 1 from users where id = $1', [boris.id])).length === 0,
    )
    expect((await tell(basic(clientSecret), body)).status).toBe(200)
  })
})
