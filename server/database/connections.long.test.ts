import { describe, expect, it } from 'vitest'
import { useAtOnce } from './many-organizations.fixture.ts'

describe('the connections of a hundred organizations', () => {
  it('never exceed the budget of a real installation, and everybody is served', async () => {
    const { served, most } = await useAtOnce({ organizations: 100, connectionBudget: 60 })
    expect(new Set(served).size).toBe(400)
    expect(most).toBeGreaterThan(40)
    expect(most).toBeLessThanOrEqual(60)
  })
})
