import { queryOptions } from '@tanstack/react-query'
import type { BreachView, NoticeContactsView, NoticeView } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

/** What the organization was told of breaches, the newest first. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: async ({ signal }) =>
    (await request<{ notices: NoticeView[] }>('GET', '/notices', { signal })).notices,
  staleTime: 300_000,
})

export function noteShown(id: string): Promise<unknown> {
  return request<unknown>('POST', `/notices/${encodeURIComponent(id)}/shown`)
}

export const noticeContactsQuery = queryOptions({
  queryKey: ['notice-contacts'],
  queryFn: async ({ signal }) =>
    (await request<NoticeContactsView>('GET', '/notice-contacts', { signal })).addresses,
  staleTime: 300_000,
})

export async function setNoticeContacts(addresses: readonly string[]): Promise<readonly string[]> {
  return (await request<NoticeContactsView>('PUT', '/notice-contacts', { body: { addresses } })).addresses
}

/** The operator's record. */
export const breachesQuery = queryOptions({
  queryKey: ['breaches'],
  queryFn: async ({ signal }) =>
    (await request<{ breaches: BreachView[] }>('GET', '/breaches', { signal })).breaches,
})
