import { z } from 'zod'
import { isoSeconds } from '../clock.ts'
import type { Needle } from '../needle.ts'
import { ok, refused, schemaViolation } from './answers.ts'
import { changedWithin, listQuery, pageOf, read, truth, where, wholeNumber } from './page-of.ts'
import type { Call, Route } from './route.ts'
import { type Company, type ContactPoint, isVisible, type Person } from './world.ts'

const readScopes = ['contacts:read', 'contacts:full']
const writeScopes = ['contacts:full']

export const personRoutes: Route[] = [
  { version: 2, method: 'GET', template: '/persons', tokens: 10, scopes: readScopes, run: list },
  {
    version: 2,
    method: 'GET',
    template: '/persons/search',
    tokens: 20,
    scopes: [...readScopes, 'search:read'],
    search: true,
    run: search,
  },
  { version: 2, method: 'GET', template: '/persons/:id', tokens: 1, scopes: readScopes, run: one },
  { version: 2, method: 'POST', template: '/persons', tokens: 5, scopes: writeScopes, run: create },
  { version: 2, method: 'PATCH', template: '/persons/:id', tokens: 5, scopes: writeScopes, run: patch },
  { version: 2, method: 'DELETE', template: '/persons/:id', tokens: 3, scopes: writeScopes, run: remove },
  {
    version: 2,
    method: 'GET',
    template: '/personFields',
    tokens: 10,
    scopes: [...readScopes, 'admin', 'contact-fields:full'],
    run: fields,
  },
]

const ListQuery = z.strictObject({
  ...listQuery,
  org_id: wholeNumber.optional(),
  deal_id: wholeNumber.optional(),
  sort_by: z.enum(['id', 'update_time', 'add_time']).optional(),
})

function list({ pipedrive, company, user, query }: Call) {
  const parsed = read(ListQuery, Object.fromEntries(query))
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const asked = parsed.value
  const found = where(
    company.persons.values(),
    (person) =>
      !person.is_deleted &&
      isVisible(person, user, company) &&
      changedWithin(person, asked) &&
      (asked.ids === undefined || asked.ids.includes(person.id)) &&
      (asked.owner_id === undefined || asked.owner_id === person.owner_id) &&
      (asked.org_id === undefined || asked.org_id === person.org_id) &&
      asked.deal_id === undefined,
  )
  const page = pageOf(found, asked)
  if (page === undefined) return schemaViolation('cursor: invalid')
  return ok(
    page.items.map((person) => personWire(person, pipedrive.needle)),
    { additional_data: { next_cursor: page.next_cursor } },
  )
}

function one({ pipedrive, company, user, params }: Call) {
  const person = company.persons.get(Number(params['id']))
  if (person === undefined || person.is_deleted || !isVisible(person, user, company)) {
    return refused(404, 'Person not found')
  }
  return ok(personWire(person, pipedrive.needle))
}

const point = z.strictObject({
  value: z.string(),
  label: z.string().optional(),
  primary: z.boolean().optional(),
})
const points = z
  .array(point)
  .refine((items) => items.filter((item) => item.primary === true).length <= 1, 'more than one primary')

const personInput = {
  name: z.string().min(1).optional(),
  first_name: z.string().min(1).optional(),
  last_name: z.string().optional(),
  owner_id: z.number().int().optional(),
  org_id: z.number().int().nullable().optional(),
  add_time: z.string().optional(),
  emails: points.optional(),
  phones: points.optional(),
  visible_to: z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(7)]).optional(),
  label_ids: z.array(z.number().int()).optional(),
  custom_fields: z.record(z.string(), z.unknown()).optional(),
}
/** Input of POST and PATCH; also what the sandbox's control takes. */
export const PersonInput = z.strictObject(personInput)
export type PersonInput = z.input<typeof PersonInput>

