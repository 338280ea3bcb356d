import pg from 'pg'
import { failed, RingfenceError } from '../failure.ts'
import { clientOptions } from './client-options.ts'

/** Where one database is reached and as whom. */
export interface Target {
  host: string
  port: number
  user: string
  password: string
  database: string
  ssl?: boolean
}

/**
 * How long a node that says nothing counts as alive: the length of a lease (phones/leases.ts), and how long PostgreSQL
 * waits for the next word within a transaction. A node that fell asleep in one would hold its locks until it wakes, and
 * nobody could take over what it held (0041).
 */
export const nodeSilentMs = 20_000

/** Opening a connection costs the server more than many transactions; after this it is opened all the same. */
const patienceMs = 50

interface Idle {
  client: pg.Client
  since: number
}

/**
 * All connections of this process to any database, under one budget.
 *
 * A pool per organization cannot keep a global limit: a thousand organizations with two connections each are two
 * thousand. Here a connection of a database nobody has asked for lately is closed to make room for another.
 * Connections run with pipelining: statements sent one after the other without waiting share a round trip.
 */
export class Connections {
  readonly #budget: number
  readonly #idleMs: number
  readonly #silentMs: number
  readonly #idle = new Map<string, Idle[]>()
  readonly #waiting: (() => void)[] = []
  /** by target: how many are lent, and who waits for one of them to come back */
  readonly #lent = new Map<string, { count: number; waiting: Set<() => void> }>()
  readonly #broken = new WeakSet<pg.Client>()
  readonly #timer: NodeJS.Timeout
  #open = 0
  #closed = false

  /** @param options.silentMs within a transaction; then PostgreSQL ends the connection, and what was done in it is undone */
  constructor(options: { budget?: number; idleMs?: number; silentMs?: number | undefined } = {}) {
    this.#budget = options.budget ?? 60
    this.#silentMs = options.silentMs ?? nodeSilentMs
    this.#idleMs = options.idleMs ?? 60_000
    this.#timer = setInterval(() => this.#closeIdle(Date.now() - this.#idleMs), Math.min(this.#idleMs, 5_000))
    this.#timer.unref()
  }

  /** How many are open now, idle ones included. */
  get open(): number {
    return this.#open
  }

  /** Lends a connection for the time of `fn`. One that broke is not taken back. */
  async with<T>(target: Target, fn: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = await this.#take(target)
    const lent = this.#lentOf(target)
    lent.count += 1
    try {
      return await fn(client)
    } catch (error) {
      if (isConnectionLoss(error)) this.#broken.add(client)
      throw this.#broken.has(client) ? new RingfenceError({ code: 'database-away' }, error) : error
    } finally {
      lent.count -= 1
      this.#giveBack(target, client)
      const [next] = lent.waiting
      if (next) next()
      else if (lent.count === 0) this.#lent.delete(keyOf(target))
    }
  }

