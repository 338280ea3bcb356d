import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { MyExtensions, UserView, userList } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

export type UserList = z.infer<typeof userList>

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => request<UserList>('GET', '/users', { signal }),
})

/** @throws {ApiFailure} `conflict` when somebody else has one of them */
export function setExtensions(id: string, extensions: readonly string[]): Promise<unknown> {
  return request<unknown>('PUT', `/users/${encodeURIComponent(id)}/extensions`, { body: { extensions } })
}

export const myExtensionsQuery = queryOptions({
  queryKey: ['my-extensions'],
  queryFn: ({ signal }) => request<MyExtensions>('GET', '/users/me/extensions', { signal }),
})

/** @throws {ApiFailure} `conflict` when a colleague has one of them */
export function setMyExtensions(extensions: readonly string[]): Promise<unknown> {
  return request<unknown>('PUT', '/users/me/extensions', { body: { extensions } })
}

export function setSees(id: string, sees: UserView['sees']): Promise<unknown> {
  return request<unknown>('PUT', `/users/${encodeURIComponent(id)}/sees`, { body: { sees } })
}
