import type { ReactNode } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { Ago } from '../time/times.tsx'
import { CallClock } from './call-clock.tsx'
import { StateMark, toneOf } from './marks.tsx'
import { callTitle } from './words.ts'

/** What the link or button around a call's line is dressed by. */
export function rowDress(call: CallView) {
  return { className: 'desk-row', 'data-tone': toneOf(call), 'data-mine': call.mine } as const
}

/** One line for a call: state mark, name or number, since when; `children` stand below. */
export function RowWords({ call, children }: { call: CallView; children?: ReactNode }) {
  const { t } = useLanguage()
  return (
    <>
      <StateMark call={call} />
      <span className="desk-row-name">{callTitle(call, t)}</span>
      <span className="desk-row-since">
        {call.state === 'ended' ? <Ago at={call.endedAt ?? call.startedAt} /> : <CallClock call={call} />}
      </span>
      {children !== undefined && <span className="desk-row-who">{children}</span>}
    </>
  )
}
