import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../../server/http/shapes.ts'
import { ApiFailure, request } from '../api/request.ts'

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return (await request<SessionView | undefined>('GET', '/session', { signal })) ?? null
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})
