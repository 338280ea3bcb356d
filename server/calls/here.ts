import type { Call, CallLeg } from './fold.ts'

/**
 * What a call does at these extensions now; undefined: nothing, though it may have rung there before. In a ring group it is
 * over for all but the one who answered, and a transfer makes it ring at a phone in the middle of a conversation.
 */
export function doesAt(call: Call, extensions: readonly string[]): 'ringing' | 'talking' | undefined {
  if (call.state === 'ended') return undefined
  const isOwn = (party: CallLeg['party']) => party.kind === 'extension' && extensions.includes(party.digits)
  const own = call.legs.filter((leg) => isOwn(leg.party))
  // Nothing was told of any phone here, only of the call.
  if (own.length === 0) {
    const named = [call.from, call.answeredBy].some((party) => party !== undefined && isOwn(party))
    if (!named) return undefined
    return call.state === 'ringing' ? 'ringing' : 'talking'
  }
  const there = own.filter((leg) => leg.leftAt === undefined)
  if (call.state === 'ringing') return there.length > 0 ? 'ringing' : undefined
  const answeredHere = call.answeredBy !== undefined && isOwn(call.answeredBy)
  if (there.some((leg) => leg.joinedAt !== undefined || leg.role === 'caller' || answeredHere))
    return 'talking'
  // What rang before somebody answered rings no more, even where nobody has said so.
  const { answeredAt = 0 } = call
  return there.some((leg) => leg.ringingAt !== undefined && leg.ringingAt > answeredAt)
    ? 'ringing'
    : undefined
}
