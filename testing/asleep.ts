import pg from 'pg'
import type { Databases } from './databases.ts'
import type { Node } from './node.ts'
import { until } from './until.ts'

/**
 * Puts a node to sleep in the middle of a transaction. It is made to wait for a table that is held here; once it sleeps the
 * table is let go, so that its connection has every lock it asked for, and nobody who goes on.
 * @param at.statement how the statement begins that has to wait
 * @param begin what makes a node send it; which node that is comes out of it
 */
export async function asleepWithin(
  databases: Databases,
  at: { database: string; table: string; statement: string },
  begin: () => Promise<Node>,
): Promise<void> {
  const holder = new pg.Client({ ...databases.server, database: at.database })
  await holder.connect()
  try {
    await holder.query(`begin; lock table ${at.table} in access exclusive mode`)
    const node = await begin()
    const waiting = await until('the node waits within its transaction', () =>
      sessionsOf(databases, at, `wait_event_type = 'Lock'`),
    )
    node.sleep()
    await holder.query('commit')
    await until('its connection is silent within the transaction', async () =>
      (await sessionsOf(databases, at, `state = 'idle in transaction'`))?.some((pid) =>
        waiting.includes(pid),
      ),
    )
  } finally {
    await holder.end()
  }
}

async function sessionsOf(
  databases: Databases,
  { database, statement }: { database: string; statement: string },
  condition: string,
): Promise<number[] | undefined> {
  const rows = await databases.in<{ pid: number }>(
    'postgres',
    `select pid from pg_stat_activity where datname = $1 and starts_with(query, $2) and ${condition}`,
    [database, statement],
  )
  return rows.length > 0 ? rows.map(({ pid }) => pid) : undefined
}
