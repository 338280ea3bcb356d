import { useQuery } from '@tanstack/react-query'
import { deskQuery } from '../calls/desk-query.ts'
import { useLanguage } from '../languages/language.tsx'

/** The tab's title: how many calls ring at one's own phone, then the page. */
export function PageTitle({ page }: { page: string }) {
  const { t } = useLanguage()
  const { data: ringing = 0 } = useQuery({
    ...deskQuery,
    // Reads what the shell has loaded; a title asks for nothing.
    enabled: false,
    select: (desk) => desk.calls.filter((call) => call.here === 'ringing').length,
  })
  return <title>{ringing > 0 ? t('title.ringing', { count: ringing, page }) : t('title', { page })}</title>
}
