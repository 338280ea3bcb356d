import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { clock } from '../time/duration.ts'
import { useNow } from '../time/now.ts'
import { type LegBar, legBars } from './leg-bars.ts'
import { callTitle, numberWords } from './words.ts'

/** Who rang and who answered, each party a line with its bar. */
export function LegsTimeline({ call }: { call: CallView }) {
  const now = useNow(call.state === 'ended' ? 3_600_000 : 1000)
  return (
    <ol className="legs">
      {legBars(call, now).map((bar, index) => (
        // Parties have no id of their own, and their order is part of what is shown.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <LegLine key={index} bar={bar} call={call} />
      ))}
    </ol>
  )
}

function LegLine({ bar, call }: { bar: LegBar; call: CallView }) {
  const { t } = useLanguage()
  const { leg } = bar
  const outer = leg.party.e164 !== undefined && leg.party.e164 === call.remote.e164
  const name = leg.user ?? (outer ? callTitle(call, t) : numberWords(leg.party, t))
  const number = numberWords(leg.party, t)
  return (
    <li>
      <span className="leg-name">
        {name}
        {name !== number && leg.party.kind === 'extension' && (
          <span className="quiet figures"> {number}</span>
        )}
      </span>
      <svg className="leg-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" x="0" y="2.5" width="100" height="1" />
        {bar.ring !== undefined && leg.role !== 'caller' && <Bar kind="ring" span={bar.ring} />}
        {bar.talk !== undefined && <Bar kind={leg.role === 'caller' ? 'caller' : 'talk'} span={bar.talk} />}
      </svg>
      <span className="leg-words">
        <LegWords bar={bar} />
      </span>
    </li>
  )
}

function Bar({ kind, span }: { kind: 'ring' | 'talk' | 'caller'; span: { from: number; to: number } }) {
  return (
    <rect
      className={`bar-${kind}`}
      x={span.from * 100}
      y="0.5"
      width={Math.max(1, (span.to - span.from) * 100)}
      height="5"
    />
  )
}

function LegWords({ bar }: { bar: LegBar }) {
  const { t, formats } = useLanguage()
  const { leg, ringSeconds, talkSeconds } = bar
  if (leg.role === 'caller') return t('leg.called')
  if (leg.joinedAt !== undefined) {
    const at = formats.precise(leg.joinedAt)
    const length = clock(talkSeconds ?? 0)
    return t(leg.role === 'transferee' ? 'leg.transferred' : 'leg.answered', { at, length })
  }
  const length = clock(ringSeconds ?? 0)
  return t(leg.leftAt === undefined ? 'leg.ringing' : 'leg.rang', { length })
}
