import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'

it('waits longer with every try, between a quarter of a second and eight seconds', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
      const wait = backOffMs(tries, () => chance)
      expect(wait).toBeGreaterThanOrEqual(250)
      expect(wait).toBeLessThanOrEqual(8_000)
      expect(backOffMs(tries + 1, () => chance)).toBeGreaterThanOrEqual(wait)
    }),
  )
})
