import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { ownPostgres } from '../../testing/postgres.ts'
import { Connections } from './connections.ts'
import { holdConnections, useAtOnce } from './many-organizations.fixture.ts'

describe('the connections of many organizations', () => {
  it('never exceed the one budget, and everybody is served', async () => {
    // Ten of them are for the control database, so there are fewer than organizations.
    const { served, most, openAfterwards } = await useAtOnce({ organizations: 8, connectionBudget: 14 })
    expect(new Set(served).size).toBe(32)
    expect(most).toBeGreaterThan(4)
    expect(most).toBeLessThanOrEqual(14)
    expect(openAfterwards).toBeLessThanOrEqual(14)
  })

  it('are made do with as the server has them, when others hold the rest', async () => {
    const { served, most } = await useAtOnce({ organizations: 8, connectionBudget: 60, heldByOthers: 105 })
    expect(new Set(served).size).toBe(32)
    expect(most).toBeLessThanOrEqual(15)
  })

  it('are used again when the server has no other, and not let go to whoever is faster', async () => {
    const postgres = await ownPostgres({ max_connections: '10' })
    const { host, port, user, password } = postgres
    const target = { host, port, user, password, database: 'postgres' }
    const connections = new Connections()
    const others: pg.Client[] = []
    try {
      let second: Promise<number> | undefined
      const first = await connections.with(target, async (client) => {
        others.push(...(await holdConnections(postgres, 9)))
        const pid = await processOf(client)
        second = connections.with(target, processOf) // the server has none left, and this one is back before it says so
        return pid
      })
      expect(await second).toBe(first)
    } finally {
      await connections.close()
      await Promise.all(others.map((client) => client.end()))
      await postgres.close()
    }
  })
})

async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid ?? 0
}
