import { queryOptions } from '@tanstack/react-query'
import type { PolicyChecksView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

/** What the daily check against the policy confirmed; for administrators and the operator. */
export const checksQuery = (language: Language) =>
  queryOptions({
    queryKey: ['policy', 'checks', language],
    queryFn: ({ signal }) => request<PolicyChecksView>('GET', `/policy/checks?lang=${language}`, { signal }),
    staleTime: 60_000,
  })
