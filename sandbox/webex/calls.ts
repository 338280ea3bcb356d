import { z } from 'zod'
import type { Reply } from '../http.ts'
import { callView, type Half, historyView, isLive } from './half.ts'
import { sessionIdOf } from './ids.ts'
import type { Person } from './org.ts'
import type { RecordingAction } from './recorded.ts'
import type { ApiCall, WebexRoute } from './route.ts'

const read = ['spark:calls_read']
const write = ['spark:calls_write']
const adminRead = ['spark-admin:calls_read']
const adminWrite = ['spark-admin:calls_write']

const Dial = z.object({ destination: z.string().min(1), endpointId: z.string().optional() })
const OfCall = z.object({ callId: z.string() })
const Divert = OfCall.extend({ destination: z.string().optional(), toVoicemail: z.boolean().optional() })
const Transfer = z.object({
  callId1: z.string().optional(),
  callId2: z.string().optional(),
  destination: z.string().optional(),
})

/** What the API does to a half that belongs to whoever asks. */
const actions: Record<string, (call: ApiCall, half: Half) => void> = {
  answer: ({ webex }, half) => webex.desk.answer(half),
  reject: ({ webex }, half) => webex.desk.reject(half),
  hangup: ({ webex }, half) => webex.desk.hangUp(half),
  hold: ({ webex }, half) => webex.desk.hold(half),
  resume: ({ webex }, half) => webex.desk.resume(half),
  mute: ({ webex }, half) => webex.desk.mute(half, true),
  unmute: ({ webex }, half) => webex.desk.mute(half, false),
}
const recordingActions: Record<string, RecordingAction> = {
  startRecording: 'start',
  stopRecording: 'stop',
  pauseRecording: 'pause',
  resumeRecording: 'resume',
}

export const callRoutes: WebexRoute[] = [
  { method: 'GET', template: '/telephony/calls', scopes: read, run: (call) => list(call, call.grant.person) },
  { method: 'GET', template: '/telephony/calls/history', scopes: read, run: history },
  {
    method: 'GET',
    template: '/telephony/calls/:callId',
    scopes: read,
    run: (call) => withHalf(call, call.grant.person, call.params['callId'], show),
  },
  {
    method: 'POST',
    template: '/telephony/calls/dial',
    scopes: write,
    run: (call) => dial(call, call.grant.person),
  },
  { method: 'POST', template: '/telephony/calls/divert', scopes: write, run: divert },
  { method: 'POST', template: '/telephony/calls/transfer', scopes: write, run: transfer },
  ...Object.entries(actions).map(
    ([name, act]): WebexRoute => ({
      method: 'POST',
      template: `/telephony/calls/${name}`,
      scopes: write,
      run: (call) => acting(call, call.grant.person, act),
    }),
  ),
  ...Object.entries(recordingActions).map(
    ([name, action]): WebexRoute => ({
      method: 'POST',
      template: `/telephony/calls/${name}`,
      scopes: write,
      run: (call) => acting(call, call.grant.person, ({ webex }, half) => webex.desk.record(half, action)),
    }),
  ),
  {
    method: 'GET',
    template: '/telephony/calls/members/:memberId/calls',
    scopes: adminRead,
    run: (call) => withMember(call, (person) => list(call, person)),
  },
  {
    method: 'GET',
    template: '/telephony/calls/members/:memberId/calls/:callId',
    scopes: adminRead,
    run: (call) => withMember(call, (person) => withHalf(call, person, call.params['callId'], show)),
  },
  {
    method: 'POST',
    template: '/telephony/calls/members/:memberId/dial',
    scopes: adminWrite,
    run: (call) => withMember(call, (person) => dial(call, person)),
  },
  ...(['answer', 'hangup'] as const).map(
    (name): WebexRoute => ({
      method: 'POST',
      template: `/telephony/calls/members/:memberId/${name}`,
      scopes: adminWrite,
      run: (call) => withMember(call, (person) => acting(call, person, actions[name] ?? (() => undefined))),
    }),
  ),
]

function withMember(call: ApiCall, then: (person: Person) => Reply): Reply {
  const person = call.grant.org.people.find(({ id }) => id === call.params['memberId'])
  return person === undefined ? call.webex.refuse(404, 'Member not found.') : then(person)
}

