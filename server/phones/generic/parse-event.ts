import type { CallEvent, CallFacts, Direction, EventLeg } from '../../calls/event.ts'
import { type PhoneNumber, parseReported } from '../../contacts/numbers.ts'
import { failed } from '../../failure.ts'
import type { PhoneConnection, RawRequest, Received } from '../contract.ts'
import { readFacts } from './facts.ts'
import type { eventMeanings, GenericSettings } from './settings.ts'
import { readSeconds, readTime } from './times.ts'

type Heard = Pick<PhoneConnection, 'numbers' | 'arrivedAt'>
type Meaning = (typeof eventMeanings)[number]
type What = CallEvent extends infer E
  ? E extends CallEvent
    ? Omit<E, 'call' | 'key' | 'at' | 'facts' | 'approximate'>
    : never
  : never

/** What one request said, before it is put into our words. */
interface Said {
  meaning: Exclude<Meaning, 'ignored'>
  direction: Direction | undefined
  from: PhoneNumber | undefined
  to: PhoneNumber | undefined
  /** whose telephone it is about */
  phone: PhoneNumber | undefined
  talkSeconds: number | undefined
}

/**
 * An event of a phone system about which only its administrator knows anything.
 * @throws RingfenceError `invalid-input`; the refused text is not repeated
 */
export function parseEvent(request: RawRequest, heard: Heard, settings: GenericSettings): Received {
  const { format, fields, events, times } = settings
  // Proven, but nobody has said yet what it means.
  if (!format || !fields || !events) return { status: 'ignored', why: 'no-use' }
  const facts = readFacts(request, format)
  const told = (name: keyof typeof fields): string | undefined => {
    const place = fields[name]
    return place === undefined ? undefined : facts(place)
  }
  const event = told('event') ?? refuse(fields.event, 'the name of the event')
  const meaning = meantBy(events, event)
  if (meaning === undefined) return { status: 'ignored', why: 'unknown-kind' }
  if (meaning === 'ignored') return { status: 'ignored', why: 'no-use' }
  const call = told('call') ?? refuse(fields.call, 'the id of the call')
  const time = told('time')
  const at = times && timeOf(time, fields.time, times)
  const said = saidIn(told, meaning, heard, settings)
  const base = {
    call,
    at: at ?? heard.arrivedAt,
    ...(at === undefined ? { approximate: true as const } : {}),
    facts: factsOf(said, at ?? heard.arrivedAt),
  }
  // They name what happened, when and at which telephone: a second copy is the same event.
  const key = [event.toLowerCase(), time ?? '', told('extension') ?? ''].join('|')
  return {
    status: 'events',
    events: whatOf(said, told('outcome'), settings).map(
      (what) => ({ ...base, key: `${key}|${what.kind}`, ...what }) as CallEvent,
    ),
  }
}

function saidIn(
  told: (name: keyof NonNullable<GenericSettings['fields']>) => string | undefined,
  meaning: Said['meaning'],
  { numbers }: Heard,
  { directions = [], durations, fields }: GenericSettings,
): Said {
  const party = (text: string | undefined) => (text === undefined ? undefined : parseReported(text, numbers))
  const from = party(told('from'))
  const to = party(told('to'))
  const direction = meantBy(directions, told('direction')) ?? directionOf(from, to)
  const duration = told('duration')
  const talkSeconds = duration === undefined ? undefined : readSeconds(duration, durations)
  if (duration !== undefined && talkSeconds === undefined)
    refuse(fields?.duration ?? 'duration', 'a duration as it is set')
  // A caller of whom nothing is told while it rings hid the number; elsewhere it is only not told.
  const hidden =
    from === undefined &&
    fields?.from !== undefined &&
    direction === 'inbound' &&
    (meaning === 'started' || meaning === 'ringing')
  return {
    meaning,
    direction,
    from: hidden ? { kind: 'withheld' } : from,
    to,
    phone: party(told('extension')),
    talkSeconds,
  }
}

/** Where no direction is told: seen from our own telephones, which are the short numbers. */
function directionOf(from: PhoneNumber | undefined, to: PhoneNumber | undefined): Direction | undefined {
  if (from?.kind === 'extension') {
    if (to === undefined) return undefined
    return to.kind === 'extension' ? 'internal' : 'outbound'
  }
  return from === undefined ? undefined : 'inbound'
}

function factsOf({ meaning, direction, from, to, phone, talkSeconds }: Said, at: number): CallFacts {
  const facts: CallFacts = {}
  if (direction) facts.direction = direction
  // What an outgoing call tells as its caller may be the number that is shown: whose telephone it is weighs more.
  const caller = direction === 'outbound' ? (phone ?? from) : from
  if (caller) facts.from = caller
  if (direction === 'outbound' && from?.kind === 'e164') facts.shownAs = from
  if (to) facts.to = to
  if (meaning === 'answered' && direction === 'inbound' && phone) facts.answeredBy = phone
  // Where the end is all that was told, it began before they spoke.
  if (meaning === 'ended' && talkSeconds !== undefined) facts.startedAt = at - talkSeconds * 1000
  return facts
}

function whatOf(said: Said, outcome: string | undefined, { outcomes = [] }: GenericSettings): What[] {
  const { meaning, talkSeconds } = said
  const leg = legOf(said)
  const legs = (kind: 'leg-ringing' | 'leg-joined' | 'leg-left'): What[] => (leg ? [{ kind, leg }] : [])
  switch (meaning) {
    // Whoever calls from one of our telephones is there from the beginning.
    case 'started':
      return [{ kind: 'started' }, ...legs(leg?.role === 'caller' ? 'leg-joined' : 'leg-ringing')]
    case 'ringing':
      return leg?.role === 'callee' ? legs('leg-ringing') : [{ kind: 'started' }, ...legs('leg-joined')]
    case 'answered':
      return [{ kind: 'answered' }, ...legs('leg-joined')]
    case 'left':
      return legs('leg-left')
    case 'ended': {
      const came = meantBy(outcomes, outcome) ?? (talkSeconds ? 'answered' : undefined)
      return [
        {
          kind: 'ended',
          ...(came ? { outcome: came } : {}),
          ...(talkSeconds === undefined ? {} : { talkSeconds }),
        },
      ]
    }
  }
}

function legOf({ phone, direction, from }: Said): EventLeg | undefined {
  const calls = direction === 'outbound' || direction === 'internal'
  const party = phone ?? (calls && from?.kind === 'extension' ? from : undefined)
  if (party?.kind !== 'extension') return undefined
  // In a call between two of our own it is about the called one unless it is the caller's.
  const isCaller = calls && (direction === 'outbound' || from === undefined || sameParty(from, party))
  return { id: `phone ${party.digits}`, party, role: isCaller ? 'caller' : 'callee' }
}

const sameParty = (a: PhoneNumber, b: PhoneNumber): boolean =>
  a.kind === 'extension' && b.kind === 'extension' && a.digits === b.digits

function meantBy<Word extends string>(
  list: readonly { says: string; means: Word }[],
  text: string | undefined,
): Word | undefined {
  return list.find(({ says }) => says.toLowerCase() === text?.toLowerCase())?.means
}

function timeOf(
  text: string | undefined,
  place: string | undefined,
  times: NonNullable<GenericSettings['times']>,
): number {
  const at = text === undefined ? undefined : readTime(text, times)
  return at ?? refuse(place ?? 'time', 'a time as it is set')
}

const refuse = (field: string, rule: string): never => failed({ code: 'invalid-input', field, rule })
