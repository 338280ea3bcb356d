/** Length of a call as a clock shows it: `0:07`, `12:30`, `1:02:03`. Negative lengths (clocks that differ) read as zero. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const [hours = 0, minutes = 0, rest = 0] = parts
  const tail = String(rest).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

/** Seconds between two ISO times, never negative. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000)
}

/** The unit in which a distance in time is said, for `Intl.RelativeTimeFormat`; negative values lie in the past. */
export function distance(
  fromMs: number,
  nowMs: number,
): { value: number; unit: 'second' | 'minute' | 'hour' | 'day' } {
  const seconds = (fromMs - nowMs) / 1000
  const size = Math.abs(seconds)
  if (size < 45) return { value: 0, unit: 'second' }
  if (size < 45 * 60) return { value: away(seconds / 60), unit: 'minute' }
  if (size < 22 * 3600) return { value: away(seconds / 3600), unit: 'hour' }
  return { value: away(seconds / 86_400), unit: 'day' }
}

/** Rounded, but never to zero: "in 0 minutes" would be no answer. */
function away(value: number): number {
  return Math.sign(value) * Math.max(1, Math.round(Math.abs(value)))
}

/** Days that remain, to the nearest, but one until the last moment: what goes in an hour is still kept. Zero when due. */
export function daysLeft(untilMs: number, nowMs: number): number {
  const days = (untilMs - nowMs) / 86_400_000
  return days <= 0 ? 0 : Math.max(1, Math.round(days))
}
