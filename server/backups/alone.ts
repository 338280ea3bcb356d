import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { endOf, ownConnection } from '../database/copy.ts'
import { failed } from '../failure.ts'

/** Advisory locks of the control database. Of the first, every running server holds a share. */
const serving = 72790031
const writing = 72790032

const againMs = 2_000

/**
 * Keeps a restore away for as long as this server runs. The lock is the connection's: a server that was killed holds it no
 * more, and one whose connection was cut takes it again.
 * @returns what gives it back
 * @throws RingfenceError `setting` while a backup is being restored
 */
export async function holdAsServer({ control }: Pick<Cluster, 'control'>): Promise<() => Promise<void>> {
  const stopped = new AbortController()
  const take = async (): Promise<pg.Client | undefined> => {
    const client = await ownConnection(control.target)
    const held = await locked(client, 'pg_try_advisory_lock_shared', serving)
    if (held) return client
    await endOf(client)
    return undefined
  }
  let client = await take()
  if (!client)
    failed({
      code: 'setting',
      name: 'restore',
      sentence: 'A backup is being restored here: start the server when that has ended.',
    })
  const hold = async (held: pg.Client): Promise<void> => {
    await new Promise<void>((resolve) => held.once('end', resolve))
    while (!stopped.signal.aborted) {
      await sleep(againMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined)
      if (stopped.signal.aborted) return
      client = await take().catch(() => undefined) // the database is away: so is whoever would restore it
      if (client) return hold(client)
    }
  }
  void hold(client)
  return async () => {
    stopped.abort()
    if (client) await endOf(client)
  }
}

/** @throws RingfenceError `setting` while a server runs on these databases, or another restore */
export function whileNobodyServes<T>(cluster: Pick<Cluster, 'control'>, work: () => Promise<T>): Promise<T> {
  return underLock(cluster, serving, work, () =>
    failed({
      code: 'setting',
      name: 'restore',
      sentence: 'A server is running on these databases: stop it first, on every machine, then restore.',
    }),
  )
}

/** One backup at a time, over all nodes and commands. @throws RingfenceError `busy` */
export function whileNobodyBacksUp<T>(cluster: Pick<Cluster, 'control'>, work: () => Promise<T>): Promise<T> {
  return underLock(cluster, writing, work, () =>
    failed({ code: 'busy', what: 'backup', retryAfterSeconds: 600 }),
  )
}

async function underLock<T>(
  { control }: Pick<Cluster, 'control'>,
  lock: number,
  work: () => Promise<T>,
  refuse: () => never,
): Promise<T> {
  const client = await ownConnection(control.target)
  try {
    if (!(await locked(client, 'pg_try_advisory_lock', lock))) refuse()
    return await work()
  } finally {
    await endOf(client)
  }
}

async function locked(
  client: pg.Client,
  how: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
  lock: number,
): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`select ${how}($1) as held`, [lock])
  return rows[0]?.held === true
}
