const local = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** `2018-08-16T11:42:47.000+02:00`: how the REST API writes a time, with the German offset of that moment. */
export function germanTime(ms: number): string {
  const second = Math.floor(ms / 1000) * 1000
  const text = local.format(second).replace(' ', 'T')
  const minutes = (Date.parse(`${text}Z`) - second) / 60_000
  return `${text}.000+${String(minutes / 60).padStart(2, '0')}:00`
}

/** The German calendar day of a moment, `YYYY-MM-DD`. */
export function germanDay(ms: number): string {
  return local.format(ms).slice(0, 10)
}
