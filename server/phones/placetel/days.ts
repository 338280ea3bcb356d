const dayInGermany = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' })

/** The calendar days in Germany that an interval touches, as `YYYY-MM-DD`: what its lists are asked for. */
export function germanDays(from: Date, until: Date): string[] {
  const days = new Set<string>()
  // Half a day at a time, so that no day of 23 hours is stepped over.
  for (let at = from.getTime(); at < until.getTime(); at += 12 * 3_600_000) days.add(dayInGermany.format(at))
  days.add(dayInGermany.format(until))
  return [...days].sort()
}
