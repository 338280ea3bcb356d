import { isoTime, sessionIdOf, webexId } from './ids.ts'
import type { Person, Service } from './org.ts'

export type Personality = 'originator' | 'terminator' | 'clickToDial'
export type HalfState = 'connecting' | 'alerting' | 'connected' | 'held' | 'remoteHeld' | 'disconnected'
export type RecordingState = 'pending' | 'started' | 'paused' | 'stopped' | 'failed'

/** The other side of a half, as its person sees it. */
export type Party = {
  name?: string
  number?: string
  personId?: string
  privacyEnabled: boolean
  callType: 'location' | 'organization' | 'external'
}
export type Redirection = { reason: 'divert' | 'huntGroup' | 'callQueue'; redirectingParty: Party }

/** A stretch that was recorded, milliseconds. */
export type Stretch = {
  from: number
  to: number | undefined
  pausedMs: number
  pausedSince: number | undefined
}

/**
 * One person's part of a call: what Webex itself calls a call, with a `callId` of its own. Those of one conversation
 * share a session.
 */
export type Half = {
  callId: string
  /** `<n>:0`, the `Local call ID` of CDR. */
  key: string
  /** UUID */
  session: string
  person: Person
  personality: Personality
  state: HalfState
  remote: Party
  /** What was dialled to begin it; undefined for a received one. */
  dialed: string | undefined
  redirections: Redirection[]
  via: Service | undefined
  appearance: number
  created: number
  answered: number | undefined
  disconnected: number | undefined
  muted: boolean
  completedElsewhere: boolean
  heldSince: number | undefined
  heldMs: number
  recordingState: RecordingState | undefined
  recorded: Stretch[]
  /** `Local`: this person hung up. */
  releasedBy: 'Local' | 'Remote'
  /** Local call id of the half that a transfer made of this one, or this of it. */
  transferKey: string | undefined
}

export function partyOf(person: Person): Party {
  return {
    name: person.name,
    number: person.extension,
    personId: person.id,
    privacyEnabled: false,
    callType: 'location',
  }
}

export function servicePartyOf(service: Service): Party {
  return { name: service.name, number: service.number, privacyEnabled: false, callType: 'location' }
}

/** `endpointId` of the app somebody talks with. */
function endpointOf(person: Person): string {
  return webexId('APPLICATION', person.uuid)
}

/** What both the API and the webhooks tell of a half. */
function commonFields(half: Half) {
  const queueName =
    half.via?.kind === 'callQueue' && half.state === 'alerting' && half.remote.name !== undefined
      ? { name: `${half.via.name}  -  ${half.remote.name}` }
      : {}
  return {
    callSessionId: sessionIdOf(half.session),
    personality: half.personality,
    state: half.state,
    remoteParty: { ...half.remote, ...queueName },
    appearance: half.appearance,
    created: isoTime(half.created),
    ...(half.answered === undefined ? {} : { answered: isoTime(half.answered) }),
    ...(half.disconnected === undefined ? {} : { disconnected: isoTime(half.disconnected) }),
    ...(half.redirections.length > 0 && half.state === 'alerting' && half.personality === 'terminator'
      ? { redirections: half.redirections }
      : {}),
    ...(half.recordingState === undefined ? {} : { recordingState: half.recordingState }),
    muteCapable: half.state === 'connected',
    muted: half.muted,
  }
}

/** `GET /telephony/calls/{callId}` */
export function callView(half: Half) {
  return { id: half.callId, ...commonFields(half) }
}

/** `data` of a `telephony_calls` event; here the id is `callId`. */
export function eventData(half: Half, said: { eventType: string; at: number }): Record<string, unknown> {
  return {
    eventType: said.eventType,
    eventTimestamp: isoTime(said.at),
    callId: half.callId,
    ...commonFields(half),
    completedElsewhere: half.completedElsewhere,
    ...(half.answered === undefined
      ? {}
      : { endpointId: endpointOf(half.person), endpointType: 'APPLICATION' }),
  }
}

/** `GET /telephony/calls/history`; undefined for what has no line there: a call never placed, or answered elsewhere. */
export function historyView(half: Half) {
  if (half.disconnected === undefined || half.personality === 'clickToDial') return undefined
  if (half.answered === undefined && half.completedElsewhere) return undefined
  const missed = half.answered === undefined
  const type = half.personality === 'originator' ? 'placed' : missed ? 'missed' : 'received'
  const time = type === 'placed' ? half.created : (half.answered ?? half.disconnected)
  const { name, number, privacyEnabled } = half.remote
  return {
    type,
    ...(name === undefined ? {} : { name }),
    ...(number === undefined ? {} : { number }),
    privacyEnabled,
    time: isoTime(time),
  } as const
}

export const isLive = (half: Half): boolean => half.disconnected === undefined
export const ringsNow = (half: Half): boolean => half.state === 'alerting'
export const talksNow = (half: Half): boolean =>
  half.state === 'connected' || half.state === 'held' || half.state === 'remoteHeld'
