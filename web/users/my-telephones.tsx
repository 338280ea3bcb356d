import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import './people.css'
import {
  connectTelephone,
  disconnectTelephones,
  type MyTelephone,
  myTelephonesQuery,
} from './my-telephones-query.ts'
import { myExtensionsQuery } from './users-query.ts'

/** My telephone at phone systems that are asked by their API: to connect it, and to end that. */
export function MyTelephones({ onlyToConnect = false }: { onlyToConnect?: boolean }) {
  const { t } = useLanguage()
  const mine = useQuery(myTelephonesQuery)
  useWhenBack(() => void mine.refetch())
  const all = mine.data?.telephones ?? []
  const shown = onlyToConnect
    ? all.filter(({ access, state }) => access === 'user' && state !== 'connected')
    : all
  if (shown.length === 0) return null
  return (
    <div className="my-telephones">
      {shown.map((telephone) => (
        <Telephone key={telephone.connectionId} telephone={telephone} />
      ))}
      {!onlyToConnect && all.some(({ state }) => state !== 'not-connected') && <Disconnect />}
      {!onlyToConnect && <p className="quiet">{t('my-telephones.sessions')}</p>}
    </div>
  )
}

/** The phone system was in another tab: whoever comes back sees what came of it. */
function useWhenBack(look: () => void): void {
  useEffect(() => {
    const seen = () => document.visibilityState === 'visible' && look()
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [look])
}

function Telephone({ telephone }: { telephone: MyTelephone }) {
  const { t, formats } = useLanguage()
  const queries = useQueryClient()
  const { title, state, told, endsAt } = telephone
  const connect = useMutation({
    mutationFn: () => connectTelephone(telephone.connectionId),
    onSuccess: async ({ url }) => {
      if (url !== undefined) globalThis.open(url, '_blank', 'noopener')
      await queries.invalidateQueries({ queryKey: myTelephonesQuery.queryKey })
      await queries.invalidateQueries({ queryKey: myExtensionsQuery.queryKey })
    },
  })
  const words =
    state !== 'connected'
      ? t(`my-telephones.${state}`, { phone: title })
      : told === undefined || told === 'subscribed' || told === 'by-hand'
        ? t('my-telephones.connected', { phone: title })
        : t('my-telephones.not-told', { phone: title })
  return (
    <div className="my-telephone">
      <p role="status" className={state === 'refused' ? 'trouble' : undefined}>
        {words}
        {endsAt !== undefined && ` ${t('my-telephones.ends', { date: formats.day(endsAt) })}`}
      </p>
      {state !== 'connected' && (
        <Button size="xs" loading={connect.isPending} onClick={() => connect.mutate()}>
          {t(state === 'refused' ? 'my-telephones.connect-again' : 'my-telephones.connect')}
        </Button>
      )}
      {connect.isError && (
        <p role="alert" className="trouble">
          {failureSentences(connect.error, t)}
        </p>
      )}
    </div>
  )
}

/** Cannot be undone by a press, so it says what it does before it is done. */
function Disconnect() {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const [asking, ask] = useState(false)
  const disconnect = useMutation({
    mutationFn: disconnectTelephones,
    onSuccess: async () => {
      ask(false)
      for (const queryKey of [myTelephonesQuery.queryKey, myExtensionsQuery.queryKey, ['session']])
        await queries.invalidateQueries({ queryKey })
    },
  })
  if (!asking)
    return (
      <div>
        <Button variant="default" size="xs" onClick={() => ask(true)}>
          {t('my-telephones.disconnect')}
        </Button>
      </div>
    )
  return (
    <div className="note">
      <div>
        <p>{t('my-telephones.disconnect.text')}</p>
        {disconnect.isError && (
          <p role="alert" className="trouble">
            {failureSentences(disconnect.error, t)}
          </p>
        )}
        <div className="form-actions">
          <Button
            size="xs"
            color="red"
            loading={disconnect.isPending}
            onClick={() => disconnect.mutate()}
            autoFocus
          >
            {t('my-telephones.disconnect')}
          </Button>
          <Button variant="subtle" color="gray" size="xs" onClick={() => ask(false)}>
            {t('action.cancel')}
          </Button>
        </div>
      </div>
    </div>
  )
}
