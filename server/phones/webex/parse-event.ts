import { z } from 'zod'
import type { CallEvent, CallFacts, Happening, Outcome } from '../../calls/event.ts'
import { type PhoneNumber, parseReported } from '../../contacts/numbers.ts'
import { failed } from '../../failure.ts'
import type { PhoneConnection, Received } from '../contract.ts'

/**
 * Webex tells each user's side of a call by itself, as a call of its own; those of one conversation share a session. So a
 * session is our call and each user's side a leg of it, and the end is when the last leg has left. What happened follows
 * from the state and from whether an answer is told, never from the event's name, which is free text.
 */
const text = z.string().max(500).nullish()
const time = z.iso.datetime({ offset: true }).nullish().catch(undefined)
const party = z.object({
  number: text,
  privacyEnabled: z.boolean().nullish().catch(undefined),
  callType: text,
})
const data = z.object({
  eventTimestamp: z.iso.datetime({ offset: true }),
  callId: z.string().min(1).max(500),
  callSessionId: text,
  personality: text,
  state: text,
  remoteParty: party.nullish().catch(undefined),
  created: time,
  answered: time,
  disconnected: time,
  redirections: z
    .array(z.object({ redirectingParty: party.nullish().catch(undefined) }))
    .nullish()
    .catch(undefined),
})
const envelope = z.object({
  resource: z.string().max(100),
  event: z.string().max(100),
  actorId: z.string().min(1).max(500),
  data: z.unknown(),
})
type Data = z.infer<typeof data>

/** Whoever copies a delivery cannot bring back a call that is long over. */
const oldestMs = 24 * 3_600_000

/** @throws RingfenceError `invalid-input`; the refused text is not repeated */
export function parseEvent(body: Buffer, connection: PhoneConnection): Received {
  const wire = read(envelope, readJson(body))
  if (wire.resource !== 'telephony_calls')
    return { status: 'ignored', why: wire.resource === 'convergedRecordings' ? 'no-use' : 'unknown-kind' }
  const told = read(data, wire.data)
  if (Date.parse(told.eventTimestamp) < connection.arrivedAt - oldestMs)
    return { status: 'ignored', why: 'no-use' }
  const side = sideOf(told, wire.actorId, connection)
  return { status: 'events', events: eventsOf(told, side, wire.event === 'deleted') }
}

/** One user's side of a call. */
interface Side {
  /** what is told of the call with every event of it but its first */
  facts: CallFacts
  /** what only its first tells: of two colleagues this weighs less than what a caller outside is told with */
  first: CallFacts
  own: PhoneNumber
  called: boolean
}

function sideOf(told: Data, actorId: string, { numbers, people }: PhoneConnection): Side {
  const digits = people.extensionOf.get(actorId)
  const own: PhoneNumber = digits === undefined ? { kind: 'malformed' } : { kind: 'extension', digits }
  const called = told.personality === 'terminator'
  const remote = told.remoteParty
  const other =
    remote?.number && remote.privacyEnabled !== true ? parseReported(remote.number, numbers) : undefined
  const started = told.created ? { startedAt: Date.parse(told.created) } : {}
  const isInternal =
    ['location', 'organization'].includes(remote?.callType ?? '') || other?.kind === 'extension'
  if (isInternal) {
    const sides = called ? { from: other, to: own } : { from: own, to: other }
    return { facts: started, first: { direction: 'internal', ...known(sides) }, own, called }
  }
  if (!called)
    return {
      facts: { direction: 'outbound', ...known({ from: own, to: other }), ...started },
      first: {},
      own,
      called,
    }
  // While it rings a caller who is not told has hidden the number; afterwards it is only not told again.
  const hidden: PhoneNumber | undefined =
    told.state === 'alerting' || remote ? { kind: 'withheld' } : undefined
  const line = told.redirections?.find(({ redirectingParty: by }) => by?.number)?.redirectingParty?.number
  const facts = { from: other ?? hidden, to: line ? parseReported(line, numbers) : undefined }
  return { facts: { direction: 'inbound', ...known(facts), ...started }, first: {}, own, called }
}

const known = (facts: { from?: PhoneNumber | undefined; to?: PhoneNumber | undefined }): CallFacts => ({
  ...(facts.from ? { from: facts.from } : {}),
  ...(facts.to ? { to: facts.to } : {}),
})

type What = Happening & { at: number; facts?: CallFacts }

function eventsOf(told: Data, side: Side, deleted: boolean): CallEvent[] {
  const at = Date.parse(told.eventTimestamp)
  const answered = told.answered ? Date.parse(told.answered) : undefined
  const leg = {
    id: told.callId,
    party: side.own,
    role: side.called ? ('callee' as const) : ('caller' as const),
  }
  const whats: What[] = [
    { kind: 'started', at: told.created ? Date.parse(told.created) : at, facts: side.first },
  ]
  const isOver = deleted || told.state === 'disconnected'
  if (side.called && told.state === 'alerting') whats.push({ kind: 'leg-ringing', at, leg })
  // Whoever calls is there from the beginning; by a click only once they have picked up their own telephone.
  if (!side.called && told.personality !== 'clickToDial' && !isOver)
    whats.push({ kind: 'leg-joined', at, leg })
  if (answered !== undefined) {
    const by = side.called && side.own.kind === 'extension' ? { answeredBy: side.own } : {}
    whats.push({ kind: 'answered', at: answered, facts: by })
    if (side.called || isOver) whats.push({ kind: 'leg-joined', at: answered, leg })
  }
  if (isOver)
    whats.push({
      kind: 'leg-left',
      at: told.disconnected ? Date.parse(told.disconnected) : at,
      leg,
      outcome: outcomeOf(told),
    })
  const call = told.callSessionId || told.callId
  return whats.map(({ facts, ...what }) => ({
    call,
    key: [told.callId, what.kind, at, told.state ?? ''].join('|'),
    ...what,
    facts: { ...side.facts, ...facts },
  }))
}

/**
 * UNVERIFIED: `completedElsewhere` was seen on calls that nobody answered, so it says nothing here: where a colleague did
 * answer, their leg says so.
 */
function outcomeOf({ answered, personality }: Data): Outcome {
  if (answered) return 'answered'
  return personality === 'clickToDial' ? 'not-set-up' : 'missed'
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // The parser's message quotes the text it stumbled over, so it is dropped.
    return failed({ code: 'invalid-input', field: 'body', rule: 'JSON' })
  }
}

function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  return failed({
    code: 'invalid-input',
    field: result.error.issues[0]?.path.join('.') || 'body',
    rule: 'an event of Webex',
  })
}
