/** Times, numbers and countries the way the reader's language and country write them. */
export function formatsOf(language: string, country: string) {
  const locale = country === '' ? language : `${language}-${country}`
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' })
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
  const precise = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit' })
  const dayTime = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const number = new Intl.NumberFormat(locale)
  const regions = new Intl.DisplayNames([locale], { type: 'region' })
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const utcDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const plainDay = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const list = new Intl.ListFormat(locale)
  return {
    locale,
    exact: (iso: string) => exact.format(new Date(iso)),
    /** without the day of the week, which some languages would have to inflect after “since” */
    moment: (iso: string) => moment.format(new Date(iso)),
    time: (iso: string) => time.format(new Date(iso)),
    precise: (iso: string) => precise.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    shortDay: (iso: string) => shortDay.format(new Date(iso)),
    timeOrDay: (iso: string, now: number) =>
      new Date(iso).toDateString() === new Date(now).toDateString()
        ? time.format(new Date(iso))
        : dayTime.format(new Date(iso)),
    relative: (value: number, unit: Intl.RelativeTimeFormatUnit) => relative.format(value, unit),
    /** a day of UTC, YYYY-MM-DD */
    utcDay: (day: string) => utcDay.format(new Date(day)),
    /** a day of the calendar wherever that is, YYYY-MM-DD */
    plainDay: (day: string) => plainDay.format(new Date(day)),
    number: (value: number) => number.format(value),
    /** of a share from 0 to 1 */
    percent: (share: number) => percent.format(share),
    /** the country's name, or the code itself where the browser knows none */
    country: (code: string) => regions.of(code) ?? code,
    list: (words: readonly string[]) => list.format(words),
  }
}
export type Formats = ReturnType<typeof formatsOf>
