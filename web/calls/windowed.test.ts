import fc from 'fast-check'
import { expect, it } from 'vitest'
import { visibleRows } from './windowed.ts'

it('draws every row in view, and a number that does not grow with the journal', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.nat(4_000_000),
      fc.integer({ min: 1, max: 2000 }),
      (count, top, height) => {
        const { first, end } = visibleRows({ top, height }, 40, count)
        const inView = (row: number): boolean => row * 40 < top + height && (row + 1) * 40 > top
        expect(first).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(count)
        expect(end - first).toBeLessThanOrEqual(height / 40 + 20)
        const edge = Math.min(count - 1, Math.floor(top / 40))
        if (edge >= 0 && inView(edge)) expect(edge >= first && edge < end).toBe(true)
      },
    ),
  )
})
