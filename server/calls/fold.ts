import type { PhoneNumber } from '../contacts/numbers.ts'
import type { CallEvent, CallFacts, Direction, EventLeg, Outcome } from './event.ts'

/**
 * What is known of one call: the join of all its events.
 *
 * Events come late, twice, in any order, or not at all. Every piece of knowledge is therefore kept with how much it
 * weighs, and two pieces are joined by taking the heavier one (or the earlier or later instant). Joining is associative,
 * commutative and idempotent, so the knowledge depends on the *set* of events alone, every subset is a valid call, and
 * a further event can only add to it. It also means that events need not be kept: the join is enough to go on from
 * (docs/decisions/0002-a-call-is-the-join-of-its-events.md).
 *
 * Instants are milliseconds since 1970 UTC, by the vendor's clock.
 */
export interface Knowledge {
  firstAt: number
  facts: { [F in keyof CallFacts]?: Weighed<NonNullable<CallFacts[F]>> }
  answeredAt?: number
  end?: Weighed<{ outcome: Outcome | undefined; talkSeconds: number | undefined }>
  legs: Record<string, LegKnowledge>
}
interface LegKnowledge {
  who: Weighed<Pick<EventLeg, 'party' | 'role'>>
  ringingAt?: number
  joinedAt?: number
  leftAt?: number
  /** how it came out for this leg, in a system that tells of no other end */
  outcome?: Weighed<Outcome>
}
/** `stage` outranks `at`, which outranks the value's own text: a total order, so a join never depends on who came first. */
interface Weighed<T> {
  value: T
  stage: number
  at: number
}

/** How far into a call each kind of event lies. A later stage knows better: vendors repeat and complete what they said. */
const stages: Record<CallEvent['kind'], number> = {
  'silent-too-long': 0,
  started: 1,
  'leg-ringing': 2,
  'leg-joined': 2,
  'leg-left': 2,
  answered: 3,
  ended: 4,
}

/** Told by our clock alone weighs less than told by the vendor's, at the same stage. */
const approximately = 0.5

/** What one event says by itself. */
export function knowledgeOf(event: CallEvent): Knowledge {
  const stage = stages[event.kind] - (event.approximate ? approximately : 0)
  const weigh = <T>(value: T): Weighed<T> => ({ value, stage, at: event.at })
  const knowledge: Knowledge = { firstAt: event.at, facts: {}, legs: {} }
  for (const fact of factNames) {
    const value = event.facts[fact]
    if (value !== undefined) Object.assign(knowledge.facts, { [fact]: weigh(value) })
  }
  switch (event.kind) {
    case 'started':
      break
    case 'leg-ringing':
    case 'leg-joined':
    case 'leg-left': {
      const instant = { 'leg-ringing': 'ringingAt', 'leg-joined': 'joinedAt', 'leg-left': 'leftAt' } as const
      const { id, party, role } = event.leg
      knowledge.legs = {
        [id]: {
          who: weigh({ party, role }),
          [instant[event.kind]]: event.at,
          ...(event.kind === 'leg-left' && event.outcome ? { outcome: weigh(event.outcome) } : {}),
        },
      }
      break
    }
    case 'answered':
      knowledge.answeredAt = event.at
      break
    case 'ended':
      knowledge.end = weigh({ outcome: event.outcome, talkSeconds: event.talkSeconds })
      break
    case 'silent-too-long':
      knowledge.end = weigh({ outcome: undefined, talkSeconds: undefined })
      break
  }
  return knowledge
}

const factNames = [
  'direction',
  'from',
  'to',
  'shownAs',
  'startedAt',
  'answeredBy',
] as const satisfies (keyof CallFacts)[]

/**
 * More than any call has; what says more is broken or hostile, and each further event would cost more than the last. Those
 * with the first ids are kept: the first of two sets together are the first of the firsts of each, so it stays a join.
 */
const mostLegs = 500

