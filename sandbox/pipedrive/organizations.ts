import { z } from 'zod'
import { isoSeconds } from '../clock.ts'
import { ok, refused, schemaViolation } from './answers.ts'
import { changedWithin, listQuery, pageOf, read } from './page-of.ts'
import type { Call, Route } from './route.ts'
import { isVisible, type Organization } from './world.ts'

const scopes = ['contacts:read', 'contacts:full']

export const organizationRoutes: Route[] = [
  { version: 2, method: 'GET', template: '/organizations', tokens: 10, scopes, run: list },
  { version: 2, method: 'GET', template: '/organizations/:id', tokens: 1, scopes, run: one },
]

const ListQuery = z.strictObject({
  ...listQuery,
  sort_by: z.enum(['id', 'update_time', 'add_time']).optional(),
})

function list({ company, user, query }: Call) {
  const parsed = read(ListQuery, Object.fromEntries(query))
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const asked = parsed.value
  const found = [...company.organizations.values()].filter(
    (organization) =>
      !organization.is_deleted &&
      isVisible(organization, user, company) &&
      changedWithin(organization, asked) &&
      (asked.ids === undefined || asked.ids.includes(organization.id)) &&
      (asked.owner_id === undefined || asked.owner_id === organization.owner_id),
  )
  const page = pageOf(found, asked)
  if (page === undefined) return schemaViolation('cursor: invalid')
  return ok(page.items.map(organizationWire), { additional_data: { next_cursor: page.next_cursor } })
}

function one({ company, user, params }: Call) {
  const organization = company.organizations.get(Number(params['id']))
  if (organization === undefined || organization.is_deleted || !isVisible(organization, user, company)) {
    return refused(404, 'Organization not found')
  }
  return ok(organizationWire(organization))
}

function organizationWire(organization: Organization) {
  return {
    id: organization.id,
    name: organization.name,
    owner_id: organization.owner_id,
    add_time: isoSeconds(organization.add_time),
    update_time: isoSeconds(organization.update_time),
    is_deleted: organization.is_deleted,
    visible_to: organization.visible_to,
    address: organization.address === null ? null : { value: organization.address },
    label_ids: [],
    website: null,
    linkedin: null,
    industry: null,
    annual_revenue: null,
    employee_count: null,
    custom_fields: {},
  }
}

/** `data` of an organization webhook. */
export function organizationHookData(organization: Organization): Record<string, unknown> {
  return {
    id: organization.id,
    name: organization.name,
    address: organization.address,
    country_code: null,
    owner_id: organization.owner_id,
    label: null,
    picture_id: null,
    visible_to: String(organization.visible_to),
    add_time: isoSeconds(organization.add_time),
    update_time: isoSeconds(organization.update_time),
    custom_fields: {},
  }
}
