import { getRouteApi, Link } from '@tanstack/react-router'
import { useLanguage } from '../languages/language.tsx'
import { Wordmark } from '../shell/mark.tsx'

const route = getRouteApi('/phone-connected')
const problems = ['denied', 'expired', 'refused', 'taken', 'away', 'leaving'] as const

/** Where the way over the phone system ends. Opened from a frame of the CRM, this tab is signed in nowhere. */
export function PhoneConnectedPage() {
  const { t } = useLanguage()
  const { problem } = route.useSearch()
  const known = problems.find((code) => code === problem) ?? 'refused'
  const title = t(problem === undefined ? 'phone-connected.title' : 'phone-connected.not')
  return (
    <main className="plain-page">
      <title>{t('title', { page: title })}</title>
      <Wordmark />
      <h1>{title}</h1>
      <p role={problem === undefined ? 'status' : 'alert'}>
        {problem === undefined ? t('phone-connected.text') : t(`phone-connected.problem.${known}`)}
      </p>
      <p>
        <Link to="/settings">{t('phone-connected.settings')}</Link>
      </p>
    </main>
  )
}
