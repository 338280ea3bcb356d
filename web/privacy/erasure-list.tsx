import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ErasureView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
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
      <ol className="erasures">
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
  const { t, formats } = useLanguage()
  const at = formats.exact(erasure.askedAt)
  const removed = Object.values(erasure.removed).reduce((sum, rows) => sum + rows, 0)
  return (
    <article>
      <h3>
        {erasure.askedBy === undefined
          ? t(`requests.past.${erasure.cause}`, { at })
          : t('requests.past.by', { name: erasure.askedBy, at })}
      </h3>
      <p className="quiet">{t('requests.removed', { count: removed })}</p>
      <dl className="erasure-facts">
        {levels.map((level) => (
          <div key={level} data-reached={'at' in erasure.levels[level]}>
            <dt>{t(`requests.level.${level}`)}</dt>
            <dd>
              <Reached reached={erasure.levels[level]} />
            </dd>
          </div>
        ))}
        {erasure.recipients.map((one) => (
          <div key={`${one.recipient} ${one.what} ${one.state}`} data-reached={one.state === 'confirmed'}>
            <dt>
              {one.recipient}: {t(`requests.recipient.${one.what}`, { count: one.count })}
            </dt>
            <dd>{stateOf(one, t, formats.day)}</dd>
          </div>
        ))}
      </dl>
      <ToErase erasure={erasure} />
      <Actions erasure={erasure} />
    </article>
  )
}

function Reached({ reached }: { reached: ErasureView['levels']['log'] }) {
  const { t, formats } = useLanguage()
  if ('at' in reached) return t('requests.level.at', { at: formats.moment(reached.at) })
  if ('by' in reached) return t('requests.level.by', { at: formats.day(reached.by) })
  return t('requests.level.elsewhere')
}

type Recipient = ErasureView['recipients'][number]

function stateOf(
  { state, finalBy }: Recipient,
  t: ReturnType<typeof useLanguage>['t'],
  day: (iso: string) => string,
): string {
  switch (state) {
    case 'confirmed':
      return finalBy === null
        ? t('requests.recipient.confirmed')
        : t('requests.recipient.confirmed-by', { at: day(finalBy) })
    case 'to do':
      return t('requests.recipient.to-do')
    case 'by people':
      return t('requests.recipient.by-people')
    case 'refused':
      return t('requests.recipient.refused')
  }
}

function ToErase({ erasure }: { erasure: ErasureView }) {
  const { t } = useLanguage()
  if (erasure.toErase.length === 0) return null
  return (
    <>
      <h4>{t('requests.to-erase')}</h4>
      <ul className="to-erase">
        {erasure.toErase.map(({ what, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer">
              {t(`requests.to-erase.${what as 'call' | 'activity' | 'person'}`)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
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
