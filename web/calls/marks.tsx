import {
  IconArrowDownLeft,
  IconArrowsLeftRight,
  IconArrowUpRight,
  IconPhone,
  IconPhoneCall,
  IconPhoneRinging,
  IconPhoneX,
  IconQuestionMark,
} from '@tabler/icons-react'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { isMissed, liveState } from './desk-groups.ts'
import { outcomeKey } from './words.ts'

const directionIcons = {
  inbound: IconArrowDownLeft,
  outbound: IconArrowUpRight,
  internal: IconArrowsLeftRight,
  unknown: IconQuestionMark,
}

/** The way a call went, as a mark with a word for those who do not see it. */
export function DirectionMark({ call }: { call: CallView }) {
  const { t } = useLanguage()
  const Icon = directionIcons[call.direction]
  const words = t(`direction.${call.direction}`)
  return (
    <span className="direction-mark" title={words}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

/** `ringing`, `talking`, `missed` or `over`: what decides mark and colour. */
export function toneOf(call: CallView): 'ringing' | 'talking' | 'missed' | 'over' {
  const state = liveState(call)
  if (state === 'ringing') return 'ringing'
  if (state === 'answered') return 'talking'
  return isMissed(call) ? 'missed' : 'over'
}

const stateIcons = { ringing: IconPhoneRinging, talking: IconPhoneCall, missed: IconPhoneX, over: IconPhone }

export function StateMark({ call, size = 18 }: { call: CallView; size?: number }) {
  const { t } = useLanguage()
  const tone = toneOf(call)
  const Icon = stateIcons[tone]
  const words = t(outcomeKey(call))
  return (
    <span className="state-mark" data-tone={tone} title={words}>
      <Icon size={size} stroke={1.75} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}
