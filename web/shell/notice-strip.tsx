import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLanguage } from '../languages/language.tsx'
import { noticesQuery } from '../privacy/notices-query.ts'

/** To an administrator above every page, until a notice of a breach has been opened: it must not wait to be found. */
export function NoticeStrip() {
  const { t } = useLanguage()
  const { data } = useQuery(noticesQuery)
  if (!data?.some(({ shownAt }) => shownAt === undefined)) return null
  return (
    <aside className="notice-strip" aria-label={t('notices.title')}>
      <IconAlertTriangle size={18} aria-hidden />
      <Link to="/privacy">{t('notices.strip')}</Link>
    </aside>
  )
}
