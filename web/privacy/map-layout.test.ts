import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, layOut } from './map-layout.ts'

const column = (prefix: string, most: number) =>
  fc
    .array(fc.integer({ min: 24, max: 90 }), { minLength: 1, maxLength: most })
    .map((heights) => heights.map((height, at) => ({ id: `${prefix}${at}`, height })))

const given = fc
  .record({
    width: fc.integer({ min: 560, max: 1400 }),
    left: column('s', 7),
    middle: column('k', 45),
    right: column('r', 12),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 60 }),
  })
  .map(({ picks, ...columns }) => {
    const of = <One extends { id: string }>(nodes: readonly One[], at: number) =>
      nodes[at % nodes.length]?.id ?? ''
    const links = picks.flatMap(([s, k, r]) => [
      { from: of(columns.left, s), to: of(columns.middle, k) },
      { from: of(columns.middle, k), to: of(columns.right, r) },
    ])
    return { ...columns, links }
  })

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the data map', () => {
  it('puts nothing on anything else, and everything within the picture, whatever is declared', () => {
    fc.assert(
      fc.property(given, (one) => {
        const { boxes, height } = layOut(one)
        const all = [...boxes.values()]
        expect(all).toHaveLength(one.left.length + one.middle.length + one.right.length)
        for (const [at, box] of all.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(one.width)
          expect(box.y + box.height).toBeLessThanOrEqual(height)
          expect(all.slice(at + 1).filter((other) => overlap(box, other))).toEqual([])
        }
      }),
    )
  })

  it('draws every way from the edge of one box to the edge of another', () => {
    fc.assert(
      fc.property(given, (one) => {
        const { boxes, curves } = layOut(one)
        expect(curves.map(({ from, to }) => ({ from, to }))).toEqual(one.links)
        for (const { from, to, start, end } of curves) {
          const [a, b] = [boxes.get(from), boxes.get(to)]
          if (!a || !b) throw new Error('a way to nowhere')
          expect(start.x).toBe(a.x + a.width)
          expect(end.x).toBe(b.x)
          expect(start.y > a.y && start.y < a.y + a.height).toBe(true)
          expect(end.y > b.y && end.y < b.y + b.height).toBe(true)
          expect(start.x).toBeLessThan(end.x)
        }
      }),
    )
  })

  it('looks the same each time it is drawn', () => {
    fc.assert(
      fc.property(given, (one) => {
        expect(layOut(structuredClone(one))).toEqual(layOut(one))
      }),
    )
  })

  it('lets no two ways cross where they meet a box', () => {
    const { curves } = layOut({
      width: 900,
      left: [{ id: 's', height: 64 }],
      middle: ['a', 'b', 'c'].map((id) => ({ id, height: 30 })),
      right: [{ id: 'r', height: 64 }],
      links: ['c', 'a', 'b'].map((to) => ({ from: 's', to })),
    })
    const starts = ['a', 'b', 'c'].map((to) => curves.find((curve) => curve.to === to)?.start.y ?? 0)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  })
})
