import type { CallView } from '../../server/http/shapes.ts'
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/language.tsx'
import type { DraftState } from './note-draft.ts'
import { crmName, notWrittenKey } from './words.ts'

/** Where the note is, in one sentence; '' while there is nothing to say. */
export function noteWords(call: CallView, draft: DraftState, t: Translate, formats: Formats): string {
  if (draft.status === 'typing' || draft.status === 'saving') return t('note.saving')
  if (draft.status !== 'saved' || draft.version === 0) return ''
  const { note } = call
  // The screen has not been told yet where this version is.
  if (note === undefined || note.version < draft.version) return t('note.saved')
  const { state, why, nextAt } = note.crm
  switch (state) {
    case 'with-the-call':
      return t('note.with-the-call', { crm: crmName })
    case 'going':
      return t('note.going', { crm: crmName })
    case 'there':
      return t('note.there', { crm: crmName })
    case 'waiting':
      return nextAt === undefined
        ? t('note.waiting', { crm: crmName })
        : t('note.waiting.next', { crm: crmName, at: formats.time(nextAt) })
    case 'failed':
      return t('note.failed', { crm: crmName })
    case 'here':
      return t(why === 'entry-gone' ? 'note.here.gone' : 'note.here', { crm: crmName })
  }
}

/** Why it waits and who has to do what; undefined where there is nothing to add. */
export function noteReason(call: CallView, t: Translate): string | undefined {
  const crm = call.note?.crm
  if (crm?.state !== 'waiting' && crm?.state !== 'failed') return undefined
  const key = notWrittenKey(crm)
  return key === undefined ? undefined : t(key, { crm: crmName })
}
