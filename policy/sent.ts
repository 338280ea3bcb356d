import { z } from 'zod'

const operation = z.string().regex(/^(?:GET|HEAD|POST|PUT|PATCH|DELETE) (?:\/?[\w.{}~-]+)+\/?$/)
const field = z.string().regex(/^[^\s:,]+$/)
export const sentOperations = z.record(operation, z.array(field).readonly()).readonly()

/** "POST /api/v2/persons": the end of the address, `{id}` for one identifier in it; and every field that is sent with it. */
export type SentOperations = z.infer<typeof sentOperations>

/** What one recipient is sent, and nothing else. It stands beside the adapter that sends it. */
export interface SentFields {
  /** as it is called among the recipients of `policy/` */
  readonly recipient: string
  readonly operations: SentOperations
}

/**
 * A field is named as it is written on the wire: in the query, in a form, and in JSON as a path, `phones[].value` for what
 * stands in each item of a list. `(file)` is a recording as it comes.
 */
export function declareSent(recipient: string, operations: SentOperations): SentFields {
  return { recipient, operations: sentOperations.parse(operations) }
}

/** Every field of it as one text, see `field-list.ts`. */
export function spelledSent({ recipient, operations }: SentFields): string[] {
  return Object.entries(operations).flatMap(([operation, fields]) => [
    sentField(recipient, operation),
    ...fields.map((field) => sentField(recipient, operation, field)),
  ])
}

/** "sent to Pipedrive, POST /api/v2/persons: name", or without `field` that it is asked at all. */
export const sentField = (recipient: string, operation: string, field?: string): string =>
  `sent to ${recipient}, ${operation}${field === undefined ? '' : `: ${field}`}`
