import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { sessionQuery } from '../session/session-query.ts'
import { ApiFailure } from './request.ts'

/** What was refused stays refused; only a missing answer is worth asking again. */
export function worthAnotherTry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 500)
}

export function makeQueryClient(): QueryClient {
  // Any answer 401 says that the session is over, whoever hears it first.
  const onError = (error: Error): void => {
    if (error instanceof ApiFailure && error.status === 401) queries.setQueryData(sessionQuery.queryKey, null)
  }
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthAnotherTry },
      mutations: { retry: false },
    },
  })
  return queries
}
