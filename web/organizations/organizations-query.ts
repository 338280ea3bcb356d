import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { OrganizationDeleted, organizationList } from '../../server/http/shapes.ts'
import { request } from '../api/request.ts'
import type { Language } from '../languages/language.tsx'

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: ({ signal }) => request<z.infer<typeof organizationList>>('GET', '/organizations', { signal }),
})

export interface NewOrganization {
  name: string
  /** ISO 3166-1 alpha-2 */
  country: string
  /** IANA name */
  timeZone: string
  /** of what is written into the CRM */
  language: Language
}

export function makeOrganization(wanted: NewOrganization): Promise<unknown> {
  return request<unknown>('POST', '/organizations', { body: wanted })
}

/** @param name as a person typed it; the server refuses when it is another organization's */
export function deleteOrganization(id: string, name: string): Promise<OrganizationDeleted> {
  return request<OrganizationDeleted>('DELETE', `/organizations/${encodeURIComponent(id)}`, {
    body: { name },
  })
}
