import { IconChevronLeft, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { CallCard } from './call-card.tsx'
import { callQuery } from './journal-query.ts'

const route = getRouteApi('/shell/calls/$callId')

/** One call of the journal, at right of it; on a phone instead of it. */
export function CallPage() {
  const { t } = useLanguage()
  const { callId } = route.useParams()
  const call = useQuery(callQuery(callId))
  return (
    <section className="journal-call" aria-label={t('journal.call')}>
      <Link to="/calls" search={true} className="journal-back">
        <IconChevronLeft size={18} aria-hidden />
        {t('journal.back')}
      </Link>
      <Link to="/calls" search={true} className="journal-close" aria-label={t('action.close')}>
        <IconX size={18} stroke={1.75} aria-hidden />
      </Link>
      {call.isPending && <p role="status">{t('loading.call')}</p>}
      {call.isError && <FailureNote error={call.error} retry={() => void call.refetch()} />}
      {call.isSuccess && <CallCard key={call.data.id} call={call.data} />}
    </section>
  )
}
