import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { SessionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { deskQuery } from '../calls/desk-query.ts'
import { useNewRing } from '../calls/use-new-ring.ts'
import { callLine } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { PolicyAnnouncement } from '../privacy/policy-announcement.tsx'
import { PolicyLink } from '../privacy/policy-link.tsx'
import { MyTelephones } from '../users/my-telephones.tsx'
import { ClickedNumber } from './clicked-number.tsx'
import type { Host } from './host.ts'
import { ringsHere } from './keep-window.ts'
import { PickedCall, PickingHere } from './picked-call.tsx'
import { PersonCalls } from './record-panel.tsx'
import { useWindow } from './use-window.ts'
import { FramePart, WindowCalls } from './window-calls.tsx'

/** The floating window: the call that matters most, what else is going on, and, between calls, what was. */
export function FloatingWindow({ host, viewer }: { host: Host; viewer: SessionView }) {
  const { t } = useLanguage()
  const desk = useQuery(deskQuery)
  const calls = desk.data?.calls
  const { clicked, forgetClick } = useWindow(host, calls, viewer.extensions)
  const [picked, pick] = useState<string>()
  const inCall = (calls ?? []).some((call) => call.here !== undefined)
  const ringing = (calls ?? []).filter((call) => ringsHere(call))
  const showNewest = useCallback(() => {
    pick(undefined)
    forgetClick()
  }, [forgetClick])
  useNewRing(calls, showNewest)

  return (
    <main className="frame" aria-label={t('room.desk')}>
      <PolicyAnnouncement />
      <h1 className="visually-hidden">{t('room.desk')}</h1>
      <div className="visually-hidden" aria-live="assertive">
        {ringing.map((call) => t('announce.incoming', { who: callLine(call, t) })).join(' ')}
      </div>
      {clicked?.number !== undefined && <ClickedNumber number={clicked.number} onClose={forgetClick} />}
      <PickingHere onPick={pick}>
        {picked !== undefined ? (
          <PickedCall key={picked} id={picked} onBack={() => pick(undefined)} />
        ) : clicked?.personId !== undefined && !inCall ? (
          <FramePart title="frame.person">
            <PersonCalls externalId={clicked.personId} onPick={pick} />
          </FramePart>
        ) : desk.isError ? (
          <FailureNote error={desk.error} retry={() => void desk.refetch()} />
        ) : calls === undefined ? (
          <p role="status">{t('loading.desk')}</p>
        ) : (
          <WindowCalls
            calls={calls}
            viewer={viewer}
            onPick={pick}
            whenNone={<MyTelephones onlyToConnect />}
          />
        )}
      </PickingHere>
      <p className="frame-foot">
        <a href="/" target="_blank" rel="noreferrer">
          {t('frame.desk')}
          <IconExternalLink size={14} stroke={1.75} aria-hidden />
        </a>
        <PolicyLink />
      </p>
    </main>
  )
}
