import type { Declaration } from '../../policy/index.ts'
import type { Table } from '../privacy/ends.ts'
import type { Reach } from './facts.ts'

/** Which rows of a table a breach touched. */
export interface Condition {
  sql: string
  values: unknown[]
  /** nothing narrows it: the table's size is the answer */
  all: boolean
}

/** The account, as far as it decides what could be seen. */
export interface Seen {
  userId: string
  /** undefined: every call */
  extensions: readonly string[] | undefined
}

/**
 * How the rows are found that a breach touched: by their time, where they have one, by their connection, and by what an
 * account could see. Rows that hang on others are touched when those are.
 * @returns undefined when none can be
 */
export function conditionOf(
  name: string,
  around: {
    tables: ReadonlyMap<string, Table>
    kinds: readonly Declaration[]
    reach: Reach
    seen: Seen | undefined
  },
): Condition | undefined {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const sql = whereIn(name, around, parameter)
  return sql && { sql: sql.join(' and ') || 'true', values, all: sql.length === 0 }
}

function whereIn(
  name: string,
  around: Parameters<typeof conditionOf>[1],
  parameter: (value: unknown) => string,
): string[] | undefined {
  const { tables, kinds, reach, seen } = around
  const table = tables.get(name)
  if (!table) return undefined
  const parts = timesOf(name, table, kinds, reach, parameter)
  if (reach.connection !== undefined) {
    if (name === 'connections') parts.push(`id = ${parameter(reach.connection)}`)
    else if (table.columns.has('connection_id')) parts.push(`connection_id = ${parameter(reach.connection)}`)
    else return throughParent(parts)
  }
  if (seen?.extensions) {
    if (name === 'calls') parts.push(`rang && ${parameter(seen.extensions)}::text[]`)
    else if (table.parents.some(({ parent }) => parent === 'calls')) return throughParent(parts, 'calls')
  }
  return parts

  function throughParent(own: string[], only?: string): string[] | undefined {
    const tie = table?.parents.find(({ parent }) => only === undefined || parent === only)
    const above = tie && whereIn(tie.parent, around, parameter)
    return (
      above && [
        ...own,
        `${tie.column} in (select ${tie.key} from ${tie.parent} where ${above.join(' and ') || 'true'})`,
      ]
    )
  }
}

/**
 * What was there at that time: made before its end, and not over before its beginning. A row that ends by the clock tells
 * by its end when it began; there is an index on that.
 */
function timesOf(
  name: string,
  { columns }: Table,
  kinds: readonly Declaration[],
  { from, to }: Reach,
  parameter: (value: unknown) => string,
): string[] {
  const parts: string[] = []
  if (columns.has('expires_at')) {
    if (from !== undefined) parts.push(`expires_at > ${parameter(from)}::timestamptz`)
    const hours = kinds.flatMap(({ columns: declared, keep }) =>
      'hours' in keep && Object.keys(declared).some((column) => column.startsWith(`${name}.`))
        ? [keep.hours]
        : [],
    )
    if (to !== undefined && hours.length > 0)
      // an hour more, because ends are rounded up to the full hour
      parts.push(
        `expires_at <= ${parameter(to)}::timestamptz + make_interval(hours => ${parameter(Math.max(...hours) + 1)})`,
      )
  } else if (to !== undefined && columns.has('created_at'))
    parts.push(`created_at <= ${parameter(to)}::timestamptz`)
  return parts
}
