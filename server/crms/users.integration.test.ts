import { describe, expect } from 'vitest'
import type { Colleague } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import { runNow } from '../../testing/jobs.ts'
import { until } from '../../testing/until.ts'
import type { SessionView } from '../http/shapes.ts'

/** Reads what only administrators may. */
const manages = async ({ client }: Colleague) => (await client.request('GET', '/api/v1/users')).status === 200
const roleOf = async ({ client }: Colleague) => {
  const session = await client.ok<SessionView>('GET', '/api/v1/session')
  return session.kind === 'user' ? session.role : undefined
}

describe('the rights of an administrator', () => {
  it('end with those in the CRM when it tells that the user changed, and the session goes on', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const { pipedrive } = hub.sandbox
    const boris = await acme.given.user({ extension: '22', admin: true })
    const clara = await acme.given.user({ extension: '23', admin: true })
    const screen = await acme.deskOf(boris)
    expect([await manages(boris), await manages(clara)]).toEqual([true, true])

    pipedrive.setAdmin(acme.domain, boris.vendorId, false, { told: true })
    await until('Boris is an agent', async () => !(await manages(boris)))
    expect(await roleOf(boris)).toBe('agent')
    const call = await acme.phone.rings({ from: '+442079460123', to: '22' })
    await screen.shows(call.id)
    const installed = await hub.control<{ administrator: boolean }>(
      'select administrator from installations where organization_id = $1 and user_ref = $2',
      [acme.id, String(boris.vendorId)],
    )
    expect(installed).toEqual([{ administrator: false }])

    pipedrive.setAdmin(acme.domain, boris.vendorId, true, { told: true })
    await until('Boris administers again', () => manages(boris))

    pipedrive.deactivateUser(acme.domain, clara.vendorId)
    await until('Clara administers nothing', async () => !(await manages(clara)))
  })

  it('end in the night where it tells nothing, also those of the only one', async ({ hub }) => {
    const acme = await hub.given.organization()
    const { pipedrive } = hub.sandbox
    const boris = await acme.given.user({ extension: '22', admin: true })
    pipedrive.setAdmin(acme.domain, boris.vendorId, false, { told: false })
    await runNow(hub, 'night', acme)
    expect([await manages(boris), await roleOf(boris)]).toEqual([false, 'agent'])

    pipedrive.setAdmin(acme.domain, acme.admin.vendorId, false, { told: false })
    await runNow(hub, 'night', acme)
    expect((await acme.admin.client.request('GET', '/api/v1/users')).status).toBe(403)
    expect(hub.crm.requestViolations).toEqual([])
  })
})
