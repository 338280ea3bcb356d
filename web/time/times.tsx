import { useLanguage } from '../languages/language.tsx'
import { clock, distance } from './duration.ts'
import { useNow } from './now.ts'

/** "5 min ago", the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const { formats } = useLanguage()
  const now = useNow(15_000)
  const { value, unit } = distance(Date.parse(at), now)
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {formats.relative(value, unit)}
    </time>
  )
}

/** The time of day, with the weekday where it is not today; the exact time on hover. */
export function At({ at }: { at: string }) {
  const { formats } = useLanguage()
  const now = useNow(60_000)
  return (
    <time dateTime={at} title={formats.exact(at)}>
      {formats.timeOrDay(at, now)}
    </time>
  )
}

/** A clock that runs since `since`. */
export function RunningClock({ since }: { since: string }) {
  const now = useNow()
  return <time className="figures">{clock((now - Date.parse(since)) / 1000)}</time>
}
