import { expect, test } from 'vitest'
import { readExpected, readTraces } from './index.ts'

test.each(['optimcall', 'placetel'])(
  'every trace of %s says something, and its call is on the page',
  async (vendor) => {
    const expected = await readExpected(vendor)
    const traces = await readTraces(vendor)
    expect(traces.length).toBeGreaterThan(10)
    for (const { name, bodies } of traces) {
      expect(bodies).not.toEqual([])
      expect(Object.keys(expected)).toContain(name)
    }
  },
)

test('what a vendor cannot tell is told as far as it can be, to whoever asks for that vendor', async () => {
  expect((await readExpected('placetel'))['missed']).toMatchObject({ outcome: 'missed', took: [] })
  const happened = (await readExpected())['missed']
  expect(happened).toMatchObject({ outcome: 'missed', took: ['21'] })
  expect(happened).not.toHaveProperty('seenBy')
})
