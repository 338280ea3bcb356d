import { IconHeadset } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { CallView, SessionView } from '../../server/http/shapes.ts'
import { CallCard } from '../calls/call-card.tsx'
import { cardCall, deskGroups } from '../calls/desk-groups.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { useNow } from '../time/now.ts'
import { CallRows } from './call-rows.tsx'

/** Calls of the last hours, at most; the journal has them all. */
const earlierShown = 8

/** The call that matters most, what else is going on, and, between calls, what was. */
export function WindowCalls(props: {
  calls: readonly CallView[]
  viewer: SessionView
  onPick: (id: string) => void
  /** below the words that there is no call */
  whenNone?: ReactNode
}) {
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
      {card === undefined ? (
        <NoCall viewer={viewer}>{props.whenNone}</NoCall>
      ) : (
        <CallCard key={card.id} call={card} />
      )}
      {(card === undefined || card.state === 'ended') &&
        parts.map(
          ({ title, calls: some }) =>
            some.length > 0 && (
              <FramePart key={title} title={title}>
                <CallRows calls={some} among={calls} onPick={onPick} />
              </FramePart>
            ),
        )}
    </>
  )
}

export function FramePart({ title, children }: { title: MessageKey; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <section className="frame-part">
      <h2 className="group-title">{t(title)}</h2>
      {children}
    </section>
  )
}

/** Says what will appear here, and what is missing for it to appear. */
function NoCall({ viewer, children }: { viewer: SessionView; children: ReactNode }) {
  const { t } = useLanguage()
  const noExtension = viewer.extensions.length === 0
  return (
    <div className="empty">
      <IconHeadset size={32} stroke={1.25} aria-hidden />
      <h2>{t('desk.empty')}</h2>
      <p>{t(noExtension ? 'desk.empty.no-extension' : 'frame.empty')}</p>
      {children}
    </div>
  )
}
