import type { Db } from './transaction.ts'

/** The installation's own time, of this transaction. */
export async function nowIn(db: Db): Promise<Date> {
  const row = await db.row<{ now: Date }>('select ringfence.now() as now')
  if (!row) throw new Error('unreachable: a select without a table has a row')
  return row.now
}
