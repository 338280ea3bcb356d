import { Button } from '@mantine/core'
import { IconBan, IconCheck, IconClockHour4, IconX } from '@tabler/icons-react'
import type { CallView } from '../../server/http/shapes.ts'
import { failureSentences } from '../api/failure-note.tsx'
import { useLanguage } from '../languages/language.tsx'
import { recordingReason, recordingWords } from './recording-words.ts'
import { useRetry } from './use-retry.ts'

const icons = { waiting: IconClockHour4, attached: IconCheck, failed: IconX, left: IconBan }
/** Another try at once changes nothing about these: they go by themselves. */
const comesByItself = ['log', 'under-way', 'phone-searching']

/** What becomes of the call's recording; nothing where there is none, or where it was chosen to leave it. */
export function RecordingState({ call }: { call: CallView }) {
  const { t, formats } = useLanguage()
  const retry = useRetry(call.id, 'recording')
  const { recording } = call
  if (recording === undefined) return null
  const Icon = icons[recording.state]
  const phone = call.phone ?? t('recording.phone')
  const why = recordingReason(recording, phone, t)
  const mayRetry =
    recording.state === 'failed' ||
    (recording.state === 'waiting' && recording.why !== undefined && !comesByItself.includes(recording.why))
  return (
    <div className="log-state" data-state={recording.state === 'attached' ? 'written' : recording.state}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <p>{recordingWords(recording, phone, { t, formats })}</p>
        {why !== undefined && <p className="quiet">{why}</p>}
        {retry.isError && (
          <p role="alert" className="trouble">
            {failureSentences(retry.error, t)}
          </p>
        )}
      </div>
      {mayRetry && (
        <Button
          variant="default"
          size="xs"
          loading={retry.isPending}
          onClick={() => retry.mutate()}
          aria-label={t('recording.retry')}
        >
          {t('log.retry')}
        </Button>
      )}
    </div>
  )
}
