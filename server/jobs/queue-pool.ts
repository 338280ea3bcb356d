import pg from 'pg'
import { isConnectionLoss } from '../database/connections.ts'

/**
 * The connections of the job queue, which stand it that the database goes away.
 *
 * graphile-worker tells the database of a job's end without waiting for the answer, so an error there is caught by
 * nobody and would end the process; and those it takes for passing it repeats for hours, which holds up a stop. While
 * the database is away it therefore hears that there is nothing: no job to do, no row changed. A job whose end was lost
 * this way is freed by `Jobs`. Before it works (`working`), while it makes its tables, errors are errors.
 */
export class QueuePool extends pg.Pool {
  working = false

  constructor(config: pg.PoolConfig) {
    super(config)
    this.on('error', () => undefined) // an idle connection was cut; the pool makes another
    this.on('connect', (client) => {
      client.on('error', () => undefined) // whoever uses it hears of it by the statement
      this.#forgive(client)
    })
  }

  // With a callback it is the queue's listening connection, which has its own way of coming back.
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback)
      return undefined
    }
    return super.connect().catch((error: unknown) => {
      if (this.working && isConnectionLoss(error)) return absent
      throw error
    })
  }

  #forgive(client: pg.PoolClient): void {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    const forgiving = (...given: unknown[]): unknown => {
      const result = query(...given)
      if (!(result instanceof Promise)) return result
      return result.catch((error: unknown) => {
        if (this.working && isConnectionLoss(error)) return nothing
        throw error
      })
    }
    client.query = forgiving as typeof client.query
  }
}

const nothing = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] }

/** In place of a connection that cannot be made. */
const absent = { query: async () => nothing, release: () => undefined } as unknown as pg.PoolClient
