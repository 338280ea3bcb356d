import type { CallEvent, EventLeg } from '../calls/event.ts'
import { type Call, remoteParty } from '../calls/fold.ts'
import type { PhoneNumber } from '../contacts/numbers.ts'
import type { HistoryCall, PhonePeople } from './contract.ts'

/** What is known here of one call, as far as lists can be compared with it. */
export interface KnownCall {
  id: string
  call: Pick<Call, 'direction' | 'from' | 'to' | 'startedAt' | 'state' | 'endUnknown'>
}

/** Times in lists may be those of another step of the call, and where events carry none, ours are those of their arrival. */
const nearMs = 120_000

/**
 * The call that an entry of a phone system's list is about. Several entries may be about one call, as where it was passed
 * on: it counts as known, because a call written twice is worse than one that somebody has to look up.
 */
export function knownOf(entry: HistoryCall, known: readonly KnownCall[]): KnownCall | undefined {
  return known.find(
    ({ call }) =>
      call.direction === entry.direction &&
      Math.abs(call.startedAt - entry.startedAt.getTime()) <= nearMs &&
      sameParty(remoteOf(call), remoteOf(entry)) &&
      (call.to?.kind !== 'e164' || entry.to?.kind !== 'e164' || call.to.e164 === entry.to.e164),
  )
}

const remoteOf = (call: Pick<Call, 'direction' | 'from' | 'to'>): PhoneNumber | undefined =>
  call.direction === 'internal' ? call.to : remoteParty(call)

/** Who hid the number, and whose number was not told, are the same nobody. */
function sameParty(a: PhoneNumber | undefined, b: PhoneNumber | undefined): boolean {
  const spelled = (party: PhoneNumber | undefined): string =>
    party?.kind === 'e164' ? party.e164 : party && 'digits' in party ? party.digits : ''
  return spelled(a) === spelled(b)
}

/**
 * An entry of a list as if its events had been told. Whoever had the call is in it; where the list does not say who was
 * rung, everybody whom its line rings.
 */
export function eventsFrom(entry: HistoryCall, people: PhonePeople): [CallEvent, ...CallEvent[]] {
  const { direction, from, to, outcome, talkSeconds, extension } = entry
  const at = entry.startedAt.getTime()
  const call = entry.call ?? `listed ${entry.entry}`
  const had: PhoneNumber | undefined =
    extension === undefined ? undefined : { kind: 'extension', digits: extension }
  const facts = {
    direction,
    ...(direction === 'outbound' && had
      ? { from: had, ...(from ? { shownAs: from } : {}) }
      : from
        ? { from }
        : {}),
    ...(to ? { to } : {}),
    ...(direction === 'inbound' && outcome === 'answered' && had ? { answeredBy: had } : {}),
  }
  const rung =
    extension !== undefined ? [extension] : to?.kind === 'e164' ? (people.rungBy.get(to.e164) ?? []) : []
  const role = direction === 'outbound' ? 'caller' : 'callee'
  const legs = rung.map((digits): CallEvent => {
    const leg: EventLeg = { id: digits, party: { kind: 'extension', digits }, role }
    return { call, key: `listed leg ${digits}`, at, approximate: true, facts, kind: 'leg-ringing', leg }
  })
  return [
    { call, key: 'listed', at, approximate: true, facts: { ...facts, startedAt: at }, kind: 'started' },
    ...legs,
    {
      call,
      key: 'listed end',
      at: endOf(entry),
      approximate: true,
      facts,
      kind: 'ended',
      outcome,
      ...(talkSeconds === undefined ? {} : { talkSeconds }),
    },
  ]
}

/** As far as a list tells: how long it rang it does not. */
export const endOf = ({ startedAt, talkSeconds }: HistoryCall): number =>
  startedAt.getTime() + (talkSeconds ?? 0) * 1000
