import { failureOf } from '../failure.ts'
import { callHourLivesHours } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { HourKey } from './schema.ts'
import { keyFieldOf } from './schema.ts'
import { readable } from './structure.ts'
import { type Column, fieldOf, type Table } from './tables.ts'

const hourMs = 3_600_000

/** A row as it is read: what is clear, and the sealed and hashed columns beside it. */
export type ReadRow = { row: Record<string, unknown> } & Record<string, unknown>

/** SQL for the rows of a table. @param condition names out of the catalogue and places for values only */
export function selectOf(table: Table, columns: readonly Column[], condition = 'true'): string {
  const beside = columns.filter(({ form }) => form !== 'clear')
  const dropped = table.columns.filter(
    ({ form, name }) => form !== 'clear' || !columns.some((one) => one.name === name),
  )
  const drop = dropped.length > 0 ? ` - array[${dropped.map(({ name }) => `'${name}'`).join(', ')}]` : ''
  const read = beside.map(({ name, form }) =>
    form === 'hash' ? `(t.${name} is not null) as "${name}"` : `t.${name} as "${name}"`,
  )
  const order = table.key.length > 0 ? ` order by ${table.key.map((name) => `t.${name}`).join(', ')}` : ''
  return `select ${[`to_jsonb(t)${drop} as row`, ...read].join(', ')} from ${table.name} t where ${condition}${order}`
}

export interface Opening {
  organization: Organization
  /** takes credentials out of a connection's settings */
  withoutSecrets(row: Record<string, unknown>, settings: unknown): unknown
  now: number
}

/**
 * A row as a line of the archive.
 * @returns undefined when its time has run out since it was read
 * @throws RingfenceError `unreadable`
 */
export function lineOf(
  table: Table,
  columns: readonly Column[],
  read: ReadRow,
  opening: Opening,
): Record<string, unknown> | undefined {
  const { row } = read
  const line: Record<string, unknown> = {}
  for (const column of columns) {
    const { name, form } = column
    if (form === 'clear') line[name] = row[name] ?? null
    else if (form === 'hash') line[name] = read[name] === true ? true : null
    else {
      const sealed = read[name] as Buffer | null
      if (sealed === null) line[fieldOf(column)] = null
      else {
        const opened = openedOf(table, column, { row, sealed }, opening)
        if (opened === undefined) return undefined
        Object.assign(line, opened)
      }
    }
  }
  return line
}

function openedOf(
  table: Table,
  column: Column,
  { row, sealed }: { row: Record<string, unknown>; sealed: Buffer },
  { organization, withoutSecrets, now }: Opening,
): Record<string, unknown> | undefined {
  const name = `${table.name}.${column.name}`
  const place = { table: table.name, column: column.name, row: String(row[table.key[0] ?? 'id']) }
  try {
    const value = readable(name, organization.keys.open(place, sealed))
    if (isOver(name, value, now)) return undefined
    const field = fieldOf(column)
    const key = column.byHour ? organization.keys.keyOf(sealed) : undefined
    return {
      [field]: name === 'connections.settings_sealed' ? withoutSecrets(row, value) : value,
      ...(key && 'hour' in key
        ? {
            [keyFieldOf(column)]: {
              by: key.by,
              hour: new Date(key.hour * hourMs).toISOString(),
            } satisfies HourKey,
          }
        : {}),
    }
  } catch (error) {
    const expiresAt = row['expires_at']
    const isDue = typeof expiresAt === 'string' && Date.parse(expiresAt) <= now
    if (failureOf(error)?.code === 'unreadable' && isDue) return undefined
    throw error
  }
}

/** `expires_at` is rounded up to the hour; what a call says of itself has had its week to the minute. */
function isOver(name: string, value: unknown, now: number): boolean {
  if (name !== 'calls.facts_sealed') return false
  const { endBase } = value as { endBase?: string }
  return endBase !== undefined && Date.parse(endBase) + callHourLivesHours * hourMs <= now
}
