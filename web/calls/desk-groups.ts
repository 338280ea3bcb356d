import type { CallView } from '../../server/http/shapes.ts'

/** What the desk shows at left, each group in the order of its urgency. */
export interface DeskGroups {
  ringing: CallView[]
  talking: CallView[]
  toCallBack: CallView[]
  earlier: CallView[]
}

/**
 * Sorts the desk's calls: what rings (own first, longest first), who talks (own first), missed callers nobody has
 * spoken with since (latest first, each caller once), and the rest (latest first).
 */
export function deskGroups(calls: readonly CallView[]): DeskGroups {
  const ended = calls.filter((call) => call.state === 'ended').sort(latestFirst)
  const toCallBack: CallView[] = []
  const reached = new Set<string>()
  for (const call of ended) {
    const number = call.remote.e164
    const open = call.mine && isMissed(call) && (number === undefined || !reached.has(number))
    if (open) toCallBack.push(call)
    // A later conversation, or a later missed call that already stands in the list, settles the earlier ones.
    if (number !== undefined && (open || call.outcome === 'answered')) reached.add(number)
  }
  const live = (state: CallView['state']): CallView[] =>
    calls.filter((call) => liveState(call) === state).sort(ownThenLongest)
  for (const call of calls.filter(({ state }) => state === 'answered'))
    if (call.remote.e164 !== undefined) reached.add(call.remote.e164)
  const waiting = new Set(toCallBack.filter((call) => !talksNow(calls, call)))
  return {
    ringing: live('ringing'),
    talking: live('answered'),
    toCallBack: [...waiting],
    earlier: ended.filter((call) => !waiting.has(call)),
  }
}

/**
 * The call on the card: what was picked by hand; else the conversation one is in; else what rings at one's own phone,
 * the longest first; else what rang there and a colleague took; else one's own call that ended last, for `lingerMs`. A
 * second call that rings during a conversation therefore never takes the card.
 */
export function cardCall(
  calls: readonly CallView[],
  picked: string | undefined,
  nowMs: number,
  lingerMs = 30 * 60_000,
): CallView | undefined {
  const byHand = calls.find((call) => call.id === picked)
  if (byHand !== undefined) return byHand
  const own = calls.filter((call) => call.mine)
  const live = own.filter((call) => call.state !== 'ended').sort(ownThenLongest)
  const talking = live.find((call) => call.here === 'talking')
  const ringing = live.find((call) => call.here === 'ringing')
  const last = own.filter((call) => call.state === 'ended').sort((a, b) => endOf(b) - endOf(a))[0]
  const lingers = last !== undefined && nowMs - endOf(last) < lingerMs
  return talking ?? ringing ?? live[0] ?? (lingers ? last : undefined)
}

/** Rings at one's own phone while one talks to somebody else. */
export function queuesBehind(call: CallView, calls: readonly CallView[]): boolean {
  return call.here === 'ringing' && calls.some((other) => other.here === 'talking')
}

/** Inbound and ended without anybody speaking with the caller. */
export function isMissed(call: CallView): boolean {
  return (
    call.direction === 'inbound' &&
    call.state === 'ended' &&
    call.outcome !== 'answered' &&
    call.outcome !== 'blocked'
  )
}

function talksNow(calls: readonly CallView[], missed: CallView): boolean {
  const number = missed.remote.e164
  return (
    number !== undefined && calls.some((call) => call.state === 'answered' && call.remote.e164 === number)
  )
}

function ownThenLongest(a: CallView, b: CallView): number {
  return Number(b.mine) - Number(a.mine) || since(a) - since(b)
}

function latestFirst(a: CallView, b: CallView): number {
  return Date.parse(b.startedAt) - Date.parse(a.startedAt)
}

/** How the call stands as its viewer sees it: what was transferred to them rings, though the caller talks already. */
export function liveState(call: CallView): CallView['state'] {
  return call.here === 'ringing' ? 'ringing' : call.state
}

/** Since when it rings or is talked in. */
export function liveSince(call: CallView): string {
  if (call.here !== 'ringing' || call.answeredAt === undefined) return call.answeredAt ?? call.startedAt
  // Transferred: since the phone rings that nobody has picked up yet.
  const rings = call.legs.filter((leg) => leg.joinedAt === undefined && leg.leftAt === undefined)
  return (
    rings
      .map((leg) => leg.ringingAt ?? '')
      .sort()
      .at(-1) || call.answeredAt
  )
}

function since(call: CallView): number {
  return Date.parse(liveSince(call))
}

function endOf(call: CallView): number {
  return Date.parse(call.endedAt ?? call.startedAt)
}
