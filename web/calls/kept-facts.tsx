import { Popover } from '@mantine/core'
import type { CallView } from '../../server/http/shapes.ts'
import { useLanguage } from '../languages/language.tsx'
import { KeptButton } from './kept-clock.tsx'
import { crmName } from './words.ts'

/** Why the call is here, where it came from and who got it. Comes when somebody asks, and is open then. */
export default function KeptFacts({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const live = call.state !== 'ended'
  return (
    <Popover width={320} position="top-end" withArrow={false} shadow="md" defaultOpened>
      <Popover.Target>
        <KeptButton call={call} />
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
