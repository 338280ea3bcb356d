import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

/** When each of these was let through, where the next is looked at only then, as a line reads them. */
function passages(perSecond: number, gapsMs: readonly number[]): number[] {
  const pace = new Pace(perSecond)
  let now = 0
  return gapsMs.map((gap) => {
    now += gap
    now += pace.waitMs(now)
    return now
  })
}

it('lets at most ten seconds’ worth through at once, and then so many a second', () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })), { maxLength: 200 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), gaps, (perSecond, given) => {
      const at = passages(perSecond, given)
      for (const [first, from] of at.entries())
        for (const [further, until] of at.slice(first).entries())
          expect(further).toBeLessThanOrEqual(perSecond * (10 + (until - from) / 1_000) + 1e-6)
    }),
  )
})

it('keeps nothing waiting that comes at an even pace', () => {
  expect(new Set(passages(4, Array(500).fill(250)).map((at, index) => at - 250 * (index + 1)))).toEqual(
    new Set([0]),
  )
})
