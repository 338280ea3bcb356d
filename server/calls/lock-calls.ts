import type { Db } from '../database/transaction.ts'

/**
 * Locks calls until the transaction ends, before anything that hangs on them is written or locked: a log, a note, a deal,
 * a recording (docs/the-order-of-locks.md). Several at once in the order of their ids. Nothing is waited for here: it
 * travels with the statement that comes next.
 */
export function lockCalls(db: Db, ids: readonly string[]): void {
  db.send('select from calls where id = any($1) order by id for no key update', [ids])
}
