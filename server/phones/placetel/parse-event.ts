import { z } from 'zod'
import type { CallEvent, CallFacts, Direction, EventLeg, Happening, Outcome } from '../../calls/event.ts'
import { failed } from '../../failure.ts'
import type { PhoneConnection, Received } from '../contract.ts'
import { nobody } from '../people.ts'
import { extensionOf, isAccount, partyOf } from './numbers.ts'
import { readFields } from './wire-form.ts'

/**
 * Placetel's Notify API. It tells no times, so an event is as old as its arrival; nobody as ringing, so a line's own
 * people are taken to be; and no answer of an outgoing call, so that follows from how long was spoken.
 */
const text = z.string().max(200).optional()
const wireEvent = z.object({
  event: z.string().min(1).max(100),
  call_id: z.string().min(1).max(200),
  from: text,
  to: text,
  peer: text,
  direction: text,
  type: text,
  duration: z
    .string()
    .regex(/^\d{1,8}$/)
    .optional(),
})
type WireEvent = z.infer<typeof wireEvent>
type Heard = Pick<PhoneConnection, 'numbers' | 'people' | 'arrivedAt'>

const outcomes: Record<string, Outcome> = {
  accepted: 'answered',
  missed: 'missed',
  voicemail: 'voicemail',
  blocked: 'blocked',
  busy: 'busy',
  canceled: 'missed', // whoever called hung up before anybody answered
  unavailable: 'failed',
  congestion: 'failed',
}

/** @throws RingfenceError `invalid-input`; the refused text is not repeated */
export function parseEvent(body: Buffer, heard: Heard): Received {
  const read = wireEvent.safeParse(readFields(body))
  if (!read.success)
    return failed({
      code: 'invalid-input',
      field: read.error.issues[0]?.path.join('.') || 'body',
      rule: 'an event of Placetel',
    })
  const wire = read.data
  const said = new Said(wire, heard)
  switch (wire.event) {
    case 'IncomingCall':
      return said.that({ kind: 'started' }, ...ringing(wire, heard))
    case 'OutgoingCall':
      return said.that({ kind: 'started' }, ...calling(wire, heard))
    case 'CallAccepted':
      return said.that({ kind: 'answered' }, ...accepted(wire, heard))
    case 'HungUp':
      return said.that(
        { kind: 'ended', outcome: outcomeOf(wire), ...talk(wire) },
        ...colleague(wire, heard, outcomeOf(wire) === 'answered' ? 'leg-joined' : 'leg-ringing'),
      )
    default:
      return { status: 'ignored', why: 'unknown-kind' }
  }
}

class Said {
  readonly #wire: WireEvent
  readonly #heard: Heard
  constructor(wire: WireEvent, heard: Heard) {
    this.#wire = wire
    this.#heard = heard
  }

  /** The keys name what happened and to whom, so that a second copy, told at another time, is the same event. */
  that(...whats: Happening[]): Received {
    const { event, call_id: call, type = '', peer = '' } = this.#wire
    const facts = factsOf(this.#wire, this.#heard)
    const events = whats.map((what): CallEvent => {
      const leg = 'leg' in what ? what.leg.id : ''
      const key = [event, type, peer, what.kind, leg].join('|')
      return { call, key, at: this.#heard.arrivedAt, approximate: true, facts, ...what }
    })
    return { status: 'events', events }
  }
}

function factsOf(wire: WireEvent, { numbers, people, arrivedAt }: Heard): CallFacts {
  const { from, to } = wire
  const direction = directionOf(wire, numbers)
  const party = (told: string) => partyOf(told, numbers, people)
  const facts: CallFacts = direction ? { direction } : {}
  // Where the end is all that was told, it began before they spoke.
  if (wire.duration !== undefined) facts.startedAt = arrivedAt - Number(wire.duration) * 1000
  if (to) facts.to = party(to)
  if (direction === 'inbound') {
    facts.from = party(from ?? '')
    const answered = wire.event === 'CallAccepted' ? extensionOf(wire.peer, people) : undefined
    if (answered) facts.answeredBy = answered
    return facts
  }
  // An outgoing call tells the number that is shown; an older way of telling it has the SIP user in its place.
  const caller = extensionOf(callerOf(wire), people)
  if (caller) facts.from = caller
  if (from && !isAccount(from)) facts.shownAs = party(from)
  return facts
}

const callerOf = ({ peer, from }: WireEvent): string | undefined =>
  peer ?? (isAccount(from) ? from : undefined)

function directionOf(wire: WireEvent, numbers: Heard['numbers']): Direction | undefined {
  const { event, direction, from, to } = wire
  const outgoing = event === 'OutgoingCall' || (event === 'HungUp' && direction === 'out')
  if (!outgoing) return event === 'HungUp' && direction !== 'in' ? undefined : 'inbound'
  if (event === 'HungUp' && isAccount(from) && isAccount(to)) return 'internal'
  if (to === undefined) return 'outbound'
  return isAccount(to) || partyOf(to, numbers, nobody).kind === 'extension' ? 'internal' : 'outbound'
}

/** Nobody is named as ringing: it is for everybody whose line it is. */
function ringing({ to }: WireEvent, { numbers, people }: Heard): Happening[] {
  return rungBy(to, { numbers, people }).map((digits) => ({
    kind: 'leg-ringing',
    leg: legOf(digits, 'callee'),
  }))
}

function calling(wire: WireEvent, heard: Heard): Happening[] {
  const caller = extensionOf(callerOf(wire), heard.people)
  const own: Happening[] =
    caller?.kind === 'extension' ? [{ kind: 'leg-joined', leg: legOf(caller.digits, 'caller') }] : []
  return [...own, ...colleague(wire, heard, 'leg-ringing')]
}

/** Whoever is called inside is named, by the extension that was dialled or by their SIP user. */
function colleague(
  wire: WireEvent,
  { numbers, people }: Heard,
  kind: 'leg-ringing' | 'leg-joined',
): Happening[] {
  if (!wire.to || directionOf(wire, numbers) !== 'internal') return []
  const called = partyOf(wire.to, numbers, people)
  return called.kind === 'extension' ? [{ kind, leg: legOf(called.digits, 'callee') }] : []
}

function accepted({ peer }: WireEvent, { people }: Heard): Happening[] {
  const taker = extensionOf(peer, people)
  return taker?.kind === 'extension' ? [{ kind: 'leg-joined', leg: legOf(taker.digits, 'callee') }] : []
}

function rungBy(to: string | undefined, { numbers, people }: Pick<Heard, 'numbers' | 'people'>) {
  const line = to === undefined ? undefined : partyOf(to, numbers, people)
  return line?.kind === 'e164' ? (people.rungBy.get(line.e164) ?? []) : []
}

const legOf = (digits: string, role: EventLeg['role']): EventLeg => ({
  id: digits,
  party: { kind: 'extension', digits },
  role,
})

/** One that nobody has heard of counts by whether somebody spoke. */
const outcomeOf = ({ type = '', duration }: WireEvent): Outcome =>
  outcomes[type] ?? (Number(duration ?? 0) > 0 ? 'answered' : 'missed')

const talk = ({ duration }: WireEvent): { talkSeconds?: number } =>
  duration === undefined ? {} : { talkSeconds: Number(duration) }