  /** Closes what is idle for this database, so that it can be dropped. */
  async closeDatabase(database: string): Promise<void> {
    const ends: Promise<void>[] = []
    for (const [key, idle] of this.#idle) {
      if (!key.endsWith(`/${database}`)) continue
      for (const { client } of idle) ends.push(this.#end(client))
      this.#idle.delete(key)
    }
    await Promise.all(ends)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    const all = [...this.#idle.values()].flat()
    this.#idle.clear()
    await Promise.all(all.map(({ client }) => this.#end(client)))
  }

  async #take(target: Target): Promise<pg.Client> {
    for (let patient = true; ; ) {
      if (this.#closed) failed({ code: 'database-away' })
      const idle = this.#idle.get(keyOf(target))?.pop()
      if (idle) return idle.client
      if (patient && this.#open >= this.#budget && this.#lentOf(target).count > 0) {
        // One of its own is back sooner than one could be opened in the place of somebody else's.
        patient = false
        await this.#oneIsBack(target)
        continue
      }
      const room = this.#open < this.#budget ? Promise.resolve() : this.#closeOldest()
      if (room) {
        this.#open += 1
        try {
          await room
          const client = await connect(target, this.#silentMs)
          client.on('error', () => this.#broke(target, client))
          return client
        } catch (error) {
          this.#open -= 1
          // One of its own is back meanwhile: closed to make room, it would be whoever's is faster.
          if (isServerFull(error) && this.#idle.get(keyOf(target))?.length) continue
          // Others hold what the server has: one of ours has to go first, now or as soon as it is back.
          const freed = isServerFull(error) ? this.#closeOldest() : undefined
          await freed
          if (freed) continue
          if (!isServerFull(error) || this.#open === 0) {
            this.#waiting.shift()?.()
            throw asAway(error)
          }
        }
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #lentOf(target: Target): { count: number; waiting: Set<() => void> } {
    const lent = this.#lent.get(keyOf(target)) ?? { count: 0, waiting: new Set() }
    this.#lent.set(keyOf(target), lent)
    return lent
  }

  #oneIsBack(target: Target): Promise<void> {
    const { waiting } = this.#lentOf(target)
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(late)
        waiting.delete(done)
        resolve()
      }
      const late = setTimeout(done, patienceMs)
      waiting.add(done)
    })
  }

  #giveBack(target: Target, client: pg.Client): void {
    if (this.#broken.has(client) || this.#closed) {
      void this.#end(client)
      return
    }
    const idle = this.#idle.get(keyOf(target)) ?? []
    idle.push({ client, since: Date.now() })
    this.#idle.set(keyOf(target), idle)
    this.#waiting.shift()?.()
  }

  /** The server cut a connection: one that is lent is not taken back, an idle one is forgotten. */
  #broke(target: Target, client: pg.Client): void {
    this.#broken.add(client)
    const idle = this.#idle.get(keyOf(target))
    const at = idle?.findIndex((entry) => entry.client === client) ?? -1
    if (at < 0) return
    idle?.splice(at, 1)
    void this.#end(client)
  }

  /** @returns when it is closed; undefined when none is idle */
  #closeOldest(): Promise<void> | undefined {
    let oldest: { idle: Idle[]; at: number; since: number } | undefined
    for (const idle of this.#idle.values()) {
      const first = idle[0]
      if (first && (!oldest || first.since < oldest.since)) oldest = { idle, at: 0, since: first.since }
    }
    const [entry] = oldest?.idle.splice(oldest.at, 1) ?? []
    return entry && this.#end(entry.client)
  }

  #closeIdle(before: number): void {
    for (const [key, idle] of this.#idle) {
      const old = idle.filter((entry) => entry.since < before)
      const kept = idle.filter((entry) => entry.since >= before)
      if (kept.length > 0) this.#idle.set(key, kept)
      else this.#idle.delete(key)
      for (const { client } of old) void this.#end(client)
    }
  }

  async #end(client: pg.Client): Promise<void> {
    this.#open -= 1
    await client.end().catch(() => undefined) // one that is cut already has nothing left to say
    this.#waiting.shift()?.()
  }
}

const keyOf = (target: Target): string => `${target.host}:${target.port}/${target.user}/${target.database}`

async function connect(target: Target, silentMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientOptions(target),
    connectionTimeoutMillis: 5_000,
    application_name: 'ringfence',
    pipeline: true,
    idle_in_transaction_session_timeout: silentMs,
    options: askWhoIsThere(silentMs),
  })
  await client.connect()
  return client
}

/**
 * A machine that vanished sends nothing, not even an end. By itself PostgreSQL asks after two hours whether it is there, and
 * until then keeps what the connection had locked outside of a transaction, too: one writer of the keys at a time, a server
 * that keeps a restore away. A node that sleeps is there. On a socket of the same machine these settings mean nothing.
 */
export const askWhoIsThere = (silentMs: number): string => {
  const seconds = Math.max(1, Math.ceil(silentMs / 1000))
  return `-c tcp_keepalives_idle=${seconds} -c tcp_keepalives_interval=${Math.ceil(seconds / 4)} -c tcp_keepalives_count=4`
}

/** SQLSTATE classes 08 and 57P, 25P03 (silent within a transaction for too long), and the socket's own codes: the database is away, the statement is not to blame. */
export function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code
  if (typeof code === 'string') {
    return (
      code.startsWith('08') ||
      code.startsWith('57P') ||
      code === '25P03' ||
      /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|53300)/.test(code)
    )
  }
  return (
    error instanceof Error &&
    /Connection terminated|connection timeout|timeout expired|Query read timeout|Client has encountered a connection error|not queryable/i.test(
      error.message,
    )
  )
}

/** SQLSTATE 53300: it has no connection left for anybody. */
const isServerFull = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === '53300'

export function asAway(error: unknown): unknown {
  return isConnectionLoss(error) ? new RingfenceError({ code: 'database-away' }, error) : error
}
