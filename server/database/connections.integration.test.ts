import { describe, expect, it } from 'vitest'
import { useAtOnce } from './many-organizations.fixture.ts'

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
})
