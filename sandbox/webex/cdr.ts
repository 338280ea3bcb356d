import type { Half } from './half.ts'
import { isoTime } from './ids.ts'
import { numberOf, type Org, type Service } from './org.ts'
import type { WebexSettings } from './settings.ts'
import type { WebexCall } from './webex-call.ts'

/** One record of the detailed call history. */
export type CdrEntry = { releasedAt: number; insertedAt: number; record: Record<string, string | number> }

/** A leg, in the words that both people and services share. */
type Leg = {
  of: { kind: string; name: string; uuid: string; number: string }
  key: string
  direction: 'ORIGINATING' | 'TERMINATING'
  outside: string
  internal: boolean
  created: number
  answered: number | undefined
  released: number
  more: Record<string, string | number>
}

type Made = { org: Org; settings: WebexSettings; session: string; id: string }

/** The record of one person's half that is over. */
export function cdrOfHalf(half: Half, call: WebexCall, made: Omit<Made, 'session'>): CdrEntry {
  const { person, answered, disconnected = half.created } = half
  const via = half.via?.kind === 'callQueue' ? 'CallQueue' : half.via && 'HuntGroup'
  const diverted = half.redirections.some(({ reason }) => reason === 'divert') ? 'Deflection' : undefined
  const redirect = diverted ?? via
  return entryOf(
    {
      of: { kind: 'User', name: person.name, uuid: person.uuid, number: numberOf(person) },
      key: half.key,
      direction: half.personality === 'terminator' ? 'TERMINATING' : 'ORIGINATING',
      outside: half.remote.number ?? made.settings.cdrPrivateNumber,
      internal: half.remote.callType !== 'external',
      created: half.created,
      answered,
      released: disconnected,
      more: {
        'Dialed digits': half.dialed ?? '',
        'Hold Duration': Math.floor(half.heldMs / 1000),
        'Releasing party': half.releasedBy,
        'Answered Elsewhere': half.completedElsewhere && call.answered ? 'Yes' : '',
        'Redirect reason': redirect ?? '',
        'Redirecting number': half.redirections[0]?.redirectingParty.number ?? '',
        'Original reason': redirect ?? '',
        'Related reason':
          half.transferKey === undefined ? (redirect ?? '') : (diverted ?? 'ConsultativeTransfer'),
        'Transfer related call ID': half.transferKey ?? '',
        'Call Recording Result': half.recorded.length > 0 ? 'successful' : '',
        'Client type': 'WXC_CLIENT',
      },
    },
    { ...made, session: half.session },
  )
}

/** The record of the queue or hunt group that took the call. */
export function cdrOfService(
  service: Service,
  call: WebexCall,
  over: { at: number; key: string },
  made: Omit<Made, 'session'>,
): CdrEntry {
  const answered = call.halves.find((half) => half.via === service && half.answered !== undefined)?.answered
  return entryOf(
    {
      of: {
        kind: service.kind === 'callQueue' ? 'CallCenterStandard' : 'HuntGroup',
        name: service.name,
        uuid: service.uuid,
        number: service.number,
      },
      key: over.key,
      direction: 'TERMINATING',
      outside: call.from ?? made.settings.cdrPrivateNumber,
      internal: call.direction === 'internal',
      created: call.startedAt - service.waitSeconds * 1000,
      answered,
      released: over.at,
      more: { 'Related reason': service.kind === 'callQueue' ? 'CallQueue' : 'HuntGroup' },
    },
    { ...made, session: call.id },
  )
}

function entryOf(leg: Leg, { org, settings, session, id }: Made): CdrEntry {
  const { of, direction, answered, released } = leg
  const outgoing = direction === 'ORIGINATING'
  const [calling, called] = outgoing ? [of.number, leg.outside] : [leg.outside, of.number]
  const since = settings.cdrDurationFrom === 'start' ? leg.created : answered
  const release = isoTime(released)
  const seconds = (from: number | undefined, to: number) =>
    from === undefined ? 0 : Math.max(0, Math.round((to - from) / 1000))
  const insertedAt = released + settings.cdrStreamDelaySeconds * 1000
  return {
    releasedAt: released,
    insertedAt,
    record: {
      'Report ID': id,
      'Report time': release,
      'Start time': isoTime(leg.created),
      'Answer time': answered === undefined ? '' : isoTime(answered),
      'Release time':
        settings.cdrReleaseTime === 'iso' ? release : release.replace('T', ' ').replace('Z', ''),
      Duration: answered === undefined ? 0 : seconds(since, released),
      'Ring duration': seconds(leg.created, answered ?? released),
      Answered: String(answered !== undefined),
      'Answer indicator': answered === undefined ? 'No' : 'Yes',
      Direction: direction,
      'Calling number': calling,
      'Called number': called,
      'Caller ID number': calling,
      'Calling line ID': outgoing ? of.name : '',
      User: of.name,
      'User UUID': of.uuid,
      'User number': of.number,
      'User type': of.kind,
      'Call type': leg.internal ? 'SIP_ENTERPRISE' : outgoing ? 'SIP_NATIONAL' : 'SIP_INBOUND',
      'Call outcome': 'Success',
      'Call outcome reason': answered === undefined ? 'NoAnswer' : 'Normal',
      'Correlation ID': settings.cdrCorrelation === 'session' ? session : shifted(session),
      'Local call ID': leg.key,
      'Site timezone': String(org.settings.siteOffsetMinutes),
      'Site UUID': org.locationUuid,
      Location: org.settings.location,
      'Org UUID': org.uuid,
      ...leg.more,
    },
  }
}

/** Another UUID, the same for all legs of a session. */
function shifted(uuid: string): string {
  return uuid.replace(/^./, (digit) => (digit === 'f' ? '0' : 'f'))
}
