import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { FailureNote } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { PageTitle } from '../shell/page-title.tsx'
import { useNow } from '../time/now.ts'
import { CallCard } from './call-card.tsx'
import './calls.css'
import { DeskEmpty } from './desk-empty.tsx'
import { cardCall } from './desk-groups.ts'
import { DeskList } from './desk-list.tsx'
import { deskQuery } from './desk-query.ts'
import { useNewRing } from './use-new-ring.ts'

const route = getRouteApi('/shell/')

/** What is happening now at left, the call that matters most in the middle. */
export function DeskPage() {
  const { t } = useLanguage()
  const desk = useQuery(deskQuery)
  const { call: picked } = route.useSearch()
  const now = useNow(10_000)
  const calls = desk.data?.calls ?? []
  const navigate = useNavigate()
  const showNewest = useCallback(() => {
    if (picked !== undefined) void navigate({ to: '/', search: {}, replace: true })
  }, [picked, navigate])
  useNewRing(desk.data?.calls, showNewest)
  const onCard = cardCall(calls, picked, now)

  return (
    <div className="desk two-columns">
      <PageTitle page={t('room.desk')} />
      <h1 className="visually-hidden">{t('room.desk')}</h1>
      {desk.isPending && <p role="status">{t('loading.desk')}</p>}
      {desk.isError && <FailureNote error={desk.error} retry={() => void desk.refetch()} />}
      {desk.isSuccess && (
        <>
          <DeskList calls={calls} shown={onCard?.id} />
          <section className="desk-card" aria-label={t('desk.card')}>
            {onCard === undefined ? <DeskEmpty calls={calls} /> : <CallCard key={onCard.id} call={onCard} />}
          </section>
        </>
      )}
    </div>
  )
}
