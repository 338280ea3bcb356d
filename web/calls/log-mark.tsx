import { IconBan, IconCheck, IconClockHour4, IconRefresh, IconX } from '@tabler/icons-react'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { logWords } from './log-state.tsx'
import { logShort } from './words.ts'

const icons = {
  'not-yet': IconClockHour4,
  sending: IconRefresh,
  waiting: IconClockHour4,
  written: IconCheck,
  failed: IconX,
  'left-out': IconBan,
}

/** The entry's state in one word; the whole sentence on hover. */
export function LogMark({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const Icon = icons[call.log.state]
  return (
    <span className="log-mark" data-state={call.log.state} title={logWords(call, t, formats)}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {t(logShort(call))}
    </span>
  )
}
