import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NoticeView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { noteShown, noticesQuery } from './notices-query.ts'

/** What the operator told the organization of breaches. Where there was none, there is nothing to see. */
export function NoticesSection() {
  const { t } = useLanguage()
  const notices = useQuery(noticesQuery)
  if (notices.isError) return <FailureNote error={notices.error} retry={() => void notices.refetch()} />
  if (!notices.data || notices.data.length === 0) return null
  return (
    <section className="privacy-part" aria-labelledby="notices">
      <h2 id="notices">{t('notices.title')}</h2>
      <p className="quiet">{t('notices.text')}</p>
      <ol className="notices">
        {notices.data.map((notice) => (
          <li key={notice.id}>
            <Notice notice={notice} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Notice({ notice }: { notice: NoticeView }) {
  const { t, formats } = useLanguage()
  const queries = useQueryClient()
  const shown = useMutation({
    mutationFn: () => noteShown(notice.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  })
  return (
    <details
      className="notice"
      onToggle={(event) => {
        if (event.currentTarget.open && notice.shownAt === undefined) shown.mutate()
      }}
    >
      <summary>
        <span className="notice-subject">
          {notice.subject}
          {notice.shownAt === undefined && <strong className="notice-new">{t('notices.new')}</strong>}
        </span>
        <span className="quiet">
          <time dateTime={notice.madeAt} title={formats.exact(notice.madeAt)}>
            {formats.day(notice.madeAt)}
          </time>
          {' · '}
          {t(`notices.mail.${notice.mail}`)}
        </span>
      </summary>
      <p className="notice-text">{notice.text}</p>
    </details>
  )
}