export function join(a: Knowledge, b: Knowledge): Knowledge {
  const facts: Knowledge['facts'] = {}
  for (const fact of factNames) {
    const heavier = heavierOf<unknown>(a.facts[fact], b.facts[fact])
    if (heavier) Object.assign(facts, { [fact]: heavier })
  }
  const ids = [...new Set([...Object.keys(a.legs), ...Object.keys(b.legs)])].sort()
  // Ids are the vendor's: one that is called like a part of every object is an id like any other.
  const legOf = (of: Knowledge, id: string) => (Object.hasOwn(of.legs, id) ? of.legs[id] : undefined)
  const legs = ids.slice(0, mostLegs).flatMap((id) => {
    const leg = joinLegs(legOf(a, id), legOf(b, id))
    return leg ? [[id, leg] as const] : []
  })
  return {
    firstAt: Math.min(a.firstAt, b.firstAt),
    facts,
    ...present('answeredAt', earlier(a.answeredAt, b.answeredAt)),
    ...present('end', lastingEnd(a.end, b.end)),
    legs: Object.fromEntries(legs),
  }
}

/** @returns undefined only for no events at all */
export function knowledgeFrom(events: readonly CallEvent[]): Knowledge | undefined {
  return events
    .map(knowledgeOf)
    .reduce<Knowledge | undefined>((known, next) => (known ? join(known, next) : next), undefined)
}

function joinLegs(a: LegKnowledge | undefined, b: LegKnowledge | undefined): LegKnowledge | undefined {
  const who = heavierOf(a?.who, b?.who)
  if (!who) return undefined
  return {
    who,
    ...present('ringingAt', earlier(a?.ringingAt, b?.ringingAt)),
    ...present('joinedAt', earlier(a?.joinedAt, b?.joinedAt)),
    ...present('leftAt', later(a?.leftAt, b?.leftAt)),
    ...present('outcome', heavierOf(a?.outcome, b?.outcome)),
  }
}

function heavierOf<T>(a: Weighed<T> | undefined, b: Weighed<T> | undefined): Weighed<T> | undefined {
  if (!a || !b) return a ?? b
  const order = a.stage - b.stage || a.at - b.at || compareTexts(canonical(a.value), canonical(b.value))
  return order >= 0 ? a : b
}

/** Of ends told without a time the first one to arrive is nearest to the truth: a copy of it comes later. */
function lastingEnd(a: Knowledge['end'], b: Knowledge['end']): Knowledge['end'] {
  const bothApproximate = a && b && a.stage === b.stage && !Number.isInteger(a.stage)
  if (!bothApproximate || a.at === b.at) return heavierOf(a, b)
  return a.at < b.at ? a : b
}

/** JSON with sorted keys: equal values have equal texts, whichever way they were put together. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => compareTexts(x, y)))
      : part,
  )
}
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const earlier = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)
const later = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b)
const present = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

/** A call as people speak of it, worked out from what is known. Times keep their order: started ≤ answered ≤ ended. */
export interface Call {
  direction: Direction | undefined
  state: 'ringing' | 'answered' | 'ended'
  from: PhoneNumber | undefined
  to: PhoneNumber | undefined
  shownAs: PhoneNumber | undefined
  startedAt: number
  answeredAt: number | undefined
  endedAt: number | undefined
  /** closed by the watchdog: when it really ended is not known */
  endUnknown: boolean
  /** the vendor tells no times: these are when we heard of it */
  approximate: boolean
  talkSeconds: number | undefined
  outcome: Outcome | undefined
  answeredBy: PhoneNumber | undefined
  legs: CallLeg[]
}
export interface CallLeg {
  id: string
  party: PhoneNumber
  role: EventLeg['role']
  ringingAt: number | undefined
  joinedAt: number | undefined
  leftAt: number | undefined
}

