import { queryOptions } from '@tanstack/react-query'
import type { MyTelephones, TelephoneConnect } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

export type MyTelephone = MyTelephones['telephones'][number]

export const myTelephonesQuery = queryOptions({
  queryKey: ['my-telephones'],
  queryFn: ({ signal }) => request<MyTelephones>('GET', '/users/me/telephones', { signal }),
})

export function connectTelephone(connectionId: string): Promise<TelephoneConnect> {
  return request('POST', `/users/me/telephones/${encodeURIComponent(connectionId)}/connect`)
}

export function disconnectTelephones(): Promise<unknown> {
  return request<unknown>('DELETE', '/users/me/telephones')
}
