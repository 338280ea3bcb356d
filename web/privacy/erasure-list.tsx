import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ErasureView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { AskedBy, LeftToPeople, type Recipient, RequestFacts } from './request-facts.tsx'
import { erasuresQuery, liftErasure } from './requests-query.ts'

const levels = ['unreachable', 'unreadable', 'files', 'log', 'backups'] as const

/** Erasures with the levels they have reached, who still holds something, and the receipt. */
export function ErasureList() {
  const { t } = useLanguage()
  const erasures = useQuery(erasuresQuery)
  return (
    <section className="privacy-part" aria-labelledby="past">
      <h2 id="past">{t('requests.past')}</h2>
      {erasures.isPending && <p role="status">{t('loading.page')}</p>}
      {erasures.isError && <FailureNote error={erasures.error} retry={() => void erasures.refetch()} />}
      {erasures.data?.erasures.length === 0 && <p>{t('requests.past.none')}</p>}
      <ol className="requests">
        {erasures.data?.erasures.map((erasure) => (
          <li key={erasure.id}>
            <Erasure erasure={erasure} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Erasure({ erasure }: { erasure: ErasureView }) {
  const { t } = useLanguage()
  const removed = Object.values(erasure.removed).reduce((sum, rows) => sum + rows, 0)
  return (
    <article>
      <AskedBy request={erasure} />
      <p className="quiet">{t('requests.removed', { count: removed })}</p>
      <RequestFacts
        levels={levels.map((level) => ({
          name: t(`requests.level.${level}`),
          reached: erasure.levels[level],
        }))}
        recipients={erasure.recipients}
        outcome={useOutcome()}
      />
      <LeftToPeople title={t('requests.to-erase')} left={erasure.toErase} />
      <Actions erasure={erasure} />
    </article>
  )
}

function useOutcome(): (recipient: Recipient) => string {
  const { t, formats } = useLanguage()
  return ({ state, finalBy }) => {
    switch (state) {
      case 'confirmed':
        return finalBy === null
          ? t('requests.recipient.confirmed')
          : t('requests.recipient.confirmed-by', { at: formats.day(finalBy) })
      case 'to do':
        return t('requests.recipient.to-do')
      case 'refused':
        return t('requests.recipient.refused')
      default:
        return t('requests.recipient.by-people')
    }
  }
}

function Actions({ erasure }: { erasure: ErasureView }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const lift = useMutation({
    mutationFn: () => liftErasure(erasure.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: erasuresQuery.queryKey }),
  })
  return (
    <>
      <div className="form-actions">
        <Button
          component="a"
          variant="default"
          href={`/api/v1/privacy/erasures/${erasure.id}/receipt`}
          download={`erasure-${erasure.id}.json`}
        >
          {t('requests.receipt')}
        </Button>
        {!erasure.lifted && (
          <Button variant="subtle" color="gray" loading={lift.isPending} onClick={() => lift.mutate()}>
            {t('requests.lift')}
          </Button>
        )}
      </div>
      {erasure.lifted && <p className="quiet">{t('requests.lifted')}</p>}
      {lift.isError && <FailureNote error={lift.error} />}
    </>
  )
}
