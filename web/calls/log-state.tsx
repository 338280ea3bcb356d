import { Button } from '@mantine/core'
import { IconBan, IconCheck, IconClockHour4, IconExternalLink, IconRefresh, IconX } from '@tabler/icons-react'
import type { CallView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import type { Formats } from '../languages/formats.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import { secondsBetween } from '../time/duration.ts'
import { useRetry } from './use-retry.ts'
import { crmName, leftOutKey, notWrittenKey, writtenBesides } from './words.ts'

const icons = {
  'not-yet': IconClockHour4,
  sending: IconRefresh,
  waiting: IconClockHour4,
  written: IconCheck,
  failed: IconX,
  'left-out': IconBan,
}

/** Where the call will be written, or was; with a way to try again where it was not. */
export function LogState({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const { log } = call
  const Icon = icons[log.state]
  const retry = useRetry(call.id, 'entry')
  const open = log.state === 'failed' || log.state === 'waiting' || log.state === 'sending'
  const why = open ? notWrittenKey(log) : undefined
  return (
    <div className="log-state" data-state={log.state}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <p>
          {logWords(call, t, formats)}{' '}
          {log.url !== undefined && (
            <a href={log.url} target="_blank" rel="noreferrer">
              {t('log.open', { crm: crmName })}
              <IconExternalLink size={14} stroke={1.75} aria-hidden />
            </a>
          )}
        </p>
        {why !== undefined && <p className="quiet">{t(why, { crm: crmName })}</p>}
        {writtenBesides(log, t).map((sentence) => (
          <p key={sentence} className="quiet">
            {sentence}
          </p>
        ))}
        {retry.isError && (
          <p role="alert" className="trouble">
            {failureSentences(retry.error, t)}
          </p>
        )}
      </div>
      {(log.state === 'failed' || log.state === 'waiting') && (
        <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('log.retry')}
        </Button>
      )}
    </div>
  )
}

/** The whole sentence about the entry in the CRM. */
export function logWords(call: CallView, t: Translate, formats: Formats): string {
  const { log } = call
  switch (log.state) {
    case 'not-yet':
      return t(call.state === 'ended' ? 'log.soon' : 'log.after-the-call', { crm: crmName })
    case 'sending':
      return t('log.sending', { crm: crmName })
    case 'waiting':
      return log.nextAt === undefined
        ? t('log.waiting', { crm: crmName, tries: log.tries })
        : t('log.waiting.next', { crm: crmName, tries: log.tries, at: formats.time(log.nextAt) })
    case 'written':
      return writtenWords(call, t, formats)
    case 'failed':
      return t('log.failed', { crm: crmName, tries: log.tries })
    case 'left-out':
      return t(leftOutKey(log), { crm: crmName })
  }
}

/** "In Pipedrive 6 s after the call"; beyond an hour the time itself says more. */
function writtenWords(call: CallView, t: Translate, formats: Formats): string {
  const { writtenAt } = call.log
  if (writtenAt === undefined || call.endedAt === undefined) return t('log.written', { crm: crmName })
  const seconds = Math.round(secondsBetween(call.endedAt, writtenAt))
  if (seconds < 120) return t('log.written.seconds', { crm: crmName, seconds })
  if (seconds < 3600) return t('log.written.minutes', { crm: crmName, minutes: Math.round(seconds / 60) })
  return t('log.written.at', { crm: crmName, at: formats.timeOrDay(writtenAt, Date.now()) })
}
