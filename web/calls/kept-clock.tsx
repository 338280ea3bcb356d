import { IconHourglass } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { OnDemand } from '../shell/on-demand.tsx'
import { daysLeft } from '../time/duration.ts'
import { useNow } from '../time/now.ts'

/** Until when the call is kept; a click says why it is here, where it came from and who got it. */
export function KeptClock({ call }: { call: CallView }) {
  return (
    <OnDemand
      load={() => import('./kept-facts.tsx')}
      props={{ call }}
      until={(button) => <KeptButton call={call} aria-haspopup="dialog" aria-expanded={false} {...button} />}
    />
  )
}

export function KeptButton({ call, ...rest }: { call: CallView } & ComponentPropsWithRef<'button'>) {
  const { t, formats } = useLanguage()
  const now = useNow(60_000)
  // The seven days count from the end, which has not come.
  const live = call.state !== 'ended'
  return (
    <button
      type="button"
      className="kept-clock"
      title={live ? undefined : formats.exact(call.keptUntil)}
      {...rest}
    >
      <IconHourglass size={16} stroke={1.75} aria-hidden />
      {live ? t('kept.after') : t('kept.days', { days: daysLeft(Date.parse(call.keptUntil), now) })}
    </button>
  )
}
