import { describe, expect, it } from 'vitest'
import { useAtOnce } from './many-organizations.fixture.ts'

describe('the connections of many organizations', () => {
  it('never exceed the one budget, and everybody is served', async () => {
    // Ten of them are for the control database, so there are fewer than organizations.
    const { served, most, openAfterwards } = await useAtOnce({ organizations: 20, connectionBudget: 22 })
    expect(new Set(served).size).toBe(80)
    expect(most).toBeGreaterThan(10)
    expect(most).toBeLessThanOrEqual(22)
    expect(openAfterwards).toBeLessThanOrEqual(22)
  })

  it('are made do with as the server has them, when others hold the rest', async () => {
    const { served, most } = await useAtOnce({ organizations: 20, connectionBudget: 60, heldByOthers: 95 })
    expect(new Set(served).size).toBe(80)
    expect(most).toBeLessThanOrEqual(25)
  })
})
