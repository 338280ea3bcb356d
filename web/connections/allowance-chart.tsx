import type { AllowanceView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { featureName } from './allowance.tsx'

type Day = AllowanceView['days'][number]

const height = 96
const slot = 20
const barWidth = 12

interface Props {
  days: readonly Day[]
  /** each has a tint of its own, the first the strongest and at the bottom */
  features: readonly string[]
  title: string
}

/** One bar a day, stacked by what was spent; the table beside it says the same in figures. */
export function AllowanceChart({ days, features, title }: Props) {
  const { t, formats } = useLanguage()
  const totals = days.map(totalOf)
  const most = Math.max(...totals, 1)
  const last = days.at(-1)
  return (
    <figure className="spending-chart">
      <figcaption className="visually-hidden">{t('spending.caption')}</figcaption>
      <p className="spending-most figures quiet" aria-hidden="true">
        {formats.number(most)}
      </p>
      <svg
        role="img"
        aria-label={`${title} ${last === undefined ? '' : words(last)}`}
        viewBox={`0 0 ${days.length * slot} ${height}`}
        preserveAspectRatio="none"
      >
        <line className="spending-line" x1="0" x2={days.length * slot} y1="0.5" y2="0.5" />
        {days.map((day, at) => (
          <g key={day.day}>
            <title>{`${formats.utcDay(day.day)}: ${words(day)}`}</title>
            {/* the whole height can be pointed at */}
            <rect className="spending-slot" x={at * slot} width={slot} height={height} />
            {stacked(day, features, most).map(({ feature, y, size, tint }) => (
              <rect
                key={feature}
                className="spending-part"
                x={at * slot + (slot - barWidth) / 2}
                y={y}
                width={barWidth}
                height={size}
                fillOpacity={tint}
              />
            ))}
          </g>
        ))}
        <line className="spending-line" x1="0" x2={days.length * slot} y1={height - 0.5} y2={height - 0.5} />
      </svg>
      <p className="spending-ends quiet" aria-hidden="true">
        <span>{days[0] !== undefined && formats.utcDay(days[0].day)}</span>
        <span>{t('spending.today')}</span>
      </p>
      <ul className="spending-legend">
        {features.map((feature, at) => (
          <li key={feature}>
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <rect
                className="spending-part"
                width="10"
                height="10"
                fillOpacity={tintOf(at, features.length)}
              />
            </svg>
            {featureName(feature, t)}{' '}
            <span className="figures quiet">{formats.number(last?.byFeature[feature] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </figure>
  )

  function words(day: Day): string {
    const parts = features.flatMap((feature) => {
      const tokens = day.byFeature[feature] ?? 0
      return tokens > 0 ? [`${featureName(feature, t)} ${formats.number(tokens)}`] : []
    })
    return parts.length === 0 ? '0' : formats.list(parts)
  }
}

export function totalOf({ byFeature }: Day): number {
  return Object.values(byFeature).reduce((sum, tokens) => sum + tokens, 0)
}

/** The parts of one bar from the bottom up; nothing that was spent is too small to be seen. */
function stacked(day: Day, features: readonly string[], most: number) {
  let y = height - 1
  return features.flatMap((feature, at) => {
    const tokens = day.byFeature[feature] ?? 0
    if (tokens === 0) return []
    const size = Math.max(1.5, (tokens / most) * (height - 2 - features.length))
    y -= size
    return [{ feature, y, size, tint: tintOf(at, features.length) }]
  })
}

function tintOf(at: number, of: number): number {
  return of <= 1 ? 1 : 1 - (at / (of - 1)) * 0.9
}
