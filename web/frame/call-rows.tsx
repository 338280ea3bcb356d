import type { ReactNode } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { CallClock } from '../calls/call-clock.tsx'
import { RowWords, rowDress } from '../calls/call-row.tsx'
import { queuesBehind } from '../calls/desk-groups.ts'
import { DirectionMark, StateMark, toneOf } from '../calls/marks.tsx'
import { Started } from '../calls/started.tsx'
import { ourSide, outcomeKey } from '../calls/words.ts'
import { useLanguage } from '../languages/language.tsx'

interface Rows {
  calls: readonly CallView[]
  onPick: (id: string) => void
}

/** Calls with anybody: who it was, and since when. What waits while one talks says so, as on the desk. */
export function CallRows({ calls, among, onPick }: Rows & { among: readonly CallView[] }) {
  const { t } = useLanguage()
  return (
    <PickList calls={calls} onPick={onPick}>
      {(call) => (
        <RowWords call={call}>
          {queuesBehind(call, among) ? <span className="queued">{t('desk.queued')}</span> : undefined}
        </RowWords>
      )}
    </PickList>
  )
}

/** Calls with one person: when, how it came out, and which of us it was. */
export function PersonCallRows({ calls, onPick }: Rows) {
  const { t } = useLanguage()
  return (
    <PickList calls={calls} onPick={onPick}>
      {(call) => (
        <>
          {call.state === 'ended' ? <DirectionMark call={call} /> : <StateMark call={call} />}
          <span className="desk-row-name outcome" data-tone={toneOf(call)}>
            {t(outcomeKey(call))}
            {call.state === 'ended' && (
              <span className="quiet">
                {' '}
                <CallClock call={call} />
              </span>
            )}
          </span>
          <span className="desk-row-since">
            {call.state === 'ended' ? <Started call={call} /> : <CallClock call={call} />}
          </span>
          <span className="desk-row-who">{ourSide(call, t) || t('desk.nobody-yet')}</span>
        </>
      )}
    </PickList>
  )
}

function PickList({ calls, onPick, children }: Rows & { children: (call: CallView) => ReactNode }) {
  return (
    <ul className="frame-rows">
      {calls.map((call) => (
        <li key={call.id}>
          <button type="button" {...rowDress(call)} onClick={() => onPick(call.id)}>
            {children(call)}
          </button>
        </li>
      ))}
    </ul>
  )
}
