import { z } from 'zod'
import { type AddressForm, addressFormNames } from './address-forms.ts'

const piece = String.raw`(?:[\w.~:@-]+|\{[a-z][a-z ]*\})`
const operation = z
  .string()
  .regex(new RegExp(`^(?:MESSAGE|(?:GET|HEAD|POST|PUT|PATCH|DELETE) (?:(?:/${piece})+/?|/))$`))
/** `?limit={count}`, `?status=open|won`, `(file)`, `file=(file)`, or a path in a form or in JSON. */
const name = String.raw`[^\s:,?=|{}()]+`
const inQuery = String.raw`\?${name}=(?:\{[a-z][a-z ]*\}|[\w.-]+(?:\|[\w.-]+)*)`
const field = z.string().regex(new RegExp(`^(?:${inQuery}|(?:${name}=)?\\(file\\)|${name})$`))
export const sentOperations = z.record(operation, z.array(field).readonly()).readonly()
export const sentIds = z.record(z.string().regex(/^[a-z][a-z ]*$/), z.enum(addressFormNames)).readonly()

/** One line for each operation: "GET /api/v2/persons/{person id}", and every field that is sent with it. */
export type SentOperations = z.infer<typeof sentOperations>
/** Which ids stand in addresses, and how they are written. */
export type SentIds = z.infer<typeof sentIds>

/** What one recipient is sent, and nothing else. It stands beside the adapter that sends it. */
export interface SentFields {
  /** as it is called among the recipients of `policy/` */
  readonly recipient: string
  readonly operations: SentOperations
  readonly ids: SentIds
}

/**
 * An operation is a method and the whole path below the address of the recipient's API. What stands in braces is an id of
 * `ids` or one of the forms of `address-forms.ts`. A field is named as it is written on the wire: `?limit={count}` in the
 * query, with what it may hold, or `?status=open|won` with what it may say; in a form by its name; in JSON by its path,
 * `phones[].value` for what stands in each item of a list. `(file)` is a recording as it comes, `file=(file)` the same as a
 * part of that name. `MESSAGE` is whatever is said over a WebSocket.
 *
 * @throws {Error} where a form is not known, or an id is used nowhere
 */
export function declareSent(recipient: string, operations: SentOperations, ids: SentIds = {}): SentFields {
  const sent = { recipient, operations: sentOperations.parse(operations), ids: sentIds.parse(ids) }
  const fault = faultInSent(sent)
  if (fault !== undefined) throw new Error(`policy: what ${recipient} is sent ${fault}`)
  return sent
}

/** What is wrong with it beside its spelling, as the end of a sentence; undefined: nothing. */
export function faultInSent({ operations, ids }: Omit<SentFields, 'recipient'>): string | undefined {
  const used = new Set(Object.entries(operations).flatMap((one) => placeholdersIn(one.flat().join(' '))))
  const strange = [...used].find((one) => formOf(ids, one) === undefined)
  if (strange !== undefined) return `names {${strange}} in an address, which is neither an id nor a form`
  const idle = Object.keys(ids).find((id) => !used.has(id))
  return idle && `declares an id that stands in no address, "${idle}"`
}

export const placeholdersIn = (text: string): string[] =>
  [...text.matchAll(/\{([^}]*)\}/g)].map(([, inner]) => inner ?? '')

/** An id that is called like a form is that id. */
export function formOf(ids: SentIds, placeholder: string): AddressForm | undefined {
  return ids[placeholder] ?? addressFormNames.find((one) => one === placeholder)
}

/** Every field of it as one text, see `field-list.ts`. */
export function spelledSent({ recipient, operations, ids }: SentFields): string[] {
  return [
    ...Object.entries(operations).flatMap(([operation, fields]) => [
      sentField(recipient, operation),
      ...fields.map((field) => sentField(recipient, operation, field)),
    ]),
    ...Object.keys(ids).map((id) => sentId(recipient, ids, id)),
  ]
}

/** "sent to Pipedrive, POST /api/v2/persons: name", or without `field` that it is asked at all. */
export const sentField = (recipient: string, operation: string, field?: string): string =>
  `sent to ${recipient}, ${operation}${field === undefined ? '' : `: ${field}`}`

/** "sent to Pipedrive, {person id}: digits". Written otherwise it is another field. */
export const sentId = (recipient: string, ids: SentIds, id: string): string =>
  sentField(recipient, `{${id}}`, ids[id])
