import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { At } from '../time/times.tsx'

/** When a call began; marked where the phone system tells no times, so that nobody takes ours for its own. */
export function Started({ call }: { call: Pick<CallView, 'startedAt' | 'approximate'> }) {
  const { t } = useLanguage()
  if (!call.approximate) return <At at={call.startedAt} />
  return (
    <span>
      <abbr title={t('call.approximate')} aria-label={t('call.approximate')}>
        ≈
      </abbr>{' '}
      <At at={call.startedAt} />
    </span>
  )
}
