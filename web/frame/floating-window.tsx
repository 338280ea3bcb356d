import { IconExternalLink, IconHeadset } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useState } from 'react'
import type { CallView, SessionView } from '../../server/http/shapes.ts'
import { FailureNote } from '../api/failure-note.tsx'
import { CallCard } from '../calls/call-card.tsx'
import { cardCall, deskGroups } from '../calls/desk-groups.ts'
import { deskQuery } from '../calls/desk-query.ts'
import { useNewRing } from '../calls/use-new-ring.ts'
import { callLine } from '../calls/words.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { PolicyLink } from '../privacy/policy-link.tsx'
import { useNow } from '../time/now.ts'
import { MyTelephones } from '../users/my-telephones.tsx'
import { CallRows } from './call-rows.tsx'
import { ClickedNumber } from './clicked-number.tsx'
import type { Host } from './host.ts'
import { ringsHere } from './keep-window.ts'
import { PickedCall, PickingHere } from './picked-call.tsx'
import { PersonCalls } from './record-panel.tsx'
import { useWindow } from './use-window.ts'

/** Calls of the last hours, at most; the journal has them all. */
const earlierShown = 8

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
      <h1 className="visually-hidden">{t('room.desk')}</h1>
      <div className="visually-hidden" aria-live="assertive">
        {ringing.map((call) => t('announce.incoming', { who: callLine(call, t) })).join(' ')}
      </div>
      {clicked?.number !== undefined && <ClickedNumber number={clicked.number} onClose={forgetClick} />}
      <PickingHere onPick={pick}>
        {picked !== undefined ? (
          <PickedCall key={picked} id={picked} onBack={() => pick(undefined)} />
        ) : clicked?.personId !== undefined && !inCall ? (
          <Part title="frame.person">
            <PersonCalls externalId={clicked.personId} onPick={pick} />
          </Part>
        ) : desk.isError ? (
          <FailureNote error={desk.error} retry={() => void desk.refetch()} />
        ) : calls === undefined ? (
          <p role="status">{t('loading.desk')}</p>
        ) : (
          <Calls calls={calls} viewer={viewer} onPick={pick} />
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

function Calls(props: { calls: readonly CallView[]; viewer: SessionView; onPick: (id: string) => void }) {
  const { t } = useLanguage()
  const { calls, viewer, onPick } = props
  const now = useNow(10_000)
  const card = cardCall(calls, undefined, now)
  const groups = deskGroups(calls)
  const others = (some: readonly CallView[]) => some.filter((call) => call.id !== card?.id)
  const live = others([...groups.ringing, ...groups.talking])
  const parts: { title: MessageKey; calls: readonly CallView[] }[] = [
    { title: 'desk.to-call-back', calls: others(groups.toCallBack) },
    { title: 'desk.earlier', calls: others(groups.earlier).slice(0, earlierShown) },
  ]
  return (
    <>
      {live.length > 0 && (
        <section className="frame-queue" aria-label={t('frame.also-now')}>
          <CallRows calls={live} among={calls} onPick={onPick} />
        </section>
      )}
      {card === undefined ? <NoCall viewer={viewer} /> : <CallCard key={card.id} call={card} />}
      {(card === undefined || card.state === 'ended') &&
        parts.map(
          ({ title, calls: some }) =>
            some.length > 0 && (
              <Part key={title} title={title}>
                <CallRows calls={some} among={calls} onPick={onPick} />
              </Part>
            ),
        )}
    </>
  )
}

function Part({ title, children }: { title: MessageKey; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <section className="frame-part">
      <h2 className="group-title">{t(title)}</h2>
      {children}
    </section>
  )
}

/** Says what will appear here, and what is missing for it to appear. */
function NoCall({ viewer }: { viewer: SessionView }) {
  const { t } = useLanguage()
  const noExtension = viewer.extensions.length === 0
  return (
    <div className="empty">
      <IconHeadset size={32} stroke={1.25} aria-hidden />
      <h2>{t('desk.empty')}</h2>
      <p>{t(noExtension ? 'desk.empty.no-extension' : 'frame.empty')}</p>
      <MyTelephones onlyToConnect />
    </div>
  )
}
