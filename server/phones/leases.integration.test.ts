import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { asleepWithin } from '../../testing/asleep.ts'
import type { Company } from '../../testing/company.ts'
import type { Hub } from '../../testing/hub.ts'
import { itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'

const it = itWithHub({
  as: 'process',
  nodes: 2,
  start: {
    held: { leaseMs: 2_000, beatMs: 200, waits: { answerMs: 500, longestPauseMs: 200 } },
  },
})

interface Holding {
  node_id: string | null
  version: string
  state: string
}

async function holding(hub: Hub, acme: Company): Promise<Holding> {
  const [row] = await hub.control<Holding>(
    'select node_id, version, state from held_connections where connection_id = $1',
    [acme.phoneId],
  )
  if (!row) throw new Error('nobody wants it held')
  return row
}

const held = (hub: Hub, acme: Company, wished: (holding: Holding) => boolean = () => true) =>
  until('it is held', async () => {
    const now = await holding(hub, acme)
    return now.state === 'connected' && now.node_id !== null && wished(now) && now
  })

/** A call that is played now is heard. */
async function hears(acme: Company): Promise<void> {
  const { optimcall } = acme.hub.sandbox
  const { id } = optimcall.ring({ tenant: acme.domain, from: '+442079460123', ring: ['21'] })
  optimcall.hangUp(id)
  await until('the call is heard', async () => {
    const [call] = await acme.query(`select id from calls where state = 'ended'`)
    return call !== undefined
  })
}

/** Which of the two nodes this is: its name stands in its data folder. */
async function indexOf(hub: Hub, nodeId: string | null): Promise<0 | 1> {
  const first = await readFile(join(hub.folder, 'data-1', 'node-id'), 'utf8')
  return first.trim() === nodeId ? 0 : 1
}

describe('a connection that is held, with two nodes', () => {
  it('is held by one, and by the other once that one is killed', async ({ hub }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.given.user({ extension: '21' })
    await acme.listens()
    const before = await held(hub, acme)
    const killed = await indexOf(hub, before.node_id)
    await hub.node(killed).kill()

    await held(hub, acme, ({ node_id }) => node_id !== before.node_id)
    expect(optimcall.sockets(acme.domain)).toMatchObject({ mostAtOnce: 1, authenticated: 1, letIn: 2 })
    const [gap] = await hub.control<{ seconds: number }>(
      'select extract(epoch from ended_at - began_at)::float as seconds from held_gaps where connection_id = $1',
      [acme.phoneId],
    )
    expect(gap?.seconds).toBeGreaterThan(1)

    // Whoever comes back does not take it away again.
    await hub.node(killed).start()
    await hears(acme)
    expect(optimcall.sockets(acme.domain)).toMatchObject({ mostAtOnce: 1, letIn: 2 })
  })

  it('is let go at once by a node that slept through its lease', async ({ hub }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.given.user({ extension: '21' })
    await acme.listens()
    const before = await held(hub, acme)
    const asleep = hub.node(await indexOf(hub, before.node_id))
    asleep.sleep()
    try {
      const after = await held(hub, acme, ({ node_id }) => node_id !== before.node_id)
      expect(Number(after.version)).toBe(Number(before.version) + 1)
      // The line of the sleeper is still open: nobody but itself can close it.
      expect(optimcall.sockets(acme.domain).open).toBe(2)
    } finally {
      asleep.wake()
    }
    await until('the sleeper has let go', () => optimcall.sockets(acme.domain).open === 1)
    await hears(acme)
    expect(await holding(hub, acme)).toMatchObject({ state: 'connected' })
    expect(optimcall.sockets(acme.domain)).toMatchObject({ open: 1, letIn: 2 })
  })

  it('is taken from a node that fell asleep in the middle of renewing it, which wakes and does nothing twice', async ({
    hub,
  }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.given.user({ extension: '21' })
    await acme.listens()
    const before = await held(hub, acme)
    const asleep = hub.node(await indexOf(hub, before.node_id))
    // Its lease is written and not committed: others would pass over that row for as long as it sleeps.
    const renewing = { database: hub.databases.control, table: 'nodes', statement: 'select 1 from nodes' }
    await asleepWithin(hub.databases, renewing, async () => asleep)
    try {
      const after = await held(hub, acme, ({ node_id }) => node_id !== before.node_id)
      expect(Number(after.version)).toBe(Number(before.version) + 1)
    } finally {
      asleep.wake()
    }
    await until('the sleeper has let go', () => optimcall.sockets(acme.domain).open === 1)
    expect((await fetch(`${asleep.url}/healthz`)).status).toBe(200)
    await hears(acme)
    expect(await acme.query('select id from calls')).toHaveLength(1)
    expect(optimcall.sockets(acme.domain)).toMatchObject({ open: 1, letIn: 2 })
  })

  it('is given to the other without waiting by a node that is stopped', async ({ hub }) => {
    const { optimcall } = hub.sandbox
    const acme = await hub.given.organization({ persons: [] })
    await acme.given.user({ extension: '21' })
    await acme.listens()
    const before = await held(hub, acme)
    const stopped = hub.node(await indexOf(hub, before.node_id))
    await stopped.stop()
    await held(hub, acme, ({ node_id }) => node_id !== before.node_id)
    expect(optimcall.sockets(acme.domain)).toMatchObject({ mostAtOnce: 1, authenticated: 1 })
    await stopped.start()
  })
})
