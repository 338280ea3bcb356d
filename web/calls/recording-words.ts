import type { RecordingView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import type { MessageKey, Translate } from '../languages/language.tsx'
import { crmName } from './words.ts'

const reasons = [
  'away',
  'cannot',
  'log-gone',
  'log-unknown',
  'not-chosen',
  'not-installed',
  'not-logged',
  'outcome-unknown',
  'phone-address-missing',
  'phone-away',
  'phone-hands-out-nothing',
  'phone-doubtful',
  'phone-none',
  'phone-not-audio',
  'phone-not-connected',
  'phone-not-ready',
  'phone-refused',
  'phone-searching',
  'phone-too-large',
  'phone-undeclared',
  'refused',
  'undeclared',
] as const

/** What becomes of the recording, in one line. */
export function recordingWords(
  { state, why, nextAt }: RecordingView,
  phone: string,
  { t, formats }: { t: Translate; formats: Formats },
): string {
  const names = { crm: crmName, phone }
  switch (state) {
    case 'attached':
      return t('recording.attached', names)
    case 'left':
      return t(why === 'phone-none' ? 'recording.none' : 'recording.left', names)
    case 'failed':
      return t('recording.failed', names)
    case 'waiting': {
      if (why === undefined) return t('recording.soon', names)
      if (why === 'under-way') return t('recording.under-way', names)
      if (why === 'log') return t('recording.waiting-for-log', names)
      const whom = why.startsWith('phone-') ? phone : crmName
      return nextAt === undefined
        ? t('recording.waiting', { whom })
        : t('recording.waiting.next', { whom, at: formats.time(nextAt) })
    }
  }
}

/** Why it is not there, and who has to do what; undefined where there is nothing to add. */
export function recordingReason({ why }: RecordingView, phone: string, t: Translate): string | undefined {
  const key = reasonKey(why)
  return key && t(key, { crm: crmName, phone })
}

function reasonKey(why: string | undefined): MessageKey | undefined {
  if (why?.startsWith('phone-rejected') === true) return 'recording.why.phone-rejected'
  if (why?.startsWith('rejected') === true) return 'recording.why.rejected'
  const reason = reasons.find((known) => known === why)
  return reason && `recording.why.${reason}`
}
