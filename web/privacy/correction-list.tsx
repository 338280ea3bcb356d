import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CorrectionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { AskedBy, LeftToPeople, type Recipient, RequestFacts } from './request-facts.tsx'
import { correctionsQuery } from './requests-query.ts'

const levels = ['unreachable', 'files', 'log', 'backups'] as const

/** What was put right, what came of it where, and the receipt. */
export function CorrectionList() {
  const { t } = useLanguage()
  const corrections = useQuery(correctionsQuery)
  return (
    <section className="privacy-part" aria-labelledby="corrected">
      <h2 id="corrected" tabIndex={-1}>
        {t('corrections.past')}
      </h2>
      {corrections.isPending && <p role="status">{t('loading.page')}</p>}
      {corrections.isError && (
        <FailureNote error={corrections.error} retry={() => void corrections.refetch()} />
      )}
      {corrections.data?.corrections.length === 0 && <p>{t('corrections.past.none')}</p>}
      <ol className="requests">
        {corrections.data?.corrections.map((correction) => (
          <li key={correction.id}>
            <Correction correction={correction} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Correction({ correction }: { correction: CorrectionView }) {
  const { t, formats } = useLanguage()
  const fields = correction.fields.map((field) => t(`corrections.field.${field}`))
  return (
    <article>
      <AskedBy request={correction} />
      <p className="quiet">{t('corrections.fields', { fields: formats.list(fields) })}</p>
      <RequestFacts
        levels={levels.map((level) => ({
          name: t(`corrections.level.${level}`),
          reached: correction.levels[level],
        }))}
        recipients={correction.recipients}
        outcome={useOutcome()}
      />
      <LeftToPeople title={t('corrections.left')} left={correction.toCorrect} />
      <div className="form-actions">
        <Button
          component="a"
          variant="default"
          href={`/api/v1/privacy/corrections/${correction.id}/receipt`}
          download={`correction-${correction.id}.json`}
        >
          {t('requests.receipt')}
        </Button>
      </div>
    </article>
  )
}

const reasons = ['gone', 'no-right', 'not-taken', 'nobody-installed', 'time-over', 'undeclared'] as const

function useOutcome(): (recipient: Recipient) => string {
  const { t } = useLanguage()
  return ({ state, what, reason, count }) => {
    const known = reasons.find((one) => one === reason)
    if (known !== undefined) return t(`corrections.reason.${known}`)
    switch (state) {
      case 'confirmed':
        return t('corrections.outcome.confirmed')
      case 'to do':
        return t('corrections.outcome.to-do')
      case 'refused':
        return t('corrections.outcome.refused')
      case 'stays':
        return what === 'calls'
          ? t('corrections.outcome.stays.calls')
          : t('corrections.outcome.stays', { count })
      case 'by people':
        return what === 'call' ? t('corrections.outcome.note', { count }) : t('corrections.outcome.by-people')
    }
  }
}
