import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCall, aMatch } from './fixture.ts'
import { newer, recentArrivals, withArrived, withCall, withKnownCall } from './merge.ts'

const first = aCall({ id: 'a', version: 1 })
const second = aCall({ id: 'a', version: 2, state: 'answered' })
const other = aCall({ id: 'b', version: 1 })

describe('a live message', () => {
  it('takes the place of what was known of its call', () => {
    expect(withCall([other, first], second)).toEqual([other, second])
  })
  it('puts a new call in front', () => expect(withCall([other], first)).toEqual([first, other]))
  it('is ignored when something newer is known', () => {
    const calls = [second, other]
    expect(withCall(calls, first)).toBe(calls)
    expect(newer(second, first)).toBe(second)
  })
  it('is news without a new version when it shows whom the viewer could not see before, or no more', () => {
    const hidden = aCall({ id: 'a', version: 2, matches: [aMatch({ hidden: true, name: '' })] })
    const named = aCall({ id: 'a', version: 2, matches: [aMatch()] })
    const arrivals = recentArrivals()
    for (const [known, arrived] of [
      [hidden, named],
      [named, hidden],
    ] as const) {
      expect(withCall([known], arrived)).toEqual([arrived])
      expect(newer(known, arrived)).toEqual(arrived)
      expect(arrivals.accept(arrived, 1)).toBe(true)
      expect(arrivals.accept(arrived, 2)).toBe(false)
    }
  })
  it('takes back what was known of the deals of whom the viewer may see no more', () => {
    const deal = { state: 'none', open: 1 } as unknown as NonNullable<ReturnType<typeof aCall>['deal']>
    const known = aCall({ id: 'a', version: 2, matches: [aMatch()], deal })
    expect(newer(known, aCall({ id: 'a', version: 3, matches: [aMatch()] })).deal).toEqual(deal)
    const hidden = aCall({ id: 'a', version: 3, matches: [aMatch({ hidden: true, name: '' })] })
    expect(newer(known, hidden).deal).toBeUndefined()
  })
  it('adds nothing to a list that only knows its own calls', () => {
    expect(withKnownCall([other], first)).toEqual([other])
  })
  it('leaves the newest state of every call, in whatever order messages come', () => {
    const messages = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.nat(20) }))
    fc.assert(
      fc.property(messages, (wanted) => {
        const result = wanted.reduce<ReturnType<typeof withArrived>>(
          (calls, one) => withCall(calls, aCall(one)),
          [],
        )
        for (const id of new Set(wanted.map((one) => one.id))) {
          const newest = Math.max(...wanted.filter((one) => one.id === id).map((one) => one.version))
          expect(result.filter((call) => call.id === id).map((call) => call.version)).toEqual([newest])
        }
      }),
    )
  })
})

describe('a list that was loaded', () => {
  it('is corrected by what arrived while it was under way', () => {
    const arrivals = recentArrivals()
    arrivals.accept(other, 10)
    arrivals.accept(second, 20)
    expect(withArrived([first], arrivals.since(15))).toEqual([second])
    expect(withArrived([first], arrivals.since(5))).toEqual([other, second])
  })
})

describe('arrivals', () => {
  it('refuse a message that was overtaken, and the same one twice', () => {
    const arrivals = recentArrivals()
    expect(arrivals.accept(second, 1)).toBe(true)
    expect(arrivals.accept(first, 2)).toBe(false)
    expect(arrivals.accept(second, 3)).toBe(false)
  })
  it('hold no more calls than their limit', () => {
    const arrivals = recentArrivals(2)
    for (const id of ['a', 'b', 'c']) arrivals.accept(aCall({ id }), 1)
    expect(arrivals.since(0).map((call) => call.id)).toEqual(['b', 'c'])
  })
})
