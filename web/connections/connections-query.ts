import { queryOptions } from '@tanstack/react-query'
import type {
  AllowanceView,
  ConnectionList,
  ConnectionMade,
  ConnectionSettingsView,
  ConnectionView,
  RecipientsView,
} from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'

/** The connections of one organization: one's own, or for the operator the named one. */
export function connectionsQuery(organization?: string) {
  return queryOptions({
    queryKey: ['connections', organization ?? 'own'],
    queryFn: ({ signal }) => request<ConnectionList>('GET', '/connections', { signal, organization }),
    // Counts and progress move without an event of their own.
    refetchInterval: ({ state }) => (state.data?.connections.some(isMoving) === true ? 5000 : 60_000),
  })
}

/** Who gets what of the organization's data, and where; and what was refused. */
export function recipientsQuery(organization?: string) {
  return queryOptions({
    queryKey: ['recipients', organization ?? 'own'],
    queryFn: ({ signal }) => request<RecipientsView>('GET', '/recipients', { signal, organization }),
    staleTime: 60_000,
  })
}

/** What a CRM's allowance was spent on. */
export function allowanceQuery(id: string, organization?: string) {
  return queryOptions({
    queryKey: ['connections', organization ?? 'own', id, 'allowance'],
    queryFn: ({ signal }) =>
      request<AllowanceView>('GET', `/connections/${encodeURIComponent(id)}/allowance`, {
        signal,
        organization,
      }),
    refetchInterval: 60_000,
  })
}

export function makeConnection(
  wanted: { side: 'phone' | 'crm'; adapter: string; ownNumbers?: string[] },
  organization?: string,
): Promise<ConnectionMade> {
  return request<ConnectionMade>('POST', '/connections', { body: wanted, organization })
}

export function settingsOf(id: string, organization?: string): Promise<ConnectionSettingsView> {
  return request('GET', `/connections/${encodeURIComponent(id)}/settings`, { organization })
}

/** Changes the named settings and leaves the others; null forgets one. */
export function changeSettings(
  id: string,
  change: Record<string, unknown>,
  organization?: string,
): Promise<unknown> {
  return request<unknown>('PUT', `/connections/${encodeURIComponent(id)}/settings`, {
    body: change,
    organization,
  })
}

export function setOwnNumbers(id: string, numbers: string[], organization?: string): Promise<unknown> {
  return request<unknown>('POST', `/connections/${encodeURIComponent(id)}/own-numbers`, {
    body: { numbers },
    organization,
  })
}

/** From then on nothing is heard of it; its calls stay for their week. */
export function removeConnection(id: string, organization?: string): Promise<unknown> {
  return request<unknown>('DELETE', `/connections/${encodeURIComponent(id)}`, { organization })
}

/** Another address and secret, shown once; the old ones open nothing from then on. */
export function renewHook(id: string, organization?: string): Promise<ConnectionMade> {
  return request<ConnectionMade>('POST', `/connections/${encodeURIComponent(id)}/hook`, { organization })
}

function isMoving(connection: ConnectionView): boolean {
  return connection.mirror?.state === 'copying' || connection.reason === 'no-event-yet'
}
