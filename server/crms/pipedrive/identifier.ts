import { z } from 'zod'
import { failed } from '../../failure.ts'

/** An id as Pipedrive writes it: a number in its API, text in its webhooks. Text inside. */
export const identifier = z.union([z.number().int(), z.string().min(1)]).transform(String)

/** Pipedrive's API wants numbers where we hold text. @throws {RingfenceError} `invalid-input` */
export function toInteger(id: string, field: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : failed({ code: 'invalid-input', field, rule: 'integer' })
}
