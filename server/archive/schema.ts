import { z } from 'zod'
import { isStructure } from './structure.ts'
import { type Column, fieldOf, type Table } from './tables.ts'

/** ISO 8601 with the time zone UTC and up to microseconds; what never ends says so in PostgreSQL's word. */
const instant = z
  .string()
  .regex(/^(?:\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\+00:00|-?infinity)$/)

const clear: Readonly<Record<string, z.ZodType>> = {
  uuid: z.guid(),
  text: z.string(),
  boolean: z.boolean(),
  smallint: z.int(),
  integer: z.int(),
  bigint: z.int(),
  date: z.iso.date(),
  'timestamp with time zone': instant,
  'text[]': z.array(z.string()),
  'uuid[]': z.array(z.guid()),
  jsonb: z.json(),
  bytea: z.string().regex(/^\\x(?:[0-9a-f]{2})*$/),
}

/** By which key of an hour a value is sealed: with its hour it becomes unreadable, in whichever organization. */
const hourKey = z.strictObject({
  by: z.enum(['arrival hour', 'call hour']),
  hour: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:00:00\.000Z$/),
})
export type HourKey = z.infer<typeof hourKey>

export const keyFieldOf = (column: Column): string => `${fieldOf(column)}_key`

/** What a line of a table's file is: made of the catalogue and the declarations, and published with the file. */
export function schemaOf(table: Table, columns: readonly Column[] = table.columns): z.ZodObject {
  return z.strictObject(Object.fromEntries(columns.flatMap((column) => fieldsOf(table, column))))
}

function fieldsOf(table: Table, column: Column): [string, z.ZodType][] {
  const value = checkOf(`${table.name}.${column.name}`, column)
  const field: [string, z.ZodType] = [fieldOf(column), column.notNull ? value : value.nullable()]
  return column.byHour ? [field, [keyFieldOf(column), hourKey.optional()]] : [field]
}

function checkOf(name: string, { form, type }: Column): z.ZodType {
  if (form === 'hash') return z.literal(true)
  if (form === 'opened') return isStructure(name) ? z.json() : z.string()
  // A type that comes tomorrow is carried as PostgreSQL writes it.
  return clear[type] ?? z.json()
}

/** JSON Schema, draft 2020-12. */
export const published = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input' })
