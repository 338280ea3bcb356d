import { queryOptions } from '@tanstack/react-query'
import type { ResultView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

/** The organization's own list, in the order it is shown. */
export const resultsQuery = queryOptions({
  queryKey: ['results'],
  queryFn: async ({ signal }) =>
    (await request<{ results: ResultView[] }>('GET', '/results', { signal })).results,
  staleTime: 300_000,
})

export type NewResult = Omit<ResultView, 'id'> & { id?: string }

export async function setResults(results: readonly NewResult[]): Promise<ResultView[]> {
  return (await request<{ results: ResultView[] }>('PUT', '/results', { body: { results } })).results
}
