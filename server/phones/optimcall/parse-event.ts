import { z } from 'zod'
import type { CallEvent, CallFacts, Direction, EventLeg, Outcome } from '../../calls/event.ts'
import { type NumberContext, parseReported } from '../../contacts/numbers.ts'
import { failed } from '../../failure.ts'
import type { Received } from '../contract.ts'
import { recordingAddress } from './recording.ts'

/**
 * OptimCall's Event Notification Service. No field is promised by its schemas, later events repeat and complete earlier
 * ones, and names come from its own address book (not read). Where a recording lies is told once, beside the event.
 */
const text = z.string().max(200).nullish()
const seconds = z.number().int().min(0).max(10_000_000).nullish()
const wireEvent = z.object({
  name: z.string().max(100),
  eventTime: z.iso.datetime({ offset: true }),
  callId: z.string().min(1).max(100),
  callType: text,
  startTime: z.iso.datetime({ offset: true }).nullish(),
  callerNumber: text,
  calledNumber: text,
  outgoingNumber: text,
  answeredByNumber: text,
  setupLength: seconds,
  totalLength: seconds,
  conversationLength: seconds,
  callOutcome: text,
  legId: z.string().min(1).max(100).nullish(),
  legType: text,
  legNumber: text,
  // Looked at by themselves: a strange address must not cost the call.
  recordingUriMp3: z.unknown().optional(),
  recordingUriWav: z.unknown().optional(),
})
type WireEvent = z.infer<typeof wireEvent>

const directions: Record<string, Direction> = {
  externalInbound: 'inbound',
  externalOutbound: 'outbound',
  internal: 'internal',
}
const legKinds = {
  legRinging: 'leg-ringing',
  legConnected: 'leg-joined',
  legDisconnected: 'leg-left',
} as const
const legRoles: Record<string, EventLeg['role']> = {
  caller: 'caller',
  callee: 'callee',
  transferee: 'transferee',
}
const outcomes: Record<string, Outcome> = {
  answered: 'answered',
  notAnswered: 'missed',
  voicemail: 'voicemail',
  blocked: 'blocked',
  setupFailed: 'not-set-up',
  failed: 'failed',
}

/** @throws RingfenceError `invalid-input`; the refused text is not repeated */
export function parseEvent(body: Buffer, numbers: NumberContext): Received {
  const wire = readWire(body)
  // The key names the event, not its content: a repetition with other durations is another key, and the fold weighs them.
  const key = [
    wire.name,
    wire.legId ?? '',
    wire.eventTime,
    wire.conversationLength ?? '',
    wire.callOutcome ?? '',
  ].join('|')
  const base = { call: wire.callId, key, at: Date.parse(wire.eventTime), facts: factsOf(wire, numbers) }
  const event = (more: object): Extract<Received, { status: 'events' }> => ({
    status: 'events',
    events: [{ ...base, ...more } as CallEvent],
  })
  switch (wire.name) {
    case 'callStarted':
      return event({ kind: 'started' })
    case 'callConnected':
      return event({ kind: 'answered' })
    case 'callDisconnected':
      return event({ kind: 'ended', outcome: outcomeOf(wire), ...talk(wire) })
    // The recording comes after the end and repeats all of it: enough to know the call by, where the end was lost.
    case 'callRecordingReady':
      return {
        ...event({ kind: 'ended', at: endBefore(wire), outcome: outcomeOf(wire), ...talk(wire) }),
        ...recordingIn(wire),
      }
    case 'legRinging':
    case 'legConnected':
    case 'legDisconnected': {
      const role = legRoles[wire.legType ?? '']
      // A supervisor who listens in is no party of the call.
      if (!role || !wire.legId) return { status: 'ignored', why: 'no-use' }
      return event({
        kind: legKinds[wire.name],
        leg: { id: wire.legId, party: parseReported(wire.legNumber, numbers), role },
      })
    }
    default:
      return { status: 'ignored', why: 'unknown-kind' }
  }
}

function readWire(body: Buffer): WireEvent {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    // The parser's message quotes the text it stumbled over, so it is dropped.
    failed({ code: 'invalid-input', field: 'body', rule: 'JSON' })
  }
  const result = wireEvent.safeParse(parsed)
  if (result.success) return result.data
  return failed({
    code: 'invalid-input',
    field: result.error.issues[0]?.path.join('.') || 'body',
    rule: 'an event of OptimCall',
  })
}

function factsOf(wire: WireEvent, numbers: NumberContext): CallFacts {
  const direction = directions[wire.callType ?? '']
  // A caller that is missing in an inbound call hid the number; elsewhere it is only not told.
  const from =
    direction === 'inbound' || wire.callerNumber ? parseReported(wire.callerNumber, numbers) : undefined
  return {
    ...(direction ? { direction } : {}),
    ...(from ? { from } : {}),
    ...(wire.calledNumber ? { to: parseReported(wire.calledNumber, numbers) } : {}),
    ...(wire.outgoingNumber ? { shownAs: parseReported(wire.outgoingNumber, numbers) } : {}),
    ...(wire.startTime ? { startedAt: Date.parse(wire.startTime) } : {}),
    ...(wire.answeredByNumber ? { answeredBy: parseReported(wire.answeredByNumber, numbers) } : {}),
  }
}

/** An outcome nobody has heard of counts by whether somebody spoke. */
function outcomeOf(wire: WireEvent): Outcome {
  return outcomes[wire.callOutcome ?? ''] ?? (wire.answeredByNumber ? 'answered' : 'missed')
}

/** A recording is ready some time after the end, which then follows from start and lengths where they are told. */
function endBefore(wire: WireEvent): number {
  const told = Date.parse(wire.eventTime)
  if (wire.startTime == null || wire.totalLength == null) return told
  const lasted = (wire.setupLength ?? 0) + wire.totalLength
  return Math.min(told, Date.parse(wire.startTime) + lasted * 1000)
}

function recordingIn(
  wire: WireEvent,
): Pick<Extract<Received, { status: 'events' }>, 'recordings' | 'refusedAddresses'> {
  const address = recordingAddress(wire)
  if (address === undefined) return {}
  return address === 'refused' ? { refusedAddresses: 1 } : { recordings: [{ call: wire.callId, address }] }
}

function talk(wire: WireEvent): { talkSeconds?: number } {
  return typeof wire.conversationLength === 'number' ? { talkSeconds: wire.conversationLength } : {}
}
