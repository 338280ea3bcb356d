import { z } from 'zod'

/** RFC 3339 in whole seconds; v2 refuses fractions. */
export const wholeSeconds = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/, 'must be RFC 3339 without fractions')
  .transform((text, ctx) => {
    const ms = Date.parse(text)
    if (Number.isNaN(ms)) ctx.addIssue({ code: 'custom', message: 'no such time' })
    return ms
  })

export const wholeNumber = z.string().regex(/^\d+$/, 'must be an integer').transform(Number)
export const truth = z.enum(['true', 'false']).transform((text) => text === 'true')
const idList = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'must be a comma-separated list of ids')
  .transform((text) => text.split(',').map(Number))
  .refine((ids) => ids.length <= 100, 'at most 100 ids')

/** The query parameters that every v2 list takes. */
export const listQuery = {
  limit: wholeNumber.refine((limit) => limit >= 1 && limit <= 500, 'must be between 1 and 500').optional(),
  cursor: z.string().optional(),
  ids: idList.optional(),
  filter_id: wholeNumber.optional(),
  owner_id: wholeNumber.optional(),
  updated_since: wholeSeconds.optional(),
  updated_until: wholeSeconds.optional(),
  sort_direction: z.enum(['asc', 'desc']).optional(),
  include_fields: z.string().optional(),
  custom_fields: z.string().optional(),
  include_labels: truth.optional(),
  include_option_labels: truth.optional(),
}

type SortField = 'id' | 'update_time' | 'add_time'
type Sortable = { id: number; update_time: number; add_time: number }
type Marker = { field: SortField; fieldValue: number; sortDirection: 'asc' | 'desc'; id: number }

/** Reads query or body against a schema; a string tells the first thing wrong. */
export function read<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { value: z.output<T> } | { wrong: string } {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const issue = result.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  return { wrong: path === '' ? (issue?.message ?? 'invalid') : `${path}: ${issue?.message}` }
}

/** Filters by the time of the last change: `updated_since` inclusive, `updated_until` exclusive, in whole seconds. */
export function changedWithin(
  entry: { update_time: number },
  query: { updated_since?: number | undefined; updated_until?: number | undefined },
): boolean {
  const second = Math.floor(entry.update_time / 1000) * 1000
  if (query.updated_since !== undefined && second < query.updated_since) return false
  return query.updated_until === undefined || second < query.updated_until
}

/** The entries that fit, one after the other, so that a page of a long list need not look at all of it. */
export function* where<T>(entries: Iterable<T>, fits: (entry: T) => boolean): Generator<T> {
  for (const entry of entries) if (fits(entry)) yield entry
}

/**
 * One page of a keyset walk. `next_cursor` is null at the end. Undefined when the cursor is none of ours.
 */
export function pageOf<T extends Sortable>(
  entries: Iterable<T>,
  query: {
    limit?: number | undefined
    cursor?: string | undefined
    sort_by?: string | undefined
    sort_direction?: 'asc' | 'desc' | undefined
  },
): { items: T[]; next_cursor: string | null } | undefined {
  const marker = query.cursor === undefined ? undefined : readMarker(query.cursor)
  if (query.cursor !== undefined && marker === undefined) return undefined
  const field = marker?.field ?? sortField(query.sort_by)
  const sign = (marker?.sortDirection ?? query.sort_direction ?? 'asc') === 'asc' ? 1 : -1
  const compare = (a: Sortable, b: Sortable) => sign * (a[field] - b[field] || a.id - b.id)
  const after = marker && { id: marker.id, update_time: 0, add_time: 0, [marker.field]: marker.fieldValue }
  const limit = query.limit ?? 100
  // Entries are kept in the order of their ids, so that the usual walk needs no sorting.
  const sorted = field === 'id' && sign === 1 ? entries : [...entries].sort(compare)
  const rest: T[] = []
  for (const entry of sorted) {
    if (after !== undefined && compare(entry, after) <= 0) continue
    rest.push(entry)
    if (rest.length > limit) break
  }
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  if (last === undefined || rest.length <= limit) return { items, next_cursor: null }
  const next: Marker = {
    field,
    fieldValue: last[field],
    sortDirection: sign === 1 ? 'asc' : 'desc',
    id: last.id,
  }
  return { items, next_cursor: Buffer.from(JSON.stringify(next)).toString('base64url') }
}

function sortField(text: string | undefined): SortField {
  return text === 'update_time' || text === 'add_time' ? text : 'id'
}

const Marker = z.strictObject({
  field: z.enum(['id', 'update_time', 'add_time']),
  fieldValue: z.number(),
  sortDirection: z.enum(['asc', 'desc']),
  id: z.number(),
})

function readMarker(cursor: string): Marker | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const result = Marker.safeParse(json)
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
