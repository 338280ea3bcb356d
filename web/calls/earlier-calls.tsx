import { useQuery } from '@tanstack/react-query'
import { useLanguage } from '../languages/language.tsx'
import { clock } from '../time/duration.ts'
import { CallLink } from './call-link.tsx'
import { callsWithQuery } from './journal-query.ts'
import { DirectionMark } from './marks.tsx'
import { Started } from './started.tsx'
import { ourSide, outcomeKey } from './words.ts'

const shown = 4

/** The last calls with the same number, as far as they are kept. */
export function EarlierCalls({ e164, except }: { e164: string; except: string }) {
  const { t } = useLanguage()
  const earlier = useQuery(callsWithQuery(e164))
  if (earlier.isPending) return <p role="status">{t('loading.calls')}</p>
  if (earlier.isError) return <p role="alert">{t('earlier.failed')}</p>
  const calls = earlier.data.calls.filter((call) => call.id !== except).slice(0, shown)
  if (calls.length === 0)
    return <p className="quiet">{t(earlier.data.complete ? 'earlier.none' : 'earlier.none-lately')}</p>
  return (
    <ul className="earlier-list">
      {calls.map((call) => (
        <li key={call.id}>
          <CallLink callId={call.id}>
            <DirectionMark call={call} />
            <span className="earlier-at">
              <Started call={call} />
            </span>
            <span>{t(outcomeKey(call))}</span>
            <span className="quiet figures">
              {call.talkSeconds !== undefined && call.talkSeconds > 0 ? clock(call.talkSeconds) : ''}
            </span>
            <span className="quiet earlier-who">{ourSide(call, t)}</span>
          </CallLink>
        </li>
      ))}
    </ul>
  )
}
