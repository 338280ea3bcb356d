import { z } from 'zod'

/** An id: text in the classic methods, a number in the newer ones. Text inside. */
export const identifier = z.union([z.number().int(), z.string().min(1)]).transform(String)

/** One that may be missing; "0" and 0 are how Bitrix24 writes "none". */
export const idOrNone = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(undefined)
  .transform((id) =>
    id === undefined || id === null || `${id}` === '0' || `${id}` === '' ? undefined : `${id}`,
  )

export const textOrNone = z.string().nullish().catch(undefined)

/** PHP writes an object without fields as an empty list. */
export const phpObject = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? {} : value), schema)

/** yes and no, as one method or another writes them */
export const phpBoolean = z
  .union([z.boolean(), z.string(), z.number()])
  .nullish()
  .catch(undefined)
  .transform((value) => value === true || value === 1 || value === 'Y' || value === '1' || value === 'true')

export const resultOf = <T extends z.ZodType>(schema: T) => z.object({ result: schema })

/** One page of a list: fifty at once, `next` on all but the last. */
export const pageOf = <T extends z.ZodType>(schema: T) =>
  z.object({ result: z.array(schema), next: z.coerce.number().int().positive().nullish().catch(undefined) })

/** "2026-11-23T10:00:00+00:00", whole seconds. */
export const toWireTime = (at: Date): string => `${at.toISOString().slice(0, 19)}+00:00`

export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // whoever asked for a shape will not find it in this
  }
}
