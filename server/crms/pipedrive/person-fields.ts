import { z } from 'zod'
import type { CrmSession, Feature } from '../contract.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'

/** What a company's own set-up says about reading its persons. No personal data: names of fields and options. */
export const personSetUp = z.object({
  /** codes of the company's own fields that hold telephone numbers */
  phoneFields: z.array(z.string()),
  /** whether records may be shared with a group instead of everybody; undefined: the fields do not say */
  visibilityGroups: z.boolean().optional(),
})
export type PersonSetUp = z.infer<typeof personSetUp>

const fieldsPage = z.object({
  data: z
    .array(
      z.object({
        field_code: z.string(),
        field_type: z.string(),
        is_custom_field: z.boolean().catch(false),
        options: z
          .array(z.object({ id: z.union([z.number(), z.string()]) }))
          .nullish()
          .catch(undefined),
      }),
    )
    .nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
})
type Field = NonNullable<z.infer<typeof fieldsPage>['data']>[number]

/** Reads the fields of persons, usually with one request. */
export async function readPersonSetUp(
  client: Client,
  session: CrmSession,
  feature: Feature,
): Promise<PersonSetUp> {
  const fields: Field[] = []
  let cursor: string | undefined
  do {
    const page = await client(session, {
      endpoint: endpoints.personFields,
      query: { limit: 500, cursor },
      answer: fieldsPage,
      feature,
    })
    fields.push(...(page.data ?? []))
    cursor = page.additional_data?.next_cursor ?? undefined
  } while (cursor !== undefined)
  return setUpFrom(fields)
}

export function setUpFrom(fields: readonly Field[]): PersonSetUp {
  const phoneFields = fields
    .filter((field) => field.is_custom_field && field.field_type === 'phone')
    .map((field) => field.field_code)
  const visibilityGroups = hasGroups(fields.find((field) => field.field_type === 'visible_to'))
  return { phoneFields, ...(visibilityGroups === undefined ? {} : { visibilityGroups }) }
}

/**
 * Companies with visibility groups may choose among four levels (1, 3, 5, 7), all others between two (1, 3).
 * UNVERIFIED for v2 that the field lists its options; v1 did.
 */
function hasGroups(visibility: Field | undefined): boolean | undefined {
  const levels = (visibility?.options ?? []).map(({ id }) => String(id))
  if (levels.includes('7')) return true
  return levels.includes('3') ? false : undefined
}
