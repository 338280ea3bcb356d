import { describe, expect } from 'vitest'
import { ringfence } from '../../testing/cli.ts'
import type { Company } from '../../testing/company.ts'
import { it } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import type { OrganizationDeleted } from '../http/shapes.ts'
import { deleteOrganization } from '../organizations/delete-organization.ts'

const remove = (acme: Company) =>
  acme.hub.operator.ok<OrganizationDeleted>('DELETE', `/api/v1/organizations/${acme.id}`, { name: acme.name })
const hooksOf = (acme: Company) => acme.hub.sandbox.pipedrive.company(acme.domain).webhooks.size
const installed = (acme: Company) => {
  const users = acme.hub.sandbox.pipedrive.company(acme.domain).users
  return acme.hub.sandbox.pipedrive.installedUsers().filter((id) => users.has(id))
}
const isGone = async (acme: Company) =>
  (await acme.hub.control('select 1 from organizations where id = $1', [acme.id])).length === 0

describe('an organization that is deleted', () => {
  it('PD-8 leaves its CRM first: no hook and no grant is left there', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const other = await hub.given.organization()
    await until('there are hooks', () => hooksOf(acme) > 0)
    expect(installed(acme)).toHaveLength(2)
    const before = [installed(other), hooksOf(other)]

    await hub.app.directories.of(await acme.organization())
    expect(hub.app.directories.held(acme.id, acme.crmId)).toBeDefined()
    hub.sandbox.pipedrive.settings.revokeSendsUninstall = true
    expect(await remove(acme)).toEqual({ left: [] })
    await hub.sandbox.idle()

    expect([installed(acme), hooksOf(acme), await isGone(acme)]).toEqual([[], 0, true])
    expect(hub.app.directories.held(acme.id, acme.crmId)).toBe(undefined) // nor in memory
    expect([installed(other), hooksOf(other)]).toEqual(before)
    expect(hub.crm.requestViolations).toEqual([])
  })

  it('PD-8 goes also where the CRM does not let it end everything there, and that is said', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const boris = await acme.given.user({ extension: '21' })
    await until('there are hooks', () => hooksOf(acme) > 0)
    const hooks = hooksOf(acme)
    for (const path of ['/oauth/revoke', '/api/v1/webhooks/*'])
      hub.sandbox.faults.order({ kind: '503', path, times: 20 })

    expect(await remove(acme)).toEqual({ left: [{ crm: 'Pipedrive', users: 2, hooks }] })

    expect([installed(acme), await isGone(acme)]).toEqual([[acme.admin.vendorId, boris.vendorId], true])
    hub.sandbox.faults.clear()
  })

  it('does not wait for a CRM that never answers', async ({ hub }) => {
    const acme = await hub.given.organization()
    await until('there are hooks', () => hooksOf(acme) > 0)
    const hooks = hooksOf(acme)
    for (const path of ['/oauth/revoke', '/api/v1/webhooks/*'])
      hub.sandbox.faults.order({ kind: 'timeout', path, times: 9 })
    const parts = { ...hub.app, patienceMs: 300 }
    expect(await deleteOrganization(parts, await acme.organization())).toEqual([
      { crm: 'Pipedrive', users: 1, hooks },
    ])
    expect(await isGone(acme)).toBe(true)
    hub.sandbox.faults.clear()
  })

  it('leaves it by the command line too', async ({ hub }) => {
    const acme = await hub.given.organization()
    const done = await ringfence(hub.env, 'org', 'delete', '--org', acme.id, '--name', acme.name, '--json')
    expect(JSON.parse(done.out)).toEqual({ deleted: acme.id, left: [] })
    expect([installed(acme), await isGone(acme)]).toEqual([[], true])
  })
})
