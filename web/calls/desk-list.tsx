import { Link } from '@tanstack/react-router'
import type { CallView } from '../../server/http/shapes.ts'
import { type MessageKey, useLanguage } from '../languages/language.tsx'
import { RowWords, rowDress } from './call-row.tsx'
import { deskGroups, queuesBehind } from './desk-groups.ts'
import { dialKey } from './dial-button.tsx'
import { ourSide } from './words.ts'

/** Calls of the last hours that are over, at most; the journal has them all. */
const earlierShown = 12

/** One line per call: state mark, name or number, who, since when. */
export function DeskList({ calls, shown }: { calls: readonly CallView[]; shown: string | undefined }) {
  const { t } = useLanguage()
  const groups = deskGroups(calls)
  const parts: { title: MessageKey; calls: CallView[]; none?: MessageKey }[] = [
    { title: 'desk.ringing', calls: groups.ringing, none: 'desk.nothing-rings' },
    { title: 'desk.talking', calls: groups.talking },
    { title: 'desk.to-call-back', calls: groups.toCallBack },
    { title: 'desk.earlier', calls: groups.earlier.slice(0, earlierShown) },
  ]
  return (
    <aside className="desk-list" aria-label={t('desk.now')}>
      {parts.map(
        (part) =>
          (part.calls.length > 0 || part.none !== undefined) && (
            <section key={part.title}>
              <h2 className="group-title">
                {t(part.title)}
                {part.calls.length > 1 && <span className="count">{part.calls.length}</span>}
              </h2>
              {part.calls.length === 0 && part.none !== undefined && (
                <p className="desk-none">{t(part.none)}</p>
              )}
              <ul>
                {part.calls.map((call) => (
                  <DeskRow
                    key={call.id}
                    call={call}
                    current={call.id === shown}
                    queued={queuesBehind(call, calls)}
                  />
                ))}
              </ul>
            </section>
          ),
      )}
    </aside>
  )
}

function DeskRow({ call, current, queued }: { call: CallView; current: boolean; queued: boolean }) {
  const { t } = useLanguage()
  return (
    <li>
      <Link
        to="/"
        search={{ call: call.id }}
        {...rowDress(call)}
        data-row
        {...dialKey(call.remote)}
        aria-current={current ? 'true' : undefined}
      >
        <RowWords call={call}>
          {queued ? (
            <span className="queued">{t('desk.queued')}</span>
          ) : (
            ourSide(call, t) || t('desk.nobody-yet')
          )}
        </RowWords>
      </Link>
    </li>
  )
}
