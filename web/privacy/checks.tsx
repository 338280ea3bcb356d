import { useQuery } from '@tanstack/react-query'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { checksQuery } from './checks-query.ts'

/** What was confirmed in the last 24 hours, and nothing else (GD-12); then the days before. */
export function Checks() {
  const { t, language, formats } = useLanguage()
  const checks = useQuery(checksQuery(language))
  if (checks.isPending) return null
  const [latest, ...earlier] = checks.data?.checks ?? []
  return (
    <section className="privacy-part" aria-labelledby="checks">
      <h2 id="checks">{t('policy.checks')}</h2>
      {checks.isError && <FailureNote error={checks.error} retry={() => void checks.refetch()} />}
      {checks.isSuccess && latest === undefined && <p>{t('policy.checks.none')}</p>}
      {latest && (
        <p>
          {t(latest.holds ? 'policy.checks.holds' : 'policy.checks.wrong', {
            when: formats.exact(latest.checkedAt),
          })}
        </p>
      )}
      {latest && !latest.holds && (
        <div role="alert">
          <ul className="policy-measures">
            {latest.wrong.map(({ measure, sentences }) => (
              <li key={measure}>
                {t('policy.checks.not', { measure })} {sentences.join('; ')}
              </li>
            ))}
          </ul>
        </div>
      )}
      {checks.isSuccess && checks.data.confirmed.length > 0 && (
        <>
          <h3>{t('policy.checks.confirmed')}</h3>
          <ul className="policy-measures">
            {checks.data.confirmed.map((measure) => (
              <li key={measure}>{measure}</li>
            ))}
          </ul>
        </>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{t('policy.checks.earlier')}</summary>
          <ul className="policy-measures">
            {earlier.map(({ checkedAt, holds }) => (
              <li key={checkedAt}>
                {t(holds ? 'policy.checks.holds' : 'policy.checks.wrong', { when: formats.exact(checkedAt) })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
