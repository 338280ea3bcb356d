import { queryOptions } from '@tanstack/react-query'
import type { CallView, DealTitles, DealView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

export type DealRef = DealView['open'][number]

/** A title is read from the CRM when somebody looks; so soon after, it is still the same. */
const titleStaysMs = 300_000

/** The titles the viewer's own rights show, held by this page alone. `deals`: asked anew when there are others. */
export function titlesQuery(callId: string, deals: readonly DealRef[]) {
  return queryOptions({
    queryKey: ['deals', 'titles', callId, deals.map(dealKey).sort().join()],
    queryFn: ({ signal }) => request<DealTitles>('GET', `${callPath(callId)}/deals`, { signal }),
    staleTime: titleStaysMs,
    enabled: deals.length > 0,
  })
}

/** A call that is going on arrives without its deals: they are asked for once, when its card is looked at. */
export function dealStateQuery(call: CallView) {
  return queryOptions({
    queryKey: ['deals', 'state', call.id],
    queryFn: ({ signal }) => request<CallView>('GET', callPath(call.id), { signal }),
    select: (read: CallView) => read.deal,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: call.deal === undefined && mayHaveDeals(call),
  })
}

/** Deals are one person's: with several that share the number, or none, there is nothing to ask. */
function mayHaveDeals({ matches, direction, state, log }: CallView): boolean {
  const exact = matches.filter((match) => match.why === 'exact')
  const [only, ...more] = exact.length > 0 ? exact : matches
  const isOneToSee = only !== undefined && more.length === 0 && !only.hidden
  return isOneToSee && direction !== 'internal' && !(state === 'ended' && log.state === 'left-out')
}

export const dealKey = ({ kind, externalId }: DealRef): string => `${kind} ${externalId}`

export const callPath = (callId: string): string => `/calls/${encodeURIComponent(callId)}`
