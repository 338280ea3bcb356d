import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { SessionView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { Mark } from './mark.tsx'
import { roomsOf } from './rooms.ts'

/** At left on a screen, at the bottom on a phone (one element, placed by the style sheet). */
export function Rail(props: { session: SessionView; narrow: boolean; onNarrow: (narrow: boolean) => void }) {
  const { t } = useLanguage()
  const { work, setUp } = roomsOf(props.session)
  const Toggle = props.narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const toggleWords = t(props.narrow ? 'rail.expand' : 'rail.collapse')
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <div className="rail-brand" aria-hidden="true">
        <Mark />
        <span className="rail-word">ringfence</span>
      </div>
      <ul className="rail-rooms">
        {work.map((room) => (
          <Room key={room.to} room={room} />
        ))}
        <li className="rail-line" aria-hidden="true" />
        {setUp.map((room) => (
          <Room key={room.to} room={room} />
        ))}
      </ul>
      <button
        type="button"
        className="rail-toggle"
        onClick={() => props.onNarrow(!props.narrow)}
        aria-label={toggleWords}
        title={toggleWords}
      >
        <Toggle size={18} stroke={1.75} aria-hidden />
      </button>
    </nav>
  )
}

type RoomEntry = ReturnType<typeof roomsOf>['work'][number] | ReturnType<typeof roomsOf>['setUp'][number]

function Room({ room }: { room: RoomEntry }) {
  const { t } = useLanguage()
  const Icon = room.icon
  return (
    <li>
      <Link
        to={room.to}
        className="rail-room"
        activeOptions={{ exact: room.to === '/', includeSearch: false }}
        title={t(room.label)}
      >
        <Icon size={20} stroke={1.75} aria-hidden />
        <span className="rail-word">{t(room.label)}</span>
      </Link>
    </li>
  )
}
