import { expect, it } from 'vitest'
import { crashesRead } from './crashes.fixture.ts'

it('BX-3 no recording address is at rest after 1,000 calls and forced crashes', async () => {
  const read = await crashesRead({ calls: 1_000, kills: 40, seed: 6 })
  expect(read).toMatchObject({ lost: 0, duplicated: 0, copied: 500, linked: 500 })
  expect(read).toMatchObject({ unopened: 0, withAddress: [], inClear: [] })
})