function withHalf(
  call: ApiCall,
  person: Person,
  callId: string | undefined,
  then: (half: Half) => Reply,
): Reply {
  const half = call.webex.exchange.halvesOf(person).find((item) => item.callId === callId && isLive(item))
  return half === undefined ? call.webex.refuse(404, 'Call not found.', { errorCode: 20_404 }) : then(half)
}

/** Does something to a call of the person's; 409 when its state does not allow it. */
function acting(call: ApiCall, person: Person, act: (call: ApiCall, half: Half) => void): Reply {
  const input = OfCall.safeParse(call.json)
  if (!input.success) return call.webex.refuse(400, z.prettifyError(input.error))
  return withHalf(call, person, input.data.callId, (half) => attempt(call, () => act(call, half)))
}

function attempt(call: ApiCall, act: () => void): Reply {
  try {
    act()
    return { status: 204 }
  } catch (error) {
    return call.webex.refuse(409, error instanceof Error ? error.message : String(error))
  }
}

function show(half: Half): Reply {
  return { status: 200, body: callView(half) }
}

function list({ webex }: ApiCall, person: Person): Reply {
  return { status: 200, body: { items: webex.exchange.halvesOf(person).filter(isLive).map(callView) } }
}

const mostOfHistory = 20

/** Newest first, at most twenty of each type. */
function history(call: ApiCall): Reply {
  const asked = call.incoming.query.get('type')
  const all = call.webex.exchange
    .halvesOf(call.grant.person)
    .map(historyView)
    .filter((item) => item !== undefined)
    .sort((a, b) => b.time.localeCompare(a.time))
  const items = (['placed', 'missed', 'received'] as const)
    .filter((type) => asked === null || asked === type)
    .flatMap((type) => all.filter((item) => item.type === type).slice(0, mostOfHistory))
  return { status: 200, body: { items } }
}

/** `+E.164`, digits, `tel:`, `sip:`, `user@domain` or a feature code. */
const destinationForm = /^(?:tel:|sip:)?(?:\+?\d{1,20}|[*#][\d*#]+|[^\s@]+@[^\s@]+)$/

function dial(call: ApiCall, person: Person): Reply {
  const input = Dial.safeParse(call.json)
  if (!input.success) return call.webex.refuse(400, z.prettifyError(input.error))
  const { destination } = input.data
  if (!destinationForm.test(destination)) return call.webex.refuse(400, 'destination is invalid.')
  return { status: 201, body: idsOf(call.webex.desk.clickToDial(call.grant.org, person, destination)) }
}

function divert(call: ApiCall): Reply {
  const input = Divert.safeParse(call.json)
  if (!input.success) return call.webex.refuse(400, z.prettifyError(input.error))
  const { callId, destination, toVoicemail } = input.data
  if (destination === undefined && toVoicemail !== true)
    return call.webex.refuse(400, 'destination is required unless toVoicemail is true.')
  return withHalf(call, call.grant.person, callId, (half) =>
    attempt(call, () =>
      call.webex.desk.divert(half, toVoicemail === true ? 'voicemail' : (destination ?? '')),
    ),
  )
}

/** Two calls together (204), or one to a destination once that answers (201). */
function transfer(call: ApiCall): Reply {
  const input = Transfer.safeParse(call.json ?? {})
  if (!input.success) return call.webex.refuse(400, z.prettifyError(input.error))
  const { callId1, callId2, destination } = input.data
  const { webex, grant } = call
  if (callId1 !== undefined && destination !== undefined && callId2 === undefined) {
    return withHalf(call, grant.person, callId1, (half) => {
      if (half.state !== 'connected' && half.state !== 'held')
        return webex.refuse(409, 'Only a connected call can be transferred.')
      return { status: 201, body: idsOf(webex.desk.consult(half, destination, { onAnswer: true })) }
    })
  }
  const mine = webex.exchange.halvesOf(grant.person).filter(isLive)
  const [first, second] =
    callId1 === undefined ? mine : [callId1, callId2].map((id) => mine.find((half) => half.callId === id))
  if (first === undefined || second === undefined || (callId1 === undefined && mine.length > 2))
    return webex.refuse(400, 'Two calls are needed: callId1 and callId2.')
  return attempt(call, () => webex.desk.completeTransfer(first))
}

function idsOf(half: Half) {
  return { callId: half.callId, callSessionId: sessionIdOf(half.session) }
}
