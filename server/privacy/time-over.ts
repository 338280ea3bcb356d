import { type Declaration, inForce } from '../../policy/index.ts'
import type { Db } from '../database/transaction.ts'
import { expiringTables, tablesOf } from './row-security.ts'

/** The sweep runs every hour, a minute past; a missed one is made up for by the next. */
const sweepHours = 2
/** `expires_at` is rounded up to the hour; a call's end may be told up to a day late, and counts from its arrival then. */
const roundedHours = 1

/** Rows that the sweep should have taken, and rows that are to stay longer than any kind in their table may. */
export async function overdue(
  db: Db,
  database: 'organization' | 'control',
  from: readonly Declaration[] = inForce().kinds,
): Promise<string[]> {
  const told: string[] = []
  for (const table of expiringTables(database, from)) {
    const kinds = from.filter((kind) => kind.database === database && tablesOf([kind]).includes(table))
    const longest = Math.max(...kinds.map(({ keep }) => ('hours' in keep ? keep.hours : 0)))
    // A table may also hold a kind that no clock ends.
    const bounded = kinds.every(({ keep }) => 'hours' in keep)
    const row = await db.row<{ late: string; long: string }>(
      `select count(*) filter (where expires_at <= ringfence.now() - make_interval(hours => $1)) as late,
              count(*) filter (where expires_at > ringfence.now() + make_interval(hours => $2)) as long
       from ${table}`,
      [sweepHours, longest + roundedHours],
    )
    if (Number(row?.late) > 0) told.push(`${table} holds ${row?.late} rows whose time is over`)
    if (bounded && Number(row?.long) > 0)
      told.push(`${table} holds ${row?.long} rows that would stay longer than ${longest} hours`)
  }
  return told
}
