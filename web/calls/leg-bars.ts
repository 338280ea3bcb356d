import type { CallView } from '../../server/http/shapes.ts'

type Leg = CallView['legs'][number]

/** One line of the timeline. Positions are shares (0 to 1) of the call's length. */
export interface LegBar {
  leg: Leg
  ring: { from: number; to: number } | undefined
  talk: { from: number; to: number } | undefined
  ringSeconds: number | undefined
  talkSeconds: number | undefined
}

/**
 * What each party's part of the call was, the caller first, then in the order in which they rang. The same extension on
 * two telephones is one line: the one that answered, or else the one that rang longest.
 *
 * @param nowMs end of what has not ended yet, milliseconds since 1970 UTC
 */
export function legBars(call: CallView, nowMs: number): LegBar[] {
  const start = Date.parse(call.startedAt)
  const end = Math.max(start + 1000, call.endedAt === undefined ? nowMs : Date.parse(call.endedAt))
  const share = (ms: number): number => Math.min(1, Math.max(0, (ms - start) / (end - start)))
  const span = (from: string, to: string | undefined) => {
    const toMs = to === undefined ? end : Date.parse(to)
    const seconds = Math.max(0, (toMs - Date.parse(from)) / 1000)
    return { from: share(Date.parse(from)), to: share(toMs), seconds }
  }
  return onePerParty(call.legs)
    .sort((a, b) => Number(b.role === 'caller') - Number(a.role === 'caller') || firstSeen(a) - firstSeen(b))
    .map((leg) => {
      const ring = leg.ringingAt === undefined ? undefined : span(leg.ringingAt, leg.joinedAt ?? leg.leftAt)
      const talk = leg.joinedAt === undefined ? undefined : span(leg.joinedAt, leg.leftAt)
      return { leg, ring, talk, ringSeconds: ring?.seconds, talkSeconds: talk?.seconds }
    })
}

function onePerParty(legs: readonly Leg[]): Leg[] {
  const best = new Map<string, Leg>()
  for (const leg of legs) {
    const key = `${leg.role} ${leg.party.e164 ?? leg.party.shown}`
    const known = best.get(key)
    if (known === undefined || (known.joinedAt === undefined && leg.joinedAt !== undefined))
      best.set(key, leg)
  }
  return [...best.values()]
}

function firstSeen(leg: Leg): number {
  return Date.parse(leg.ringingAt ?? leg.joinedAt ?? leg.leftAt ?? '') || 0
}
