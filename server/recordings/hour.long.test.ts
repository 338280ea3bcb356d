import { expect, it } from 'vitest'
import { passOnSlowly } from './long-recording.fixture.ts'

/** One hour at 128 kbit/s. */
const hourBytes = 57_600_000

it('PD-5 an hour of recording is passed on whole to a slow CRM, and memory stays flat', async () => {
  const pace = { restEvery: 100_000, restMs: 50 } // about 2 MB a second
  const minutes = await passOnSlowly({ bytes: hourBytes / 20, ...pace })
  const hour = await passOnSlowly({ bytes: hourBytes, ...pace })

  expect(hour.transferred).toMatchObject({ outcome: { state: 'attached' }, bytes: hourBytes })
  expect([hour.takenBytes, hour.takenHash]).toEqual([hourBytes, hour.sentHash])
  expect(hour.transferred.mostHeld).toBeLessThanOrEqual(64 * 1024)
  // What is under way is the system's socket buffers; what is held, what three programs have in hand or have just let go.
  expect(hour.mostUnderWay).toBeLessThan(minutes.mostUnderWay + 8_000_000)
  expect(hour.mostGrowth).toBeLessThan(hourBytes / 4)
})
