import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import './calls.css'
import { JournalFilters } from './journal-filters.tsx'
import { fits, journalQuery } from './journal-query.ts'
import { JournalTable } from './journal-table.tsx'

/** Fewer than fill any screen. */
const fewCalls = 60

const route = getRouteApi('/shell/calls')

/** The journal at left, the opened call at right; the address holds both, and the filters. */
export function JournalPage() {
  const { t } = useLanguage()
  const filter = route.useSearch()
  const { callId } = useParams({ strict: false })
  const journal = useInfiniteQuery(journalQuery(filter))
  const calls = useMemo(
    () => journal.data?.pages.flatMap((page) => page.calls.filter((call) => fits(call, filter))) ?? [],
    [journal.data, filter],
  )
  const slim = useMediaQuery('(max-width: 1100px)') === true
  const phone = useMediaQuery('(max-width: 700px)') === true
  const more = journal.hasNextPage && !journal.isFetching
  const { fetchNextPage } = journal
  // A filter may leave so few calls that nothing is there to scroll: then the next page is fetched without asking.
  useEffect(() => {
    if (more && calls.length < fewCalls) void fetchNextPage()
  }, [more, calls.length, fetchNextPage])
  const filtered = filter.state !== undefined || filter.q !== undefined

  return (
    <div className="journal two-columns" data-open={callId !== undefined}>
      <PageTitle page={t('room.calls')} />
      <h1 className="visually-hidden">{t('room.calls')}</h1>
      <section className="journal-list" aria-label={t('room.calls')}>
        <header className="page-head">
          <span className="page-title" aria-hidden="true">
            {t('room.calls')}
          </span>
          <JournalFilters filter={filter} />
        </header>
        {(journal.isPending || (calls.length === 0 && journal.hasNextPage)) && (
          <p role="status" className="quiet">
            {t('loading.calls')}
          </p>
        )}
        {journal.isError && <FailureNote error={journal.error} retry={() => void journal.refetch()} />}
        {journal.isSuccess && calls.length === 0 && !journal.hasNextPage && (
          <div className="empty">
            <h2>{t(filtered ? 'journal.none-found' : 'journal.empty')}</h2>
            <p>{t(filtered ? 'journal.none-found.text' : 'journal.empty.text')}</p>
          </div>
        )}
        {calls.length > 0 && (
          <JournalTable
            calls={calls}
            open={callId}
            shape={phone ? 'phone' : slim || callId !== undefined ? 'slim' : 'wide'}
            more={journal.hasNextPage}
            onMore={() => {
              if (more) void fetchNextPage()
            }}
          />
        )}
      </section>
      <Outlet />
    </div>
  )
}
