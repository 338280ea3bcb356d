import { IconSearch, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useLanguage } from '../languages/language.tsx'
import { type JournalFilter, journalStates } from './journal-query.ts'

/** How long typing must rest before the search is asked. */
const restMs = 250

/** Without it a link is marked for every address that asks for more than it does, so "all" always was. */
const exact = { exact: true }

/** Filters as chips and a search field; what they say stands in the address. */
export function JournalFilters({ filter }: { filter: JournalFilter }) {
  const { t } = useLanguage()
  const q = filter.q === undefined ? {} : { q: filter.q }
  return (
    <div className="filters">
      <nav className="chips" aria-label={t('filter.label')}>
        <Link
          to="/calls"
          search={q}
          className="chip"
          activeOptions={exact}
          aria-current={filter.state === undefined ? 'true' : undefined}
        >
          {t('filter.all')}
        </Link>
        {journalStates.map((state) => (
          <Link
            key={state}
            to="/calls"
            search={{ ...q, state }}
            className="chip"
            activeOptions={exact}
            aria-current={filter.state === state ? 'true' : undefined}
          >
            {t(`filter.${state}`)}
          </Link>
        ))}
      </nav>
      <SearchField filter={filter} />
    </div>
  )
}

function SearchField({ filter }: { filter: JournalFilter }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const asked = filter.q ?? ''
  const [typed, setTyped] = useState(asked)
  const { state } = filter

  useEffect(() => {
    if (typed.trim() === asked) return
    const timer = setTimeout(() => {
      const q = typed.trim()
      void navigate({
        to: '/calls',
        search: { ...(state === undefined ? {} : { state }), ...(q === '' ? {} : { q }) },
        replace: true,
      })
    }, restMs)
    return () => clearTimeout(timer)
  }, [typed, asked, state, navigate])

  return (
    <div className="search-field">
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <input
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== '' && (
        <button type="button" onClick={() => setTyped('')} aria-label={t('filter.clear')}>
          <IconX size={16} aria-hidden />
        </button>
      )}
    </div>
  )
}
