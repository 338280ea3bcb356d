import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Budget, forecastOf, type Pace, paceOf, reserveOf, secondsToNext } from './budget.ts'

const at = (time: string) => new Date(`2026-11-24T${time}Z`)
const idle = { today: 0, liveToday: 0, liveBusiest: 0 }
const day = (pool: Budget['pool'], time = '12:00:00', spent: Budget['spent'] = idle): Budget => ({
  now: at(time),
  pool,
  spent,
})

/** Any day of any company: what is left, who spent it, what hour it is. */
const anyBudget = fc
  .record({
    limit: fc.integer({ min: 0, max: 3_000_000 }),
    leftShare: fc.double({ min: 0, max: 1, noNaN: true }),
    ours: fc.integer({ min: 0, max: 100_000 }),
    liveShare: fc.double({ min: 0, max: 1, noNaN: true }),
    liveBusiest: fc.integer({ min: 0, max: 100_000 }),
    second: fc.integer({ min: 0, max: 86_399 }),
  })
  .map(({ limit, leftShare, ours, liveShare, liveBusiest, second }): Budget & { pool: object } => ({
    now: new Date(at('00:00:00').getTime() + second * 1000),
    pool: { limit, left: Math.floor(limit * leftShare) },
    spent: { today: ours, liveToday: Math.floor(ours * liveShare), liveBusiest },
  }))

/** How much background work a pace lets through, by which paces are compared. */
const share = (pace: Pace) => (pace.go === 'on' ? 1 : pace.go === 'slower' ? 1 / pace.factor : 0)

describe('the day’s allowance', () => {
  it('PD-7 never means more background work when less of it is left', () => {
    fc.assert(
      fc.property(anyBudget, fc.nat(), (budget, less) => {
        const pool = { ...budget.pool, left: Math.max(0, (budget.pool?.left ?? 0) - less) }
        const before = share(paceOf(budget))
        expect(share(paceOf({ ...budget, pool }))).toBeLessThanOrEqual(before)
      }),
    )
  })

  it('PD-7 keeps its reserve from background work, however long that goes on', () => {
    fc.assert(
      fc.property(anyBudget, fc.integer({ min: 1, max: 100 }), (budget, price) => {
        const { limit, left } = budget.pool ?? { limit: 0, left: 0 }
        const reserve = reserveOf(budget, limit)
        let [now, ours] = [left, budget.spent.today]
        for (let step = 0; step < 500; step += 1) {
          const state = { ...budget, pool: { limit, left: now }, spent: { ...budget.spent, today: ours } }
          if (paceOf(state).go === 'wait') return
          now -= price
          ours += price
          expect(now).toBeGreaterThanOrEqual(reserve)
        }
      }),
    )
  })

  it('holds nothing back while it is unknown', () => {
    fc.assert(
      fc.property(anyBudget, (budget) => {
        const unknown = { ...budget, pool: undefined }
        expect(paceOf(unknown)).toEqual({ go: 'on' })
        expect(forecastOf(unknown)).toBeUndefined()
      }),
    )
  })

  it('PD-7 is read more seldom the more of it other apps take, until it begins anew', () => {
    const limit = 100_000
    // At noon 45,000 are gone: 45,000 more will go, and 35,000 are free above the reserve.
    const pace = paceOf(day({ limit, left: 55_000 + 100 }))
    expect(pace).toEqual({ go: 'slower', factor: expect.closeTo(44_900 / 35_000, 5), resetSeconds: 43_200 })
    expect(secondsToNext(3600, pace)).toBeCloseTo(3600 * (44_900 / 35_000))
    expect(secondsToNext(43_200 / 1.1, pace)).toBe(43_200)
    expect(secondsToNext(86_400, pace)).toBe(86_400)
    // Our own use is not others'.
    const ours = { today: 44_900, liveToday: 0, liveBusiest: 0 }
    expect(paceOf(day({ limit, left: 55_100 }, '12:00:00', ours))).toEqual({ go: 'on' })
    expect(secondsToNext(3600, paceOf(day({ limit, left: 20_100 })))).toBe(3600)
    expect(secondsToNext(3600, paceOf(day({ limit, left: 20_100 }, '23:50:00')))).toBe(600)
  })

  it('PD-7 keeps a fifth for calls, or what the busiest day of a week needed if that is more', () => {
    const spent = { today: 4_000, liveToday: 3_000, liveBusiest: 28_000 }
    expect(reserveOf({ spent: idle }, 90_000)).toBe(18_000)
    expect(reserveOf({ spent }, 90_000)).toBe(25_000) // 3,000 of them are spent already
  })

  it('PD-7 foretells when it will be used up, or that it lasts', () => {
    const limit = 90_000
    expect(forecastOf(day({ limit, left: 30_000 }))).toEqual({ kind: 'used-up', at: at('18:00:00') })
    expect(forecastOf(day({ limit, left: 45_000 }))).toEqual({ kind: 'lasts' })
    expect(forecastOf(day({ limit, left: limit }))).toEqual({ kind: 'lasts' })
    expect(forecastOf(day({ limit, left: 0 }))).toEqual({ kind: 'used-up', at: at('12:00:00') })
    // Half an hour after midnight a burst is not a pace.
    expect(forecastOf(day({ limit, left: 70_000 }, '00:30:00'))).toEqual({
      kind: 'used-up',
      at: at('21:30:00'),
    })
    expect(forecastOf(day({ limit, left: 72_000 }, '00:30:00'))).toEqual({ kind: 'lasts' })
  })
})
