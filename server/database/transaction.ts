import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { RingfenceError } from '../failure.ts'

// biome-ignore lint/suspicious/noExplicitAny: what pg itself accepts as a parameter
export type Value = any

/** Statements inside one transaction of one database. Values never become SQL text. */
export interface Db {
  /** Sends and waits for the rows. Statements sent without waiting in between share a round trip. */
  rows<R extends object>(sql: string, values?: readonly Value[]): Promise<R[]>
  /** The only row, or undefined. */
  row<R extends object>(sql: string, values?: readonly Value[]): Promise<R | undefined>
  /** Sends without waiting: what goes wrong is thrown at the commit, which shares the round trip. */
  send(sql: string, values?: readonly Value[]): void
}

/**
 * Runs `fn` in one transaction on a pipelined connection: `begin` travels with the first statements and `commit` with
 * the last ones, so a function that waits once costs two round trips.
 */
export async function inTransaction<T>(
  client: pg.Client,
  fn: (db: Db) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  // What went well is let go: a transaction that reads everything must not hold everything.
  const sent = new Set<Promise<unknown>>()
  const gather = gatheredWrites(client)
  let over = false
  const query = (sql: string, values: readonly Value[] = []): Promise<pg.QueryResult> => {
    // It would stand alone, on a connection that belongs to somebody else by then.
    if (over) throw new Error('a statement was sent after its transaction')
    gather()
    const result = client.query({
      text: sql,
      values: values as Value[],
      ...(values.length > 0 ? { name: nameOf(sql) } : {}),
    })
    // Whoever waits gets the error too; this only keeps Node from calling it unhandled in between.
    result.then(
      () => sent.delete(result),
      () => undefined,
    )
    sent.add(result)
    return result
  }
  query(begin)
  const db: Db = {
    rows: async (sql, values) => (await query(sql, values)).rows,
    row: async (sql, values) => (await query(sql, values)).rows[0],
    send: (sql, values) => void query(sql, values),
  }
  try {
    const result = await fn(db)
    const commit = query('commit')
    over = true
    await Promise.all(sent)
    // PostgreSQL answers a commit of a failed transaction with "ROLLBACK" and no error.
    if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back')
    return result
  } catch (error) {
    over = true
    const settled = await Promise.allSettled(sent)
    await client.query('rollback').catch(() => undefined)
    throw causeOf(error, settled)
  }
}

/** What comes after a statement that failed is refused (25P02); the reason is the statement nobody has waited for yet. */
function causeOf(error: unknown, settled: readonly PromiseSettledResult<unknown>[]): unknown {
  if (stateOf(error) !== '25P02') return error
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  return failures.find((reason) => stateOf(reason) !== '25P02') ?? error
}

const stateOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code

const mostAttempts = 4

/**
 * Runs a transaction, and again where PostgreSQL has undone it so that another could go on: a deadlock (40P01), or a change
 * that would not have been as if one came after the other (40001). Nothing of it has happened. What it does outside of its
 * database it does again (a job is queued under its key, a file is begun anew), so each has to stand being run twice.
 * The order of locks (docs/the-order-of-locks.md) keeps this rare; it is the net below.
 * @throws RingfenceError `database-away` where it was undone each time: whoever asked asks again later
 */
export async function untilDone<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (!['40P01', '40001'].includes(String(stateOf(error)))) throw error
      if (attempt === mostAttempts) throw new RingfenceError({ code: 'database-away' }, error)
      await sleep(Math.random() * 20 * attempt) // those who were in each other's way do not meet again
    }
  }
}

/**
 * Statements sent in one turn of the event loop leave in one write: a write of its own for each costs more than the
 * statement does, here and in the server, which would be woken for each.
 */
function gatheredWrites(client: pg.Client): () => void {
  let gathering = false
  return () => {
    if (gathering) return
    gathering = true
    const { stream } = client.connection
    stream.cork()
    process.nextTick(() => {
      gathering = false
      stream.uncork()
    })
  }
}

const names = new Map<string, string>()

/** Parameterised statements are prepared once per connection, under a short name that belongs to their text. */
function nameOf(sql: string): string {
  let name = names.get(sql)
  if (!name) {
    name = `s${names.size}`
    names.set(sql, name)
  }
  return name
}

/**
 * Did row security refuse the row? A right that is missing has the same SQLSTATE, 42501, and is a defect: PostgreSQL tells
 * them apart by the routine that refused, which no language setting translates.
 */
export function isRefusedRow(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown }
  return code === '42501' && routine === 'ExecWithCheckOptions'
}
