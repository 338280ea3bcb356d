import { Popover } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { daysLeft } from '../time/duration.ts'
import { useNow } from '../time/now.ts'
import { crmName } from './words.ts'

/** Until when the call is kept; a click says why it is here, where it came from and who got it. */
export function KeptClock({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const now = useNow(60_000)
  // The seven days count from the end, which has not come.
  const live = call.state !== 'ended'
  const days = daysLeft(Date.parse(call.keptUntil), now)
  return (
    <Popover width={320} position="top-end" withArrow={false} shadow="md">
      <Popover.Target>
        <button type="button" className="kept-clock" title={live ? undefined : formats.exact(call.keptUntil)}>
          <IconHourglass size={16} stroke={1.75} aria-hidden />
          {live ? t('kept.after') : t('kept.days', { days })}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('kept.title')}>
        <dl className="kept-facts">
          <dt>{t('kept.why')}</dt>
          <dd>{t('kept.why.text', { crm: crmName })}</dd>
          <dt>{t('kept.from')}</dt>
          <dd>{t('kept.from.text', { crm: crmName })}</dd>
          <dt>{t('kept.who')}</dt>
          <dd>
            {t(call.log.state === 'written' ? 'kept.who.written' : 'kept.who.nobody', { crm: crmName })}
          </dd>
          <dt>{t('kept.until')}</dt>
          <dd>{live ? t('kept.until.live') : formats.exact(call.keptUntil)}</dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
