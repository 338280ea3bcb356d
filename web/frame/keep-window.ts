import type { CallView } from '../../server/http/shapes.ts'

/** What the floating window remembers of itself. */
export interface Kept {
  /** calls it was opened for once; who closes it while one rings does not want to see it again for that one */
  readonly told: readonly string[]
  /** the calls we opened it for, or that came while it was; none once the person opens or closes it: then it is theirs */
  readonly for: readonly string[]
}
export const untold: Kept = { told: [], for: [] }

export interface Situation {
  calls: readonly CallView[]
  /** of the person who looks */
  extensions: readonly string[]
  open: boolean
  /** the browser's tab is the one in front */
  inFront: boolean
}

/**
 * Whether the window opens or closes. Every tab of the host has one, and each decides for itself by the same rule: it opens
 * when the person's phone rings. What was opened so closes again when somebody else takes the call or nobody does, and
 * when they take it themselves in all tabs but the one in front, where the call is worked on.
 */
export function keepWindow(kept: Kept, now: Situation): { kept: Kept; wish: 'show' | 'hide' | undefined } {
  const ringing = now.calls.filter((call) => ringsHere(call))
  const fresh = ringing.map(({ id }) => id).filter((id) => !kept.told.includes(id))
  if (fresh.length > 0) {
    const told = [...kept.told, ...fresh].slice(-50)
    // Open by hand, it stays whose it was.
    if (now.open && kept.for.length === 0) return { kept: { ...kept, told }, wish: undefined }
    return { kept: { told, for: [...kept.for, ...fresh] }, wish: now.open ? undefined : 'show' }
  }
  const calls = now.calls.filter(({ id }) => kept.for.includes(id))
  if (calls.length === 0 || !now.open || ringing.length > 0 || calls.some((call) => staysOpen(call, now)))
    return { kept, wish: undefined }
  // Transferred back to this phone, a call may open it once more.
  const told = kept.told.filter((id) => !kept.for.includes(id))
  return { kept: { told, for: [] }, wish: 'hide' }
}

/** The person opened or closed it, so it is not ours to close any more. */
export function byHand(kept: Kept): Kept {
  return { ...kept, for: [] }
}

function staysOpen(call: CallView, { extensions, inFront }: Situation): boolean {
  return call.state === 'ringing' ? call.mine : inFront && wasTakenHere(call, extensions)
}

/** Rings at one of the person's own phones now; their own outgoing calls ring elsewhere. */
export function ringsHere(call: CallView): boolean {
  return call.here === 'ringing' && call.direction !== 'outbound'
}

function wasTakenHere(call: CallView, extensions: readonly string[]): boolean {
  return ownLegs(call, extensions).some((leg) => leg.joinedAt !== undefined)
}

function ownLegs(call: CallView, extensions: readonly string[]): CallView['legs'] {
  return call.legs.filter(
    ({ party, role }) => role !== 'caller' && party.kind === 'extension' && extensions.includes(party.shown),
  )
}
