import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AllowanceView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { featureName, featuresIn } from './allowance.tsx'
import { AllowanceChart, totalOf } from './allowance-chart.tsx'
import './allowance-chart.css'
import { allowanceQuery } from './connections-query.ts'

const daysShown = 14
const dayMs = 86_400_000

/** What a CRM's allowance was spent on in the last two weeks, as a chart or as a table. */
export function AllowanceSpending(props: {
  connection: { id: string; title: string }
  organization: string | undefined
}) {
  const { t } = useLanguage()
  const { title } = props.connection
  const [asTable, setAsTable] = useState(false)
  const spending = useQuery(allowanceQuery(props.connection.id, props.organization))
  if (spending.isPending) return <p role="status">{t('loading.spending')}</p>
  if (spending.isError) return <FailureNote error={spending.error} retry={() => void spending.refetch()} />
  const days = everyDay(spending.data)
  const features = featuresIn(days.map(({ byFeature }) => byFeature))
  const question = t('spending.title', { title })
  return (
    <section className="spending" aria-label={question}>
      <header>
        <h3>{question}</h3>
        {features.length > 0 && (
          <Button variant="default" size="compact-xs" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'spending.as-chart' : 'spending.as-table')}
          </Button>
        )}
      </header>
      {features.length === 0 ? (
        <p className="quiet">{t('spending.nothing', { title })}</p>
      ) : asTable ? (
        <SpendingTable days={days} features={features} />
      ) : (
        <AllowanceChart days={days} features={features} title={question} />
      )}
    </section>
  )
}

function SpendingTable({ days, features }: { days: AllowanceView['days']; features: readonly string[] }) {
  const { t, formats } = useLanguage()
  const othersKnown = days.some(({ others }) => others !== undefined)
  const caption = t('spending.caption')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by keyboard too
    <section className="spending-table" tabIndex={0} aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('spending.day')}</th>
            {features.map((feature) => (
              <th key={feature} scope="col">
                {featureName(feature, t)}
              </th>
            ))}
            <th scope="col">{t('spending.total')}</th>
            {othersKnown && <th scope="col">{t('spending.others')}</th>}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day, at) => (
            <tr key={day.day}>
              <th scope="row">{at === 0 ? t('spending.today') : formats.utcDay(day.day)}</th>
              {features.map((feature) => (
                <td key={feature}>{formats.number(day.byFeature[feature] ?? 0)}</td>
              ))}
              <td>{formats.number(totalOf(day))}</td>
              {othersKnown && <td>{day.others === undefined ? '–' : formats.number(day.others)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The last fourteen days, those without anything too. */
function everyDay({ days, resetsAt }: AllowanceView): AllowanceView['days'] {
  const end = Date.parse(resetsAt)
  return Array.from({ length: daysShown }, (_, at) => {
    const day = new Date(end - (daysShown - at) * dayMs).toISOString().slice(0, 10)
    return days.find((known) => known.day === day) ?? { day, byFeature: {} }
  })
}
