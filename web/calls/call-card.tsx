import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { CallClock } from './call-clock.tsx'
import { CreatePerson } from './create-person.tsx'
import { CallDeal } from './deal-choice.tsx'
import { DialButton } from './dial-button.tsx'
import { EarlierCalls } from './earlier-calls.tsx'
import { FollowUpState } from './follow-up-state.tsx'
import { KeptClock } from './kept-clock.tsx'
import { LegsTimeline } from './legs-timeline.tsx'
import { LogState } from './log-state.tsx'
import { DirectionMark, StateMark, toneOf } from './marks.tsx'
import { Matches, OpenPerson } from './matches.tsx'
import { NoteField } from './note-field.tsx'
import { RecordingState } from './recording-state.tsx'
import { bestFirst, callCompany, callTitle, numberKind, numberWords, outcomeKey } from './words.ts'

/** Who it is, why we think so, who takes it, and where it is written. */
export function CallCard({ call }: { call: CallView }) {
  const { t } = useLanguage()
  const matches = bestFirst(call.matches)
  return (
    <article className="call-card" data-tone={toneOf(call)}>
      <header className="card-head">
        <p className="card-state">
          <StateMark call={call} />
          <span>{t(outcomeKey(call))}</span>
          <CallClock call={call} />
          <CallLine call={call} />
        </p>
        <div className="card-who">
          <div>
            <h2>{callTitle(call, t)}</h2>
            <Beneath call={call} />
          </div>
          <div className="card-actions">
            {call.state === 'ended' && <DialButton number={call.remote} />}
            {matches.length === 1 && matches[0] !== undefined && <OpenPerson match={matches[0]} />}
          </div>
        </div>
      </header>
      <Matches call={call} matches={matches} />
      <CreatePerson call={call} />
      <CallDeal call={call} />
      <NoteField call={call} />
      {call.legs.length > 0 && (
        <section className="card-part">
          <h3>{t('card.who')}</h3>
          <LegsTimeline call={call} />
        </section>
      )}
      {call.remote.e164 !== undefined && (
        <section className="card-part">
          <h3>{t('card.earlier')}</h3>
          <EarlierCalls e164={call.remote.e164} except={call.id} />
        </section>
      )}
      <footer className="card-foot">
        <div className="card-states">
          <LogState call={call} />
          <FollowUpState call={call} />
          <RecordingState call={call} />
        </div>
        <KeptClock call={call} />
      </footer>
    </article>
  )
}

/** Which way, and on which line. */
function CallLine({ call }: { call: CallView }) {
  const { t } = useLanguage()
  return (
    <span className="card-line">
      <DirectionMark call={call} />
      {call.line === undefined
        ? t(`direction.${call.direction}`)
        : t(call.direction === 'outbound' ? 'card.line.out' : 'card.line.in', {
            line: numberWords(call.line, t),
          })}
    </span>
  )
}

/** Company, number and kind of number; what stands in the title already is not said twice. */
function Beneath({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const company = callCompany(call)
  const kind = numberKind(call.remote, t, formats)
  const known = call.matches.length > 0
  return (
    <>
      {company !== undefined && <p className="card-company">{company}</p>}
      <p className="card-number">
        {known && (
          <span className="figures" title={call.remote.e164}>
            {numberWords(call.remote, t)}
          </span>
        )}
        {kind !== '' && <span className="quiet">{kind}</span>}
      </p>
    </>
  )
}
