import { useQuery } from '@tanstack/react-query'
import type { BreachView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { useNow } from '../time/now.ts'
import { breachesQuery } from './notices-query.ts'

const hour = 3_600_000

/** The operator's record of breaches, each with its clocks. What is done about them is done by command. */
export function BreachesSection() {
  const { t } = useLanguage()
  const breaches = useQuery(breachesQuery)
  return (
    <section className="privacy-part" aria-labelledby="breaches">
      <h2 id="breaches">{t('breaches.title')}</h2>
      <p className="quiet">
        {t('breaches.text')} <code>ringfence breach --help</code>
      </p>
      {breaches.isError && <FailureNote error={breaches.error} retry={() => void breaches.refetch()} />}
      {breaches.data?.length === 0 && <p>{t('breaches.none')}</p>}
      {breaches.data && breaches.data.length > 0 && (
        <ul className="breaches">
          {breaches.data.map((breach) => (
            <li key={breach.id}>
              <Breach breach={breach} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Breach({ breach }: { breach: BreachView }) {
  const { t, formats } = useLanguage()
  const { known, closed, genuine, notices, mailed, shown, notifiedAt } = breach
  return (
    <>
      <p className="breach-what">{breach.what}</p>
      <p className="quiet">{t('breaches.known', { at: formats.exact(known) })}</p>
      {!closed && notifiedAt === undefined && (
        <Clock label="breaches.organizations" by={breach.organizationsBy} />
      )}
      {!closed && <Clock label="breaches.authority" by={breach.authorityBy} />}
      {notifiedAt !== undefined && (
        <p>{t('breaches.told', { at: formats.exact(notifiedAt), notices, mailed, shown })}</p>
      )}
      {closed && <p>{t('breaches.closed')}</p>}
      {!genuine && <p className="trouble">{t('breaches.not-whole')}</p>}
    </>
  )
}

/** Hours left, or over: the time itself on hover. */
function Clock({ label, by }: { label: 'breaches.organizations' | 'breaches.authority'; by: string }) {
  const { t, formats } = useLanguage()
  const left = Date.parse(by) - useNow(60_000)
  const hours = Math.floor(Math.abs(left) / hour)
  return (
    <p>
      {t(label)}{' '}
      <time dateTime={by} title={formats.exact(by)} className={left < 0 ? 'trouble' : 'breach-clock'}>
        {t(left < 0 ? 'breaches.over' : 'breaches.left', { hours })}
      </time>
    </p>
  )
}
