import { IconPhoneRinging } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CallView } from '../../server/http/shapes.ts'
import { cardCall, liveSince, liveState } from '../calls/desk-groups.ts'
import { callLine } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'
import { RunningClock } from '../time/times.tsx'

/** Who rings or talks, floating above every page but the desk, one click from the card. */
export function RingStrip({ calls }: { calls: readonly CallView[] }) {
  const { t } = useLanguage()
  const call = cardCall(calls, undefined, 0)
  if (call === undefined || call.state === 'ended') return null
  const state = liveState(call)
  return (
    <aside aria-label={t('ring.strip')}>
      <Link to="/" search={{ call: call.id }} className="ring-strip" data-state={state}>
        <IconPhoneRinging size={20} stroke={1.75} aria-hidden />
        <span className="ring-strip-who">{callLine(call, t)}</span>
        <span className="ring-strip-state">
          {t(`state.${state}`)} <RunningClock since={liveSince(call)} />
        </span>
      </Link>
    </aside>
  )
}
