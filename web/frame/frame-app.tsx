import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { SessionView } from '../../server/http/shapes.ts'
import { DialNotice } from '../calls/dial-notice.tsx'
import { callCrm } from '../calls/words.ts'
import { LanguageProvider, useLanguage } from '../languages/language.tsx'
import { LiveProvider, useLive } from '../live/live-provider.tsx'
import type { FrameAddress } from './address.ts'
import { FloatingWindow } from './floating-window.tsx'
import { FrameGate, WayOut } from './frame-gate.tsx'
import { FrameMessage } from './frame-message.tsx'
import type { HostedSession } from './frame-session.ts'
import type { Host } from './host.ts'
import { NotAgreed } from './not-agreed.tsx'
import { RecordPanel } from './record-panel.tsx'
import { useHeight } from './use-height.ts'
import { useOpenInside } from './use-open-inside.ts'
import { useRetries } from './use-retries.ts'
import { viewerQuery } from './viewer-query.ts'

interface Props {
  host: Host
  session: HostedSession
  record: FrameAddress['record']
}

/** The page inside the host: nothing of anybody's before the host's word for who looks was accepted, nor after. */
export function FrameApp(props: Props) {
  const { t } = useLanguage()
  const { host, session } = props
  const queries = useQueryClient()
  const state = useSyncExternalStore(session.watch, session.state)
  const silent = useSilence(host)
  useRetries(host, session, state)
  useOpenInside(host)
  useHeight(host, props.record !== undefined)
  const closed = state.is === 'closed'
  useEffect(() => {
    if (closed) queries.clear()
  }, [closed, queries])

  if (silent) return <FrameGate why="host-silent" />
  if (state.is === 'closed') return <FrameGate why={state.why} retry={() => session.open()} />
  if (state.is === 'connecting') return <FrameMessage title={t('frame.connecting')} />
  return <Viewed key={state.userId} {...props} userId={state.userId} />
}

/** Whether the host never answered. */
function useSilence(host: Host): boolean {
  const [silent, setSilent] = useState(false)
  useEffect(() => {
    host.ready.catch(() => setSilent(true))
  }, [host])
  return silent
}

function Viewed({ userId, ...props }: Props & { userId: string }) {
  const { t } = useLanguage()
  const { data, isError, refetch } = useQuery(viewerQuery(props.session))
  if (data === undefined && isError) return <FrameGate why="no-answer" retry={refetch} />
  if (data === undefined) return <FrameMessage title={t('frame.connecting')} />
  const { viewer, messages } = data
  callCrm(viewer.crm)
  return (
    <LanguageProvider initial={viewer.language} messages={messages} country={viewer.country}>
      {viewer.agreement === 'accepted' ? (
        // In one browser several companies of the host may be open at once; only pages of one user share a stream.
        <LiveProvider name={`ringfence-live of ${userId}`}>
          <Surface {...props} viewer={viewer} />
        </LiveProvider>
      ) : (
        <NotAgreed viewer={viewer} way={<ToAgreement />} />
      )}
    </LanguageProvider>
  )
}

function ToAgreement() {
  const { t } = useLanguage()
  return <WayOut href="/agreement">{t('health.read-agreement')}</WayOut>
}

function Surface({ host, record, viewer }: Props & { viewer: SessionView }) {
  return (
    <>
      <ConnectionLost />
      {record === undefined ? (
        <FloatingWindow host={host} viewer={viewer} />
      ) : (
        <RecordPanel record={record} />
      )}
      <DialNotice />
    </>
  )
}

/** Says that what is shown may be old; while all is well there is nothing to say. */
function ConnectionLost() {
  const { t } = useLanguage()
  const { state } = useLive()
  return (
    <p role="status" className="frame-lost" hidden={state !== 'reconnecting'}>
      {state === 'reconnecting' && `${t('live.reconnecting')}. ${t('live.reconnecting.meaning')}.`}
    </p>
  )
}
