import type { ConnectionView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import { useNow } from '../time/now.ts'

type Gap = NonNullable<ConnectionView['held']>['gaps'][number]

/** When a held connection was not there: calls of that time may be missing, and nobody should take it for quiet. */
export function HeldGaps({ gaps }: { gaps: readonly Gap[] }) {
  const { t, formats } = useLanguage()
  const now = useNow(60_000)
  if (gaps.length === 0) return <>{t('held.no-gaps')}</>
  return (
    <>
      <ul className="gap-list">
        {gaps.map((gap) => (
          <li key={gap.from}>{gapWords(gap, t, formats, now)}</li>
        ))}
      </ul>
      <span className="quiet">{t('held.may-be-missing')}</span>
    </>
  )
}

function gapWords({ from, to }: Gap, t: Translate, formats: Formats, now: number): string {
  const began = formats.timeOrDay(from, now)
  if (to === undefined) return t('held.gap.open', { from: began })
  const seconds = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  if (seconds < 60) return t('held.gap.short', { from: began, seconds })
  return t('held.gap', { from: began, to: formats.timeOrDay(to, now) })
}
