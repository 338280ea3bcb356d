import { useLanguage } from '../languages/language.tsx'
import { useSession } from '../session/use-session.ts'

/** To an administrator, from two weeks before the trial ends: quiet, because nothing is wrong, and there on every page. */
export function TrialLine() {
  const { t, formats } = useLanguage()
  const { trialUntil } = useSession()
  if (trialUntil === undefined) return null
  return (
    <aside className="trial-line" aria-label={t('trial.title')}>
      {t('trial.line', { day: formats.plainDay(trialUntil) })}
    </aside>
  )
}
