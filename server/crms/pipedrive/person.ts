import { z } from 'zod'
import type { Company, Contact } from '../contract.ts'
import { identifier } from './identifier.ts'
import type { PersonSetUp } from './person-fields.ts'
import { readTime } from './times.ts'

/** A custom field's value: text in the API, `{type, value}` in webhooks. */
const customValue = z.union([
  z.string().transform((value) => ({ type: undefined, value })),
  z.object({ type: z.string().optional(), value: z.string().nullish() }),
])

/** A person as API and webhooks write it, reduced to what the policy declares. */
export const wirePerson = z.object({
  id: identifier,
  name: z.string().nullish(),
  owner_id: identifier.nullish(),
  org_id: identifier.nullish(),
  add_time: z.string().nullish(),
  update_time: z.string().nullish(),
  /** a number in the API, text in webhooks */
  visible_to: z.union([z.number(), z.string()]).nullish(),
  phones: z.array(z.object({ value: z.string().nullish() })).nullish(),
  custom_fields: z.record(z.string(), customValue.optional().catch(undefined)).nullish().catch(undefined),
  is_deleted: z.boolean().nullish(),
})
export type WirePerson = z.infer<typeof wirePerson>

export const wireOrganization = z.object({
  id: identifier,
  name: z.string().nullish(),
  is_deleted: z.boolean().nullish(),
})
export type WireOrganization = z.infer<typeof wireOrganization>

/**
 * @param setUp undefined: the company's fields have not been read yet
 * @param otherwiseUpdatedAt for a person that carries no time of its own
 */
export function contactFrom(
  person: WirePerson,
  setUp: PersonSetUp | undefined,
  otherwiseUpdatedAt: Date = new Date(0),
): Contact {
  const updatedAt = readTime(person.update_time) ?? readTime(person.add_time) ?? otherwiseUpdatedAt
  return {
    externalId: person.id,
    name: person.name ?? '',
    ...(person.org_id == null ? {} : { companyExternalId: person.org_id }),
    ...(person.owner_id == null ? {} : { ownerExternalId: person.owner_id }),
    shared: isShared(person.visible_to, setUp),
    numbers: numbersOf(person, setUp),
    updatedAt: updatedAt.toISOString(),
  }
}

export function companyFrom(organization: WireOrganization): Company {
  return { externalId: organization.id, name: organization.name ?? '' }
}

/**
 * May everybody in the company see the record?
 *
 * 7 is "entire company". 3 is "entire company" too on plans without visibility groups, but "the owner's group" on
 * plans with them, so it counts only where the company's fields do not offer groups. Before they were read, 3 is
 * hidden: a name shown once cannot be taken back, a name hidden is shown after the next reading.
 *
 * @see https://pipedrive.readme.io/docs/core-api-concepts-custom-fields and `visible_to` in Pipedrive's API reference
 */
export function isShared(
  visibleTo: number | string | null | undefined,
  setUp: PersonSetUp | undefined,
): boolean {
  const level = String(visibleTo)
  if (level === '7') return true
  return level === '3' && setUp !== undefined && setUp.visibilityGroups !== true
}

/** As typed, the main field first, nothing twice. An entry may be empty (UNVERIFIED for v2): it is left out. */
function numbersOf(person: WirePerson, setUp: PersonSetUp | undefined): string[] {
  const own = (person.phones ?? []).map(({ value }) => value)
  const custom = Object.entries(person.custom_fields ?? {})
    // a webhook names the type itself, so it can be read before the fields were
    .filter(([code, field]) => field?.type === 'phone' || setUp?.phoneFields.includes(code) === true)
    .map(([, field]) => field?.value)
  const texts = [...own, ...custom].map((value) => value?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(texts)]
}
