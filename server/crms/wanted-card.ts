import { type Call, extensionsOf, leftOutBecause } from '../calls/fold.ts'
import { doesAt } from '../calls/here.ts'
import type { Directory } from '../organizations/directory.ts'

/**
 * At which extensions a card of the call is to be open now: where it rings, then where somebody talks. In a ring group the
 * card goes from all but the one who answered, and a transfer takes it from one to the next.
 *
 * Some phone systems do not tell who answered. Then everybody whom it rang keeps the card: one of them is talking.
 * @returns sorted; none once it has ended, and for calls that go into no CRM
 */
export function wantedAt(call: Call): string[] {
  if (call.state === 'ended' || leftOutBecause(call)) return []
  const all = extensionsOf(call)
  const there = all.filter((extension) => doesAt(call, [extension]) !== undefined)
  const answererKnown =
    call.answeredBy !== undefined ||
    call.legs.some((leg) => leg.role !== 'caller' && leg.joinedAt !== undefined)
  if (there.length > 0 || call.state === 'ringing' || answererKnown) return there
  return call.legs.length > 0 ? all.filter((extension) => !hasLeft(call, extension)) : all
}

function hasLeft(call: Call, extension: string): boolean {
  const own = call.legs.filter(({ party }) => party.kind === 'extension' && party.digits === extension)
  return own.length > 0 && own.every((leg) => leg.leftAt !== undefined)
}

/** Users of that CRM who have these extensions, by the CRM's own ids, in the order of the extensions. */
export function userRefsAt(
  { users, extensions: known }: Pick<Directory, 'users' | 'extensions'>,
  connectionId: string,
  extensions: readonly string[],
): string[] {
  return extensions.flatMap((extension) => {
    const user = users.get(known.get(extension) ?? '')
    return user?.connectionId === connectionId ? [user.externalId] : []
  })
}
