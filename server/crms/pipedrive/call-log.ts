import type { LoggedOutcome } from '../../calls/results.ts'
import type { PhoneNumber } from '../../contacts/numbers.ts'
import type { CallToWrite, CrmSession } from '../contract.ts'
import { numberTold } from '../number-told.ts'
import { toInteger } from './identifier.ts'
import { dealFields } from './link-deal.ts'
import { toV1Time } from './times.ts'

type PipedriveOutcome =
  | 'connected'
  | 'no_answer'
  | 'left_message'
  | 'left_voicemail'
  | 'wrong_number'
  | 'busy'

const outcomes: Record<CallToWrite['outcome'], PipedriveOutcome> = {
  answered: 'connected',
  missed: 'no_answer',
  rejected: 'no_answer',
  failed: 'no_answer',
  blocked: 'no_answer',
  'not-set-up': 'no_answer',
  busy: 'busy',
  voicemail: 'left_voicemail',
}

/** What users say of a call afterwards. */
const results: Record<LoggedOutcome, PipedriveOutcome> = {
  connected: 'connected',
  'no-answer': 'no_answer',
  'left-message': 'left_message',
  'left-voicemail': 'left_voicemail',
  'wrong-number': 'wrong_number',
  busy: 'busy',
}

/** The body of `POST /callLogs`. There is no field for the direction: the subject says it. */
export interface CallLogBody {
  subject: string
  note: string
  outcome: PipedriveOutcome
  /** seconds, as text */
  duration: string
  from_phone_number?: string
  to_phone_number: string
  start_time: string
  end_time: string
  user_id?: number
  person_id?: number
  /** one of both at most */
  deal_id?: number
  lead_id?: string
}

/** @see https://developers.pipedrive.com/docs/api/v1/CallLogs#addCallLog */
export function callLogBody(call: CallToWrite, session: Pick<CrmSession, 'userRef'>): CallLogBody {
  const from = numberTold(call.from)
  const { personExternalId } = call
  const owner = otherOwner(call, session)
  const endedAt = new Date(Math.max(call.endedAt.getTime(), call.startedAt.getTime()))
  return {
    subject: call.subject,
    note: noteHtml(call.note, call.marker, call.words),
    // A log knows no update: a result that is chosen after this stands in the note only.
    outcome: call.result === undefined ? outcomes[call.outcome] : results[call.result],
    duration: String(Math.max(0, Math.round(call.talkSeconds))),
    ...(from === undefined ? {} : { from_phone_number: from }),
    to_phone_number: dialledText(call.to),
    start_time: toV1Time(call.startedAt),
    end_time: toV1Time(endedAt),
    ...(owner === undefined ? {} : { user_id: toInteger(owner, 'ownerExternalId') }),
    ...(personExternalId === undefined ? {} : { person_id: toInteger(personExternalId, 'personExternalId') }),
    ...dealFields(call.deal),
  }
}

/**
 * The owner, if it is somebody else than the token's user, who is the owner anyway. Left out otherwise, because only
 * users with access to the account's settings may name an owner, and the others need not.
 */
export function otherOwner(call: CallToWrite, session: Pick<CrmSession, 'userRef'>): string | undefined {
  return call.ownerExternalId === session.userRef ? undefined : call.ownerExternalId
}

/** UNVERIFIED whether a word is accepted: the field is required text, also where the phone system named no line. */
export function dialledText(to: PhoneNumber | undefined): string {
  return numberTold(to) ?? 'unknown'
}

/**
 * Pipedrive's notes are HTML; ours is text, and ends in the one line by which the call log is found again.
 * @param words of users, which may be found and replaced later
 */
export function noteHtml(note: string, marker: string, words = ''): string {
  const lines = note.split(/\r?\n/).filter((line) => line.trim() !== '')
  const own = words.trim() === '' ? [] : [wordsHtml(words)]
  return [...lines.map(escapeHtml), ...own, escapeHtml(referenceLine(marker))].join('<br>')
}

/** Lines as they were typed; of several empty ones, one. */
export function wordsHtml(words: string): string {
  const lines = words
    .trim()
    .replace(/\r\n?/g, '\n')
    .replace(/\n\s*\n/g, '\n\n')
    .split('\n')
  return lines.map((line) => escapeHtml(line.trim())).join('<br>')
}

export function referenceLine(marker: string): string {
  return `Ref. ${marker}`
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