export function callFrom(known: Knowledge): Call {
  const fact = <F extends keyof CallFacts>(name: F) => known.facts[name]?.value as CallFacts[F] | undefined
  const direction = fact('direction')
  const startedAt = Math.min(fact('startedAt') ?? known.firstAt, known.firstAt)
  const told = known.end
  const end = told && told.stage > stages['silent-too-long'] ? told : (lastLegLeft(known) ?? told)
  const outcome = end && (end.value.outcome ?? (known.answeredAt === undefined ? 'missed' : 'answered'))
  const answered = known.answeredAt ?? answeredBeforeEnd(end, outcome)
  const answeredAt = answered === undefined ? undefined : Math.max(answered, startedAt)
  const endedAt = end && Math.max(end.at, answeredAt ?? startedAt)
  return {
    direction,
    state: end ? 'ended' : answeredAt === undefined ? 'ringing' : 'answered',
    from: fact('from'),
    to: fact('to'),
    shownAs: fact('shownAs'),
    startedAt,
    answeredAt,
    endedAt,
    endUnknown: end !== undefined && end.stage <= stages['silent-too-long'],
    approximate:
      end?.stage !== stages.ended && !Number.isInteger(known.facts.direction?.stage ?? end?.stage ?? 0),
    talkSeconds: talkSeconds(end?.value.talkSeconds, outcome, answeredAt, endedAt),
    outcome,
    answeredBy: fact('answeredBy'),
    legs: Object.entries(known.legs)
      .map(([id, leg]) => ({
        id,
        ...leg.who.value,
        ringingAt: leg.ringingAt,
        joinedAt: leg.joinedAt,
        leftAt: leg.leftAt,
      }))
      .sort((a, b) => instantOf(a) - instantOf(b) || compareTexts(a.id, b.id)),
  }
}

/** Of how the legs came out, what tells most of the call comes first. */
const telling: readonly Outcome[] = [
  'answered',
  'voicemail',
  'busy',
  'rejected',
  'failed',
  'blocked',
  'missed',
  'not-set-up',
]

/** Where each leg is told of by itself: whoever has left was the last, unless another one rings or talks. */
function lastLegLeft({ legs }: Knowledge): Knowledge['end'] {
  const all = Object.values(legs)
  const outcomes = all.flatMap(({ outcome }) => outcome?.value ?? [])
  const left = all.flatMap(({ leftAt }) => leftAt ?? [])
  if (outcomes.length === 0 || left.length < all.length) return undefined
  const outcome = telling.find((one) => outcomes.includes(one))
  return { value: { outcome, talkSeconds: undefined }, stage: stages.ended, at: Math.max(...left) }
}

const instantOf = (leg: CallLeg): number => leg.ringingAt ?? leg.joinedAt ?? leg.leftAt ?? 0

/** The answer was never heard of, but the end tells how long they spoke. */
function answeredBeforeEnd(end: Knowledge['end'], outcome: Outcome | undefined): number | undefined {
  if (!end || outcome !== 'answered') return undefined
  return end.at - (end.value.talkSeconds ?? 0) * 1000
}

/** The vendor's number where it gives one, because its clock stood next to the call. */
function talkSeconds(
  told: number | undefined,
  outcome: Outcome | undefined,
  answeredAt: number | undefined,
  endedAt: number | undefined,
): number | undefined {
  if (told !== undefined) return told
  if (endedAt === undefined) return undefined
  return outcome === 'answered' && answeredAt !== undefined ? Math.round((endedAt - answeredAt) / 1000) : 0
}

/** The party outside: the one to recognise. Undefined for internal calls and while nothing is known of it. */
export function remoteParty(call: Pick<Call, 'direction' | 'from' | 'to'>): PhoneNumber | undefined {
  if (call.direction === 'inbound') return call.from
  if (call.direction === 'outbound') return call.to
  return undefined
}

/** Extensions the call rang at or was made from: whose desk it belongs to. Sorted, each once. */
export function extensionsOf(call: Call): string[] {
  const parties = [
    call.from,
    call.answeredBy,
    ...call.legs
      .filter((leg) => leg.role !== 'caller' || call.direction !== 'inbound')
      .map((leg) => leg.party),
  ]
  return [...new Set(parties.flatMap((party) => (party?.kind === 'extension' ? [party.digits] : [])))].sort()
}

/** Why a call that has ended goes into no CRM; undefined: it does. */
export function leftOutBecause(
  call: Call,
): 'internal' | 'blocked' | 'not-set-up' | 'direction-unknown' | undefined {
  if (call.direction === 'internal') return 'internal'
  if (call.direction === undefined) return 'direction-unknown'
  if (call.outcome === 'blocked' || call.outcome === 'not-set-up') return call.outcome
  return undefined
}
