import {
  IconBan,
  IconCheck,
  IconClockHour4,
  IconExternalLink,
  IconPhoneOutgoing,
  IconX,
} from '@tabler/icons-react'
import type { CallView, FollowUpView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import { crmName, notWrittenKey } from './words.ts'

const icons = {
  waiting: IconClockHour4,
  open: IconPhoneOutgoing,
  closed: IconCheck,
  failed: IconX,
  forgotten: IconBan,
}
const looks = {
  waiting: 'waiting',
  open: 'waiting',
  closed: 'written',
  failed: 'failed',
  forgotten: 'left-out',
}

/** Who is asked to call a missed caller back, and whether somebody has; nothing where nobody is asked. */
export function FollowUpState({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const { followUp } = call
  if (followUp === undefined) return null
  const Icon = icons[followUp.state]
  const more = followUpReason(followUp, t)
  return (
    <div className="log-state" data-state={looks[followUp.state]}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <p>
          {followUpWords(followUp, t, formats)}{' '}
          {followUp.url !== undefined && (
            <a href={followUp.url} target="_blank" rel="noreferrer">
              {t('log.open', { crm: crmName })}
              <IconExternalLink size={14} stroke={1.75} aria-hidden />
            </a>
          )}
        </p>
        {more !== undefined && <p className="quiet">{more}</p>}
      </div>
    </div>
  )
}

function followUpWords(followUp: FollowUpView, t: Translate, formats: Formats): string {
  const { state, owner, nextAt, reachedAt, reachedBy: name } = followUp
  switch (state) {
    case 'waiting':
      return nextAt === undefined || followUp.why === undefined
        ? t('follow-up.soon', { crm: crmName })
        : t('follow-up.waiting', { crm: crmName, at: formats.time(nextAt) })
    case 'open':
      return owner === undefined || isWithoutOwner(followUp)
        ? t('follow-up.open', { crm: crmName })
        : t('follow-up.open.for', { crm: crmName, owner })
    case 'closed': {
      if (reachedAt === undefined) return t('follow-up.closed')
      const at = formats.timeOrDay(reachedAt, Date.now())
      return name === undefined ? t('follow-up.closed.at', { at }) : t('follow-up.closed.by', { name, at })
    }
    case 'failed':
      return t('follow-up.failed', { crm: crmName })
    case 'forgotten':
      return t(forgottenKey(followUp.why), { crm: crmName })
  }
}

function forgottenKey(why: string | undefined) {
  if (why === 'changed-there') return 'follow-up.forgotten.changed'
  return why === 'gone-there' ? 'follow-up.forgotten.gone' : 'follow-up.forgotten.done'
}

function followUpReason(followUp: FollowUpView, t: Translate): string | undefined {
  const { state, owner, why } = followUp
  if (state === 'open' && isWithoutOwner(followUp))
    return owner === undefined ? undefined : t('follow-up.without-owner', { crm: crmName, owner })
  if (state === 'closed' || state === 'forgotten') return undefined
  const key = notWrittenKey({ why })
  return key && t(key, { crm: crmName })
}

const isWithoutOwner = ({ why }: FollowUpView): boolean => why?.includes('without-owner') === true
