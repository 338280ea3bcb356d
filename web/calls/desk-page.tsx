import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
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

const route = getRouteApi('/shell/')

/** What is happening now at left, the call that matters most in the middle. */
export function DeskPage() {
  const { t } = useLanguage()
  const desk = useQuery(deskQuery)
  const { call: picked } = route.useSearch()
  const now = useNow(10_000)
  const calls = desk.data?.calls ?? []
  useYieldToNewRing(desk.data?.calls, picked)
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

/**
 * A call that starts to ring at one's own phone takes the card from whatever was picked by hand, unless one is talking:
 * then it waits at left.
 */
function useYieldToNewRing(calls: readonly CallView[] | undefined, picked: string | undefined): void {
  const navigate = useNavigate()
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (calls === undefined) return
    const ringing = calls.filter((call) => call.mine && call.state === 'ringing').map((call) => call.id)
    const fresh = known.current !== undefined && ringing.some((id) => known.current?.has(id) === false)
    known.current = new Set(ringing)
    const talking = calls.some((call) => call.mine && call.state === 'answered')
    if (fresh && !talking && picked !== undefined) void navigate({ to: '/', search: {}, replace: true })
  }, [calls, picked, navigate])
}
