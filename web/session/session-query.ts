import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../../server/http/shapes.ts'
import { ApiFailure, request } from '../api/request.ts'
import { callCrm } from '../calls/words.ts'

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      const session = (await request<SessionView | undefined>('GET', '/session', { signal })) ?? null
      callCrm(session?.crm)
      return session
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})
