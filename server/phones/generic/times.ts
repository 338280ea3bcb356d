import type { GenericSettings } from './settings.ts'

type Times = NonNullable<GenericSettings['times']>

/** 2026-11-23 09:15:00, 2026-11-23T09:15:00.250Z, 2026-11-23T09:15+0100 */
const date = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d\d:?\d\d)?$/i

/** Milliseconds since 1970 UTC; undefined: it is not written as it should be. */
export function readTime(text: string, times: Times): number | undefined {
  const at = times.kind === 'date' ? readDate(text, times.zone ?? 'UTC') : readCount(text, times.kind)
  return at !== undefined && at >= 0 && at <= Date.UTC(9999, 0) ? at : undefined
}

function readCount(text: string, unit: 'seconds' | 'milliseconds'): number | undefined {
  if (!/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) return undefined
  return Math.round(Number(text) * (unit === 'seconds' ? 1000 : 1))
}

function readDate(text: string, zone: string): number | undefined {
  const found = date.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = found
  const parts = [year, month, day, hour, minute, second].map(Number) as [number, ...number[]]
  const at = Date.UTC(parts[0], (parts[1] ?? 0) - 1, ...parts.slice(2))
  const written = new Date(at)
  // The thirtieth of February is the second of March, and nobody meant that.
  if (written.getUTCDate() !== parts[2] || written.getUTCHours() !== parts[3]) return undefined
  const whole = at + Math.trunc(Number(`0.${fraction || 0}`) * 1000)
  return offset === undefined ? whole - offsetAt(zone, whole) : whole - readOffset(offset)
}

function readOffset(text: string): number {
  if (/^z$/i.test(text)) return 0
  const digits = text.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return minutes * (text.startsWith('-') ? -60_000 : 60_000)
}

/**
 * What a zone's clocks were ahead of UTC when they showed this. Asked twice, because the first answer is for an instant
 * that is up to a day off; of an hour that clocks showed twice it is the second, of one that they left out the one after.
 */
function offsetAt(zone: string, shown: number): number {
  const first = aheadAt(zone, shown)
  return aheadAt(zone, shown - first)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function aheadAt(zone: string, at: number): number {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  clocks.set(zone, clock)
  const shown = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day, hour, minute, second } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** Whole seconds; undefined: it is not written as it should be. */
export function readSeconds(
  text: string,
  written: GenericSettings['durations'] = 'seconds',
): number | undefined {
  const seconds =
    written === 'clock' ? readClock(text) : /^\d{1,11}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined
  if (seconds === undefined) return undefined
  const whole = Math.round(written === 'milliseconds' ? seconds / 1000 : seconds)
  return whole <= 10_000_000 ? whole : undefined
}

function readClock(text: string): number | undefined {
  if (!/^\d{1,3}(?::[0-5]?\d){1,2}$/.test(text)) return undefined
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
