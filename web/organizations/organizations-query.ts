import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  OrganizationDeleted,
  OrganizationView,
  organizationList,
  SubscriptionChange,
  SubscriptionChanged,
} from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: ({ signal }) => request<z.infer<typeof organizationList>>('GET', '/organizations', { signal }),
})

/** Nobody gets into one whose subscription has ended, and there is nothing of it to look at. */
export const isOpen = ({ subscription: { state } }: Pick<OrganizationView, 'subscription'>): boolean =>
  state === 'active' || state === 'trial'

export interface NewOrganization {
  name: string
  /** ISO 3166-1 alpha-2 */
  country: string
  /** IANA name */
  timeZone: string
  /** of what is written into the CRM */
  language: Language
  /** the last day of a trial, YYYY-MM-DD; without one the subscription runs */
  trialUntil?: string
}

export function makeOrganization(wanted: NewOrganization): Promise<unknown> {
  return request<unknown>('POST', '/organizations', { body: wanted })
}

/** An end asks for the organization's name, as a person typed it. */
export function changeSubscription(id: string, wish: SubscriptionChange): Promise<SubscriptionChanged> {
  return request<SubscriptionChanged>('PUT', `/organizations/${encodeURIComponent(id)}/subscription`, {
    body: wish,
  })
}

/** @param name as a person typed it; the server refuses when it is another organization's */
export function deleteOrganization(id: string, name: string): Promise<OrganizationDeleted> {
  return request<OrganizationDeleted>('DELETE', `/organizations/${encodeURIComponent(id)}`, {
    body: { name },
  })
}
