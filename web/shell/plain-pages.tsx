import { Link } from '@tanstack/react-router'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { Wordmark } from './mark.tsx'

export function LoadingPage() {
  const { t } = useLanguage()
  return (
    <p className="quiet page" role="status">
      {t('loading.page')}
    </p>
  )
}

export function FailurePage({ error, reset }: { error: unknown; reset?: () => void }) {
  const again = (): void => {
    reset?.()
    globalThis.location.reload()
  }
  return (
    <main className="plain-page">
      <Wordmark />
      <FailureNote error={error} retry={again} />
    </main>
  )
}

export function NotFoundPage() {
  const { t } = useLanguage()
  return (
    <main className="plain-page">
      <Wordmark />
      <h1>{t('not-found.title')}</h1>
      <p className="quiet">{t('not-found.text')}</p>
      <p>
        <Link to="/">{t('not-found.desk')}</Link>
      </p>
    </main>
  )
}
