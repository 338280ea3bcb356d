import { queryOptions } from '@tanstack/react-query'
import type { PolicyView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

/** The app's own policy: its versions, and which of them the organization used when. */
export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => request<PolicyView>('GET', '/policy', { signal }),
  staleTime: 60_000,
})
