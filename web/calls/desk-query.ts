import { queryOptions } from '@tanstack/react-query'
import type { DeskState } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import { recentArrivals, withArrived } from './merge.ts'

/** What the live stream said lately; shared by everything that merges lists with it. */
export const arrivals = recentArrivals()

/** Everything live that this user may see, and their own calls of the last hours. Kept current by the live stream. */
export const deskQuery = queryOptions({
  queryKey: ['calls', 'desk'],
  queryFn: async ({ signal }): Promise<DeskState> => {
    const askedAt = performance.now()
    const desk = await request<DeskState>('GET', '/desk', { signal })
    return { calls: [...withArrived(desk.calls, arrivals.since(askedAt))] }
  },
  staleTime: Number.POSITIVE_INFINITY,
})
