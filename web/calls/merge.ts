import type { CallView } from '../../server/http/shapes.ts'

/** The newer of two states of one call. A message that was overtaken on its way changes nothing. */
export function newer(known: CallView | undefined, arrived: CallView): CallView {
  return known !== undefined && known.version > arrived.version ? known : withDeal(known, arrived)
}

/**
 * A message about a call that is going on does not say what its deals are: what is known of them stays, unless it was
 * known of somebody who may not be seen any more.
 */
function withDeal(known: CallView | undefined, arrived: CallView): CallView {
  const keeps =
    arrived.deal === undefined && known?.deal !== undefined && hiddenIn(known) === hiddenIn(arrived)
  return keeps ? { ...arrived, deal: known.deal } : arrived
}

/** Whom the viewer may see can change without the call: then the same version of it is news. */
function isNews(known: CallView, arrived: CallView): boolean {
  if (known.version !== arrived.version) return known.version < arrived.version
  return hiddenIn(known) !== hiddenIn(arrived)
}

const hiddenIn = (call: CallView): string =>
  call.matches.map(({ personId, hidden }) => `${personId} ${hidden}`).join()

/** `calls` with `arrived` in its place, or in front where it was not there. The same array when it says nothing new. */
export function withCall(calls: readonly CallView[], arrived: CallView): readonly CallView[] {
  const at = calls.findIndex((call) => call.id === arrived.id)
  if (at === -1) return [arrived, ...calls]
  return replaceAt(calls, at, arrived)
}

/** `calls` with `arrived` in its place; the same array where it is not there or says nothing new. */
export function withKnownCall(calls: readonly CallView[], arrived: CallView): readonly CallView[] {
  const at = calls.findIndex((call) => call.id === arrived.id)
  return at === -1 ? calls : replaceAt(calls, at, arrived)
}

function replaceAt(calls: readonly CallView[], at: number, arrived: CallView): readonly CallView[] {
  const known = calls[at]
  return known !== undefined && !isNews(known, arrived) ? calls : calls.with(at, withDeal(known, arrived))
}

/**
 * A list the server sent, corrected by live messages that came while it was under way: the list was read before them.
 */
export function withArrived(listed: readonly CallView[], arrived: readonly CallView[]): readonly CallView[] {
  return arrived.reduce(withCall, listed)
}

/**
 * Live messages of the last moments, by call. It answers "what came since?" for a list that was being loaded, and
 * refuses messages older than what is known. Holds at most `limit` calls, the latest ones.
 */
export function recentArrivals(limit = 500) {
  const arrivals = new Map<string, { call: CallView; atMs: number }>()
  return {
    /** @returns whether it is news */
    accept(call: CallView, atMs: number): boolean {
      const known = arrivals.get(call.id)
      if (known !== undefined && !isNews(known.call, call)) return false
      arrivals.delete(call.id)
      arrivals.set(call.id, { call, atMs })
      if (arrivals.size > limit) {
        const [oldest] = arrivals.keys()
        if (oldest !== undefined) arrivals.delete(oldest)
      }
      return true
    },
    since: (atMs: number): CallView[] =>
      [...arrivals.values()].filter((arrival) => arrival.atMs >= atMs).map((arrival) => arrival.call),
  }
}