function create({ pipedrive, company, user, json }: Call) {
  const parsed = read(PersonInput, json)
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const input = parsed.value
  const named = input.name !== undefined || (input.first_name !== undefined && input.last_name !== undefined)
  if (!named) return schemaViolation('name: required')
  const missing = missingLink(company, input)
  if (missing !== undefined) return refused(404, missing)
  const person = pipedrive.putPerson(company, { owner_id: user.id, ...input }, { by: user.id, source: 'api' })
  return ok(personWire(person, pipedrive.needle))
}

function patch({ pipedrive, company, user, params, json }: Call) {
  const person = company.persons.get(Number(params['id']))
  if (person === undefined || person.is_deleted || !isVisible(person, user, company)) {
    return refused(404, 'Person not found')
  }
  const parsed = read(PersonInput, json)
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const missing = missingLink(company, parsed.value)
  if (missing !== undefined) return refused(404, missing)
  const { phones } = parsed.value
  const added = phones?.map((item) => ({ ...item, primary: false }))
  const input =
    added && pipedrive.settings.patchAddsToLists
      ? { ...parsed.value, phones: [...person.phones, ...added] }
      : parsed.value
  pipedrive.changePerson(company, person, input, { by: user.id, source: 'api' })
  return ok(personWire(person, pipedrive.needle))
}

function remove({ pipedrive, company, user, params }: Call) {
  const person = company.persons.get(Number(params['id']))
  if (person === undefined || person.is_deleted || !isVisible(person, user, company)) {
    return refused(404, 'Person not found')
  }
  pipedrive.removePerson(company, person, { by: user.id, source: 'api' })
  return ok({ id: person.id })
}

function missingLink(
  company: Company,
  input: { org_id?: number | null | undefined; owner_id?: number | undefined },
): string | undefined {
  if (input.org_id != null && company.organizations.get(input.org_id)?.is_deleted !== false) {
    return 'Organization not found'
  }
  if (input.owner_id !== undefined && !company.users.has(input.owner_id)) return 'User not found'
  return undefined
}

const SearchQuery = z.strictObject({
  term: z.string().min(1),
  fields: z.string().optional(),
  exact_match: truth.optional(),
  organization_id: wholeNumber.optional(),
  include_fields: z.string().optional(),
  limit: listQuery.limit,
  cursor: z.string().optional(),
})
const searchFields = ['name', 'email', 'phone', 'notes', 'custom_fields']

function search({ pipedrive, company, user, query }: Call) {
  const parsed = read(SearchQuery, Object.fromEntries(query))
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const { term, exact_match: exact = false, ...asked } = parsed.value
  if (!exact && term.length < 2) return schemaViolation('term: at least 2 characters')
  const fields = asked.fields?.split(',') ?? searchFields
  if (fields.some((field) => !searchFields.includes(field))) return schemaViolation('fields: not allowed')
  const found = [...company.persons.values()].filter(
    (person) =>
      !person.is_deleted &&
      isVisible(person, user, company) &&
      (asked.organization_id === undefined || asked.organization_id === person.org_id) &&
      searchable(person, fields, pipedrive.needle).some(({ text, phone }) =>
        fits(text, term, { exact, digitsToo: phone && pipedrive.settings.searchIgnoresFormatting }),
      ),
  )
  const page = pageOf(found, asked)
  if (page === undefined) return schemaViolation('cursor: invalid')
  const items = page.items.map((person) => ({
    result_score: 0.5092,
    item: searchItem(person, company, pipedrive.needle),
  }))
  return ok({ items }, { additional_data: { next_cursor: page.next_cursor } })
}

function searchable(person: Person, fields: string[], needle: Needle): { text: string; phone: boolean }[] {
  const texts: { text: string; phone: boolean }[] = []
  if (fields.includes('name')) texts.push({ text: needle.name(person.name), phone: false })
  if (fields.includes('email')) {
    texts.push(...person.emails.map(({ value }) => ({ text: needle.email(value), phone: false })))
  }
  if (fields.includes('phone'))
    texts.push(...person.phones.map(({ value }) => ({ text: value, phone: true })))
  if (fields.includes('custom_fields')) {
    for (const value of Object.values(person.custom_fields)) {
      if (typeof value === 'string') texts.push({ text: value, phone: false })
    }
  }
  return texts
}

