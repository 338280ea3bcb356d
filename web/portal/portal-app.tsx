import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { SessionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { request } from '../api/request.ts'
import { deskQuery } from '../calls/desk-query.ts'
import { DialNotice } from '../calls/dial-notice.tsx'
import { callCrm } from '../calls/words.ts'
import { FrameMessage } from '../frame/frame-message.tsx'
import { NotAgreed } from '../frame/not-agreed.tsx'
import { PickedCall, PickingHere } from '../frame/picked-call.tsx'
import { viewerQuery } from '../frame/viewer-query.ts'
import { WindowCalls } from '../frame/window-calls.tsx'
import { LanguageProvider, useLanguage } from '../languages/language.tsx'
import { LiveProvider } from '../live/live-provider.tsx'
import { PolicyAnnouncement } from '../privacy/policy-announcement.tsx'
import { PolicyLink } from '../privacy/policy-link.tsx'
import { MyTelephones } from '../users/my-telephones.tsx'
import type { PortalHost } from './host.ts'
import type { PortalSession } from './page.ts'

interface Props {
  host: PortalHost
  session: PortalSession
  userId: string
}

/** The page inside a portal: the calls of whoever looks, and the way to everything else in a tab of its own. */
export function PortalApp(props: Props) {
  const { t } = useLanguage()
  const { session, host } = props
  const queries = useQueryClient()
  const over = useSyncExternalStore(session.watch, session.isOver)
  useEffect(() => {
    if (over) queries.clear()
  }, [over, queries])
  if (over)
    return (
      <FrameMessage title={t('portal.over')} text={t('portal.over.todo')} urgent>
        <Button onClick={() => host.reload()}>{t('portal.reload')}</Button>
      </FrameMessage>
    )
  return <Viewed {...props} />
}

function Viewed(props: Props) {
  const { t } = useLanguage()
  const { data, isError, error, refetch } = useQuery(viewerQuery(props.session))
  if (data === undefined && isError)
    return (
      <main className="frame">
        <FailureNote error={error} retry={() => void refetch()} />
      </main>
    )
  if (data === undefined) return <FrameMessage title={t('loading.page')} />
  const { viewer, messages } = data
  callCrm(viewer.crm)
  return (
    <LanguageProvider initial={viewer.language} messages={messages} country={viewer.country}>
      {viewer.agreement === 'accepted' ? (
        <LiveProvider name={`ringfence-live of ${props.userId}`}>
          <Calls host={props.host} viewer={viewer} />
          <DialNotice />
        </LiveProvider>
      ) : (
        <NotAgreed viewer={viewer} way={<ToAgreement />} />
      )}
    </LanguageProvider>
  )
}

function Calls({ host, viewer }: { host: PortalHost; viewer: SessionView }) {
  const { t } = useLanguage()
  const desk = useQuery(deskQuery)
  const [picked, pick] = useState<string>()
  useEffect(() => host.fit())
  return (
    <main className="frame" aria-label={t('room.desk')}>
      <PolicyAnnouncement />
      <h1 className="visually-hidden">{t('room.desk')}</h1>
      <PickingHere onPick={pick}>
        {picked !== undefined ? (
          <PickedCall key={picked} id={picked} onBack={() => pick(undefined)} />
        ) : desk.isError ? (
          <FailureNote error={desk.error} retry={() => void desk.refetch()} />
        ) : desk.data === undefined ? (
          <p role="status">{t('loading.desk')}</p>
        ) : (
          <WindowCalls calls={desk.data.calls} viewer={viewer} onPick={pick} />
        )}
      </PickingHere>
      <MyTelephones />
      <div className="frame-foot">
        <OpenOutside label={t('frame.desk')} />
        <PolicyLink />
      </div>
    </main>
  )
}

function ToAgreement() {
  const { t } = useLanguage()
  return <OpenOutside label={t('health.read-agreement')} />
}

/** Opens the app in a tab of its own, signed in by a link that is good once: this frame's session stays in it. */
function OpenOutside({ label }: { label: string }) {
  const { t } = useLanguage()
  const [failed, setFailed] = useState(false)
  const open = (): void => {
    // Opened at the click itself, or the browser takes it for a window nobody asked for.
    const tab = globalThis.open('', '_blank')
    setFailed(false)
    request<{ url: string }>('POST', '/session/hand-over')
      .then(({ url }) => {
        if (tab === null) throw new Error('the browser opened no tab')
        tab.opener = null
        tab.location.replace(url)
      })
      .catch(() => {
        tab?.close()
        setFailed(true)
      })
  }
  return (
    <>
      <Button
        variant="default"
        onClick={open}
        rightSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
      >
        {label}
      </Button>
      {failed && <p role="alert">{t('portal.not-opened')}</p>}
    </>
  )
}
