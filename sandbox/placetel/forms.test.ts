import { expect, test } from 'vitest'
import { germanDay, germanTime } from './german-time.ts'
import { dialledNumber, parts, written } from './numbers.ts'

test('times have the German offset of their day', () => {
  expect(germanTime(Date.parse('2018-08-16T09:42:47.900Z'))).toBe('2018-08-16T11:42:47.000+02:00')
  expect(germanTime(Date.parse('2026-11-23T09:15:07Z'))).toBe('2026-11-23T10:15:07.000+01:00')
  // The hour that comes twice when summer time ends.
  expect(germanTime(Date.parse('2026-10-25T00:30:00Z'))).toBe('2026-10-25T02:30:00.000+02:00')
  expect(germanTime(Date.parse('2026-10-25T01:30:00Z'))).toBe('2026-10-25T02:30:00.000+01:00')
  expect(germanDay(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02')
  expect(germanDay(Date.parse('2026-12-01T22:59:59Z'))).toBe('2026-12-01')
})

test('numbers are written as telephone systems in Germany do', () => {
  expect(written('+492214710123', 'national')).toBe('02214710123')
  expect(written('+442079460123', 'national')).toBe('00442079460123')
  expect(written('+442079460123', 'bare')).toBe('442079460123')
  expect(parts('02214710123')).toEqual({ prefix: '0221', numonly: '4710123' })
})

test('what is dialled is a number, a short code or an extension', () => {
  expect(dialledNumber('0221 / 4710-123')).toBe('+492214710123')
  expect(dialledNumber('0044 20 7946 0123')).toBe('+442079460123')
  expect(dialledNumber('+442079460123')).toBe('+442079460123')
  expect(dialledNumber('*21#')).toBe('*21#')
  expect(dialledNumber('23')).toBe('23')
})
