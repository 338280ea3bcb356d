import { queryOptions } from '@tanstack/react-query'
import type { TelephonesView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

const path = (id: string, rest: string): string => `/connections/${encodeURIComponent(id)}/${rest}`

/** Whose telephone is which, with names as the phone system has them now. */
export function telephonesQuery(id: string) {
  return queryOptions({
    queryKey: ['connections', 'own', id, 'telephones'],
    queryFn: ({ signal }) => request<TelephonesView>('GET', path(id, 'telephones'), { signal }),
    // Each time the phone system is asked.
    staleTime: 60_000,
  })
}

export function readTelephones(id: string): Promise<unknown> {
  return request<unknown>('POST', path(id, 'telephones/read'))
}

/** @param users whom the line rings; null: everybody */
export function setLine(id: string, number: string, users: readonly string[] | null): Promise<unknown> {
  return request<unknown>('PUT', path(id, 'lines'), { body: { number, users } })
}
