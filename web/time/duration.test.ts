import { describe, expect, it } from 'vitest'
import { clock, daysLeft, distance, secondsBetween } from './duration.ts'

describe('the length of a call', () => {
  it('reads like a clock', () => {
    expect([0, 7, 65, 750, 3723].map(clock)).toEqual(['0:00', '0:07', '1:05', '12:30', '1:02:03'])
  })
  it('is zero, not negative, when the clocks of server and screen differ', () => {
    expect(clock(-3)).toBe('0:00')
    expect(secondsBetween('2026-11-23T09:00:05Z', '2026-11-23T09:00:00Z')).toBe(0)
  })
})

describe('how long ago', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const ago = (seconds: number) => distance(now - seconds * 1000, now)

  it('is said in the largest fitting unit', () => {
    expect(ago(10)).toEqual({ value: 0, unit: 'second' })
    expect(ago(50)).toEqual({ value: -1, unit: 'minute' })
    expect(ago(60 * 44)).toEqual({ value: -44, unit: 'minute' })
    expect(ago(60 * 46)).toEqual({ value: -1, unit: 'hour' })
    expect(ago(3600 * 23)).toEqual({ value: -1, unit: 'day' })
    expect(ago(86_400 * 3)).toEqual({ value: -3, unit: 'day' })
  })
  it('knows the future', () => expect(ago(-90)).toEqual({ value: 2, unit: 'minute' }))
})

describe('days a call is still kept', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  it('are rounded, are one until the last moment, and end at zero', () => {
    expect(daysLeft(now + 3_600_000, now)).toBe(1)
    expect(daysLeft(now + 7 * 86_400_000 + 3_600_000, now)).toBe(7)
    expect(daysLeft(now - 1, now)).toBe(0)
  })
})
