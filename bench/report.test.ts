import { describe, expect, it } from 'vitest'
import { judge, median, quantile, type Result, table } from './report.ts'

const time: Result = { name: 'pop p50', unit: 'ms', ours: 3, floor: 2, bare: 1.5, goal: { atMost: 1.5 } }
const rate: Result = {
  name: 'lookup',
  unit: '/s',
  ours: 690,
  floor: 1000,
  bare: undefined,
  goal: { atLeast: 0.7 },
}

describe('what was measured', () => {
  it('is judged by its ratio to the fair floor: times may not be longer, rates not smaller', () => {
    expect(judge(time)).toEqual({
      name: 'pop p50',
      ours: 3,
      floor: 2,
      ratio: 1.5,
      bareRatio: 2,
      goal: '<= 1.5',
      met: true,
      unit: 'ms',
    })
    expect(judge({ ...time, ours: 3.01 }).met).toBe(false)
    expect(judge(rate)).toMatchObject({ ratio: 0.69, bareRatio: null, goal: '>= 0.7', met: false })
    expect(judge({ ...rate, ours: 700 }).met).toBe(true)
  })

  it('stands in a table with the machine it was measured on', () => {
    const lines = table([judge(time), judge(rate)], '2 cores').split('\n')
    expect(lines[1]).toMatch(/^pop p50 +3 ms +2 ms +1\.50 +<= 1\.5 +yes +2\.00$/)
    expect(lines[2]).toMatch(/^lookup +690 \/s +1000 \/s +0\.69 +>= 0\.7 +NO/)
    expect(lines).toContain('2 cores')
  })

  it('is told by quantiles that are measured values', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect([median(values), quantile(values, 0.99), quantile(values, 1)]).toEqual([50, 99, 100])
    expect(() => median([])).toThrow('nothing was measured')
  })
})
