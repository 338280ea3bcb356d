import { describe, expect, it } from 'vitest'
import { readTime, toV1Time, toV2Time } from './times.ts'

describe('a time', () => {
  const at = new Date('2026-11-23T06:01:00.987Z')
  it('is written in UTC and whole seconds', () => {
    expect(toV1Time(at)).toBe('2026-11-23 06:01:00')
    expect(toV2Time(at)).toBe('2026-11-23T06:01:00Z')
  })

  it.each([
    ['2026-11-23T06:01:00Z', '2026-11-23T06:01:00.000Z'],
    ['2022-12-12T01:01:01.000Z', '2022-12-12T01:01:01.000Z'],
    ['2026-11-23T07:01:00+01:00', '2026-11-23T06:01:00.000Z'],
    ['2026-11-23 06:01:00', '2026-11-23T06:01:00.000Z'],
    [1_523_440_213, '2018-04-11T09:50:13.000Z'],
    ['1523440213', '2018-04-11T09:50:13.000Z'],
  ])('is read from %s', (text, iso) => {
    expect(readTime(text)?.toISOString()).toBe(iso)
  })

  it.each(['', 'yesterday', null, undefined, {}])('is not read from %j', (text) => {
    expect(readTime(text)).toBeUndefined()
  })
})
