import { expect, test } from 'vitest'
import { readExpected, readPeople, readTraces } from './index.ts'
import { plays, recordTrace } from './record-trace.ts'

test.each(Object.keys(plays))(
  'every trace of %s says something, and its call is on the page',
  async (vendor) => {
    const expected = await readExpected(vendor)
    const traces = await readTraces(vendor)
    expect(traces.map(({ name }) => name).sort()).toEqual(Object.keys(plays[vendor] ?? {}).sort())
    for (const { name, bodies } of traces) {
      expect(bodies).not.toEqual([])
      expect(Object.keys(expected)).toContain(name)
    }
  },
)

const all = Object.entries(plays).flatMap(([vendor, ofVendor]) =>
  Object.entries(ofVendor).map(([name, play]) => ({ vendor, name, play })),
)

test.each(all)('$name of $vendor is what the stand-in plays today', async ({ vendor, name, play }) => {
  const recorded = await recordTrace(vendor, play)
  const traces = await readTraces(vendor)
  expect(recorded.bodies).toEqual(traces.find((trace) => trace.name === name)?.bodies)
  expect(recorded.people ?? {}).toEqual(await readPeople(vendor))
})

test.each(Object.keys(plays['webex'] ?? {}))('%s of webex tells each who had a part in it', async (name) => {
  const people = await readPeople('webex')
  const bodies = (await readTraces('webex')).find((trace) => trace.name === name)?.bodies ?? []
  const actors = new Set(bodies.map(({ actorId }) => people[String(actorId)]))
  expect([...actors].sort()).toEqual((await readExpected())[name]?.took)
})

test('what a vendor cannot tell is told as far as it can be, to whoever asks for that vendor', async () => {
  expect((await readExpected('placetel'))['missed']).toMatchObject({ outcome: 'missed', took: [] })
  const happened = (await readExpected())['missed']
  expect(happened).toMatchObject({ outcome: 'missed', took: ['21'] })
  expect(happened).not.toHaveProperty('seenBy')
})
