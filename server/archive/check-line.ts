import { type Declaration, keptHours } from '../../policy/index.ts'
import { hourOf } from '../keys/contract.ts'
import { hourKeyDiesAt } from '../keys/hours.ts'
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
export function isAlive(
  { leftOut, kinds, now }: Into,
  { table, columns, path }: TableIn,
  line: Line,
): boolean {
  const expiresAt = line['expires_at']
  if (typeof expiresAt !== 'string') return true
  const ends = Date.parse(expiresAt)
  if (ends <= now) {
    leftOut.timeOver += 1
    return false
  }
  const hours = kinds.flatMap((kind) =>
    kind.database === 'organization' && 'hours' in kind.keep && isOf(kind, table) ? [keptHours(kind)] : [],
  )
  const tooLong = hours.length > 0 && !(ends <= now + (Math.max(...hours) + 1) * hourMs)
  const keys = columns.flatMap((column) => line[keyFieldOf(column)] ?? []) as HourKey[]
  const outlives = keys.some((key) => diesAt(key) > ends + hourMs)
  if (tooLong || outlives)
    refuse(`${path} of this export holds rows that would be kept longer than the policy lets them.`)
  if (keys.every((key) => diesAt(key) > now)) return true
  leftOut.timeOver += 1
  return false
}

const isOf = ({ columns }: Declaration, { name }: Table) =>
  Object.keys(columns).some((column) => column.startsWith(`${name}.`))
const diesAt = ({ by, hour }: HourKey): number => hourKeyDiesAt(by, hourOf(Date.parse(hour)))
