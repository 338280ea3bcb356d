import { describe, expect } from 'vitest'
import { itWithHub } from '../../testing/it.ts'
import type { PolicyView } from '../http/shapes.ts'
import { currentPolicy, type PolicyContent, versionOf } from './policy-content.ts'
import { jana, subject } from './policy-subject.fixture.ts'

const it = itWithHub({ nodes: 2 })

/** Another policy each time: the same facts, under an operator of another name. */
let operators = 0
function anotherPolicy(): PolicyContent {
  operators += 1
  return currentPolicy({ ...subject, operator: { name: `Operator ${operators}`, contact: undefined } })
}

describe('a version of the policy', () => {
  it('PD-10 is made once by nodes that start at the same moment, and none where nothing changed', async ({
    hub,
  }) => {
    const versions = () =>
      hub.control<{ version: string }>('select version from policy_versions order by number')
    // Two nodes have started already, one after the other.
    const first = await versions()
    expect(first).toHaveLength(1)

    await Promise.all(
      hub.nodes.map(async (node) => {
        await node.stop()
        await node.start()
      }),
    )
    expect(await versions()).toEqual(first)

    const policy = anotherPolicy()
    const made = await Promise.all(
      [0, 1, 0, 1, 0, 1].map((at) => hub.node(at as 0 | 1).app.policies.approve(policy, jana)),
    )
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect((await versions()).map(({ version }) => version).slice(1)).toEqual([versionOf(policy)])
  })

  it('PD-10 is never changed or removed afterwards, by nobody', async ({ hub }) => {
    const before = await hub.control('select * from policy_versions order by number')
    for (const change of [
      `update policy_versions set version = 'x'`,
      `update policy_versions set effective_at = now() where false`,
      'delete from policy_versions',
      'truncate policy_versions cascade',
    ])
      await expect(hub.control(change)).rejects.toThrow('never changed')
    expect(await hub.control('select * from policy_versions order by number')).toEqual(before)
  })

  it('PD-10 says what changed against the one before it, and keeps the words of both', async ({ hub }) => {
    const [before, after] = [anotherPolicy(), anotherPolicy()]
    await hub.app.policies.approve(before, jana)
    await hub.app.policies.approve(after, jana)
    const [newest] = await hub.app.policies.versions()
    expect(newest).toMatchObject({ version: versionOf(after) })
    expect(newest?.changes.en).toContain(
      `The app – operator: until now “Operator ${operators - 1}”, now “Operator ${operators}”.`,
    )
    const older = await hub.app.policies.read(versionOf(before))
    expect(older?.texts).toEqual(before.texts)
  })
})

describe('which version an organization used when', () => {
  const usesOf = (hub: { control: (sql: string, values?: unknown[]) => Promise<object[]> }, id: string) =>
    hub.control('select number from policy_uses where organization_id = $1', [id])

  it('PD-10 is on record from its first moment, and shown to its users with every change', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const { client } = acme.admin
    const first = await client.ok<PolicyView>('GET', '/api/v1/policy')
    expect(first.uses).toEqual([{ version: first.version, since: expect.any(String) }])
    expect(first.versions[0]).toMatchObject({ version: first.version, effectiveAt: first.effectiveAt })

    const policy = anotherPolicy()
    await hub.app.policies.approve(policy, jana)
    await hub.app.policies.approve(policy, jana)
    const second = await client.ok<PolicyView>('GET', '/api/v1/policy')
    expect(second.version).toBe(versionOf(policy))
    expect(second.uses.map(({ version }) => version)).toEqual([second.version, first.version])
    expect(second.versions[0]?.changes.cs.join()).toContain(`Operator ${operators}`)
  })

  it('PD-10 is shown to nobody else: the operator sees the versions alone', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'created' })
    const seen = await hub.operator.ok<PolicyView>('GET', '/api/v1/policy')
    expect(seen.uses).toEqual([])
    expect(seen.versions.length).toBeGreaterThan(0)
    expect(JSON.stringify(seen)).not.toContain(acme.id)
  })

  it('PD-10 goes with the organization; the versions stay', async ({ hub }) => {
    // Made while another version is put in force: whichever comes first, none is missed.
    const [acme] = await Promise.all([
      hub.given.organization({ set: 'created' }),
      hub.node(1).app.policies.approve(anotherPolicy(), jana),
    ])
    const other = await hub.given.organization({ set: 'created' })
    const [inForce] = await hub.app.policies.versions()
    for (const { id } of [acme, other])
      expect((await hub.app.policies.usesOf(id))[0]?.version).toBe(inForce?.version)
    await hub.operator.ok('DELETE', `/api/v1/organizations/${acme.id}`, { name: acme.name })
    expect(await usesOf(hub, acme.id)).toEqual([])
    expect((await usesOf(hub, other.id)).length).toBeGreaterThan(0)
    expect(await hub.app.policies.read()).toBeDefined()
  })
})
