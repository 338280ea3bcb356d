import { expect, it } from 'vitest'
import { crashesRead } from './crashes.fixture.ts'

it('BX-3 no recording address is at rest, sealed neither, though the server was killed at random instants', async () => {
  const read = await crashesRead({ calls: 6, kills: 2, seed: 5 })
  expect(read).toMatchObject({ lost: 0, duplicated: 0, copied: 3, linked: 3 })
  expect(read).toMatchObject({ unopened: 0, withAddress: [], inClear: [] })
  expect(read.withNeedle).toBeGreaterThan(0)
  expect(read.files).toBeGreaterThan(100)
})