function fits(text: string, term: string, how: { exact: boolean; digitsToo: boolean }): boolean {
  const wanted = term.toLowerCase()
  const given = text.toLowerCase()
  if (how.exact) return given === wanted
  if (given.includes(wanted)) return true
  const digits = wanted.replace(/\D/g, '')
  return how.digitsToo && digits.length >= 2 && given.replace(/\D/g, '').includes(digits)
}

function searchItem(person: Person, company: Company, needle: Needle) {
  const organization = person.org_id === null ? undefined : company.organizations.get(person.org_id)
  return {
    id: person.id,
    type: 'person',
    name: needle.name(person.name),
    phones: person.phones.map(({ value }) => value),
    emails: person.emails.map(({ value }) => needle.email(value)),
    visible_to: person.visible_to,
    owner: { id: person.owner_id },
    organization:
      organization === undefined
        ? null
        : { id: organization.id, name: organization.name, address: organization.address },
    custom_fields: [],
    notes: [],
  }
}

function fields({ company, query }: Call) {
  const parsed = read(
    z.strictObject({
      limit: listQuery.limit,
      cursor: z.string().optional(),
      include_fields: z.string().optional(),
    }),
    Object.fromEntries(query),
  )
  if ('wrong' in parsed) return schemaViolation(parsed.wrong)
  const numbered = company.personFields.map((field, i) => ({
    field,
    id: i + 1,
    update_time: 0,
    add_time: 0,
  }))
  const page = pageOf(numbered, parsed.value)
  if (page === undefined) return schemaViolation('cursor: invalid')
  return ok(
    page.items.map(({ field }) => ({
      ...field,
      options: field.options ?? null,
      subfields: null,
      is_optional_response_field: false,
    })),
    { additional_data: { next_cursor: page.next_cursor } },
  )
}

/** Labels default to `work`; without a primary entry the first becomes it. */
export function contactPoints(input: z.output<typeof points> | undefined): ContactPoint[] {
  if (input === undefined) return []
  const anyPrimary = input.some((item) => item.primary === true)
  return input.map((item, i) => ({
    value: item.value,
    label: item.label ?? 'work',
    primary: anyPrimary ? item.primary === true : i === 0,
  }))
}

/** Splits a full name as Pipedrive shows it: the last word is the last name. */
export function splitName(name: string): { first_name: string; last_name: string | null } {
  const space = name.lastIndexOf(' ')
  return space < 0
    ? { first_name: name, last_name: null }
    : { first_name: name.slice(0, space), last_name: name.slice(space + 1) }
}

function shown(person: Person, needle: Needle) {
  return {
    id: person.id,
    ...(needle.word === undefined
      ? { name: person.name, first_name: person.first_name, last_name: person.last_name }
      : { name: needle.name(person.name), ...splitName(needle.name(person.name)) }),
    org_id: person.org_id,
    owner_id: person.owner_id,
    phones: person.phones,
    emails: person.emails.map((email) => ({ ...email, value: needle.email(email.value) })),
    add_time: isoSeconds(person.add_time),
    update_time: isoSeconds(person.update_time),
    custom_fields: person.custom_fields,
  }
}

/** A person as REST v2 shows it. */
export function personWire(person: Person, needle: Needle) {
  return {
    ...shown(person, needle),
    is_deleted: person.is_deleted,
    visible_to: person.visible_to,
    label_ids: person.label_ids,
    picture_id: null,
  }
}

/** A person as webhooks v2 show it: `visible_to` is a string and `label` stands for `label_ids`. */
export function personHookData(person: Person, needle: Needle): Record<string, unknown> {
  return {
    ...shown(person, needle),
    label: person.label_ids[0] ?? null,
    visible_to: String(person.visible_to),
  }
}
