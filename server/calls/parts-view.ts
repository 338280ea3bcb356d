import type { LogView, NewPersonView, NoteView, RecordingView } from '../http/shapes.ts'
import type { Directory } from '../organizations/directory.ts'
import type {
  CallOnScreen,
  LogRecord,
  NewPersonRecord,
  NoteRecord,
  RecordingRecord,
  Viewer,
} from './call-on-screen.ts'
import { leftOutBecause } from './fold.ts'
import { nameOf } from './follow-up-view.ts'
import { given } from './given.ts'

/** What stands beside a call: its entry in the CRM, recording, note, and the person it makes. */
export function logView({ record, log }: CallOnScreen, directory: Directory): LogView {
  const out = record.call.state === 'ended' ? leftOutBecause(record.call) : undefined
  if (!log) return out ? { state: 'left-out', why: out, tries: 0 } : { state: 'not-yet', tries: 0 }
  return {
    state: log.state,
    ...given('why', log.reason),
    tries: log.tries,
    ...given('nextAt', log.nextAt?.toISOString()),
    ...given('writtenAt', log.writtenAt?.toISOString()),
    ...(log.state === 'written' ? given('reference', log.marker) : {}),
    ...given('url', log.url),
    ...writtenAsOther(log, directory),
  }
}

/** Only where they are two people, or it would say what everybody takes for granted. */
function writtenAsOther(
  { state, writtenAs, writtenFor }: LogRecord,
  directory: Directory,
): Pick<LogView, 'writtenAs' | 'writtenFor'> {
  if (state !== 'written' || writtenFor === undefined || writtenAs === writtenFor) return {}
  return {
    ...given('writtenAs', nameOf(writtenAs, directory)),
    ...given('writtenFor', nameOf(writtenFor, directory)),
  }
}

export function recordingView({ state, reason, nextAt }: RecordingRecord): RecordingView {
  return { state, ...given('why', reason), ...given('nextAt', nextAt?.toISOString()) }
}

export function noteView(record: NoteRecord, log: LogRecord | undefined): NoteView {
  const { text, result, version } = record.note
  return {
    text,
    ...given('result', result && { id: result.id, label: result.label }),
    version,
    crm: noteInCrm(record, log),
  }
}

function noteInCrm(
  { note, crmVersion, state, reason, nextAt }: NoteRecord,
  log: LogRecord | undefined,
): NoteView['crm'] {
  if (log?.state === 'left-out' || state === 'left') return { state: 'here', ...given('why', reason) }
  if (log?.state !== 'written') return { state: 'with-the-call' }
  if (note.version <= crmVersion) return { state: 'there' }
  if (state === 'failed') return { state: 'failed', ...given('why', reason) }
  const waits = state === 'waiting' || (state === 'sending' && reason !== undefined)
  if (!waits) return { state: 'going' }
  return { state: 'waiting', ...given('why', reason), ...given('nextAt', nextAt?.toISOString()) }
}

export function newPersonView(
  { state, reason, nextAt, actingRef }: NewPersonRecord,
  viewer: Viewer,
  directory: Directory,
  hidden: boolean,
): NewPersonView {
  const acting = [...directory.users.values()].find((user) => user.externalId === actingRef)
  return {
    state: state === 'made' || state === 'failed' ? state : reason === undefined ? 'making' : 'waiting',
    ...given('why', reason),
    ...given('nextAt', nextAt?.toISOString()),
    ...given('as', hidden ? undefined : acting?.name),
    own: acting?.id === viewer.id,
  }
}
