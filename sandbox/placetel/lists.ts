import type { Account, Recording } from './account.ts'
import type { Placetel } from './index.ts'
import { written } from './numbers.ts'
import type { StartedCall } from './started-call.ts'

/** Writes an ended call into the lists of the REST API, and has its recording appear there later. */
export function note(
  placetel: Placetel,
  { call, speed }: StartedCall,
  { at, messageSeconds }: { at: number; messageSeconds: number },
): void {
  const { account, plan, type, startedAt } = call
  const { numberForm, detailRecords } = placetel.settings
  const text = (e164: string | null | undefined) => (e164 == null ? null : written(e164, numberForm))
  if (plan.direction === 'in' && isLogged(type)) {
    const id = account.newId()
    account.calls.set(id, {
      id,
      type,
      from: plan.from,
      number: plan.number,
      durationSeconds: type === 'voicemail' ? messageSeconds : call.seconds(at),
      receivedAt: startedAt,
    })
  }
  if (call.colleague !== undefined) return
  const { owner } = call
  if (type === 'accepted' || detailRecords === 'all') {
    const spokesman = owner !== undefined && !('outside' in owner) ? owner.sipuid.split('@')[0] : undefined
    account.detailRecords.push({
      description: plan.direction === 'in' ? 'Weiterleitung auf SIP' : 'Abgehendes Gespräch',
      from: text(plan.direction === 'in' ? plan.from : plan.shown),
      to: plan.direction === 'in' ? written(plan.number.number, numberForm) : plan.dialled,
      lengthSeconds: call.seconds(at),
      answerUri: spokesman ?? '',
      receivedAt: startedAt,
    })
  }
  if (type !== 'accepted' || !account.facts.recording || call.answeredAt === undefined) return
  addRecording(account, {
    callId: call.id,
    direction: plan.direction === 'out' ? 'out' : plan.number.queue ? 'queue' : 'in',
    from: plan.direction === 'in' ? plan.from : (plan.shown ?? null),
    to: plan.direction === 'in' ? plan.number.number : (call.outside ?? plan.dialled),
    durationSeconds: call.seconds(at),
    time: call.answeredAt,
    readyAt: placetel.clock.now() + (account.facts.recordingAfterSeconds * 1000) / speed,
  })
}

export function addRecording(
  account: Account,
  recording: Omit<Recording, 'id' | 'asked' | 'askedWithKey'>,
): Recording {
  const id = account.newRecordingId()
  const made = { ...recording, id, asked: 0, askedWithKey: 0 }
  account.recordings.set(id, made)
  return made
}

function isLogged(type: string | undefined): type is 'voicemail' | 'missed' | 'blocked' | 'accepted' {
  return type === 'voicemail' || type === 'missed' || type === 'blocked' || type === 'accepted'
}
