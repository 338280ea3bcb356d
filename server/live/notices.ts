import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Notice } from '../../policy/index.ts'
import { clientOptions } from '../database/client-options.ts'
import type { Cluster } from '../database/cluster.ts'
import { asAway } from '../database/connections.ts'
import { undeclaredInNotice } from '../declared-fields.ts'
import type { Log } from '../log.ts'

const channel = 'ringfence_notices'

/**
 * Notices between nodes over `listen`/`notify` in the control database. The listening connection is made again when it
 * breaks; what was missed meanwhile is found by screens, which load their state anew, and by caches, which expire.
 */
export class Notices {
  readonly #cluster: Cluster
  readonly #log: Log
  readonly #node = randomUUID()
  readonly #listeners = new Set<(notice: Notice) => void>()
  #client: pg.Client | undefined
  #closed = false
  #pending = new Map<string, Notice>()
  #flushing: Promise<void> | undefined

  constructor(cluster: Cluster, log: Log) {
    this.#cluster = cluster
    this.#log = log
  }

  async start(): Promise<void> {
    await this.#listen()
  }

  onNotice(listener: (notice: Notice) => void): void {
    this.#listeners.add(listener)
  }

  /**
   * Tells the other nodes. Not waited for: the change itself is committed, and a lost notice costs freshness only. What
   * holds anything that is not declared is not told.
   */
  tell(notice: Notice): void {
    if (undeclaredInNotice(notice).length > 0) {
      this.#log.warn('notice-refused')
      return
    }
    this.#pending.set(JSON.stringify(notice), notice)
    this.#flushSoon()
  }

  /** Resolves when everything told so far is on its way. */
  async sent(): Promise<void> {
    await this.#flushing
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.end().catch(() => undefined)
  }

  #flushSoon(): void {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined
      if (this.#pending.size > 0 && !this.#closed) this.#flushSoon()
    })
  }

  /** What piled up while one statement was on its way goes with the next: one round trip for many notices. */
  async #flush(): Promise<void> {
    while (this.#pending.size > 0 && !this.#closed) {
      const payloads = [...this.#pending.values()].map((notice) =>
        JSON.stringify({ from: this.#node, ...notice }),
      )
      this.#pending.clear()
      await this.#cluster.control
        .transaction(async (db) =>
          db.send('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads]),
        )
        .catch((error) => this.#log.failure('notices-not-sent', error, { count: payloads.length }))
    }
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ ...clientOptions(this.#cluster.control.target), keepAlive: true })
    const again = () => {
      if (this.#closed || this.#client !== client) return
      this.#client = undefined
      setTimeout(() => {
        if (!this.#closed)
          this.#listen().catch((error) => this.#log.failure('notices-not-heard', asAway(error)))
      }, 500).unref()
    }
    this.#client = client
    client.on('error', again)
    client.on('end', again)
    client.on('notification', (message) => this.#heard(message.payload))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
    } catch (error) {
      again()
      if (this.#closed) return
      this.#log.failure('notices-not-heard', asAway(error))
    }
  }

  #heard(payload: string | undefined): void {
    const { from, ...notice } = JSON.parse(payload ?? '{}') as Notice & { from: string }
    if (from === this.#node || undeclaredInNotice(notice).length > 0) return
    for (const listener of this.#listeners) listener(notice as Notice)
  }
}
