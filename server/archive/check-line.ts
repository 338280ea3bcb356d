import { type Declaration, keptHours } from '../../policy/index.ts'
import { hourOf } from '../keys/contract.ts'
import { hourKeyDiesAt } from '../keys/hours.ts'
import { tablesOf } from '../privacy/row-security.ts'
import type { Into, TableIn } from './import-types.ts'
import { refuse } from './manifest.ts'
import type { Line } from './rebuild.ts'
import { type HourKey, keyFieldOf } from './schema.ts'
import type { Table } from './tables.ts'

const hourMs = 3_600_000

/** @returns the line itself: what a schema gives back lacks names such as "__proto__", which a vendor may have given */
export function checked({ schema, path }: TableIn, line: unknown, number: number): Line {
  if (schema.safeParse(line).success) return line as Line
  // The reason would quote names and values.
  return refuse(`${path} of this export does not fit its schema in line ${number}.`)
}

/** A row ends when it would have ended, and none later than the policy lets it. */
export function isAlive({ leftOut, now }: Into, { columns, path, mostHours }: TableIn, line: Line): boolean {
  const expiresAt = line['expires_at']
  if (typeof expiresAt !== 'string') return true
  const ends = Date.parse(expiresAt)
  if (ends <= now) {
    leftOut.timeOver += 1
    return false
  }
  const tooLong = mostHours !== undefined && !(ends <= now + (mostHours + 1) * hourMs)
  const keys = columns.flatMap((column) => line[keyFieldOf(column)] ?? []) as HourKey[]
  const outlives = keys.some((key) => diesAt(key) > ends + hourMs)
  if (tooLong || outlives)
    refuse(`${path} of this export holds rows that would be kept longer than the policy lets them.`)
  if (keys.every((key) => diesAt(key) > now)) return true
  leftOut.timeOver += 1
  return false
}

/** How long the policy lets rows of this table be kept at most; undefined: no number of hours ends them. */
export function mostHoursOf({ name }: Table, kinds: readonly Declaration[]): number | undefined {
  const hours = kinds.flatMap((kind) =>
    kind.database === 'organization' && 'hours' in kind.keep && tablesOf([kind]).includes(name)
      ? [keptHours(kind)]
      : [],
  )
  return hours.length > 0 ? Math.max(...hours) : undefined
}

const diesAt = ({ by, hour }: HourKey): number => hourKeyDiesAt(by, hourOf(Date.parse(hour)))
