import { setTimeout as sleep } from 'node:timers/promises'
import { failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Received } from './contract.ts'
import { defaultLeaseMs, type Lease, type Leases } from './leases.ts'
import { holdLine, type LineParts } from './line.ts'
import { Pace } from './pace.ts'
import { Reports } from './reports.ts'

export interface HolderOptions {
  /** how long a node that says nothing still counts as holding; default 20 s */
  leaseMs?: number
  /** how often it says that it lives, and looks for what nobody holds; default 5 s */
  beatMs?: number
  waits?: LineParts['waits']
  /** how many messages one connection may bring; what comes faster is read later */
  perSecond: number
}

export interface HolderParts extends Omit<LineParts, 'tell' | 'onFailure' | 'waits'> {
  leases: Leases
  log: Log
  /** a card has something new to say */
  changed(organizationId: string): void
}

interface Held {
  lease: Lease
  end: AbortController
  done: Promise<void>
  reports: Reports
}

const defaultBeatMs = 5_000
const spoolFullMs = 1_000

/**
 * Holds this node's share of the connections that are kept open. Each is held by one node, by a lease.
 *
 * A node that cannot renew its leases in time closes what it holds before the lease ends, by its own clock, because
 * another may take it then. Where no other node lives nobody can: then a database that is away costs nothing, and what
 * is heard waits in the spool.
 */
export class Holder {
  readonly #parts: HolderParts
  readonly #options: HolderOptions
  readonly #leaseMs: number
  readonly #held = new Map<string, Held>()
  #others = true // until we know better
  #beat: NodeJS.Timeout | undefined
  #deadline: NodeJS.Timeout | undefined
  #tending: Promise<void> | undefined
  #closed = false

  constructor(parts: HolderParts, options: HolderOptions) {
    this.#parts = parts
    this.#options = options
    this.#leaseMs = options.leaseMs ?? defaultLeaseMs
  }

  start(): void {
    this.#beat = setInterval(() => this.tend(), this.#options.beatMs ?? defaultBeatMs)
    this.tend()
  }

  /** Renews what is held and takes what nobody holds; soon, where it is not being done already. */
  tend(): void {
    if (this.#closed) return
    this.#tending ??= this.#tend()
      .catch((error) => void this.#parts.log.failure('leases-not-tended', error))
      .finally(() => {
        this.#tending = undefined
      })
  }

  /** Gives everything back, so that others take it at once. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#beat)
    clearTimeout(this.#deadline)
    await this.#tending
    const leases = [...this.#held.values()].map(({ lease }) => lease)
    await this.#dropAll()
    for (const lease of leases)
      await this.#parts.leases
        .release(lease)
        .catch((error) => this.#parts.log.failure('lease-not-released', error))
  }

  async #tend(): Promise<void> {
    if (this.#held.size > 0) await this.#renew()
    if (this.#closed) return
    if (this.#held.size === 0) this.#watchDeadline(performance.now())
    for (let more = true; more && !this.#closed; ) {
      const taken = await this.#parts.leases.take([...this.#held.keys()])
      for (const lease of taken) this.#hold(lease)
      more = taken.length > 0
    }
  }

  async #renew(): Promise<void> {
    const leases = [...this.#held.values()].map(({ lease }) => lease)
    const since = performance.now()
    const { held, others } = await this.#parts.leases.renew(leases)
    this.#others = others
    this.#watchDeadline(since)
    for (const lease of leases) {
      const renewed = held.get(lease.connectionId)
      if (renewed?.wish === lease.wish) await this.#held.get(lease.connectionId)?.reports.send()
      else if (renewed) await this.#beginAnew({ ...lease, wish: renewed.wish })
      else {
        // Another node's by now, or nobody's wish any more.
        await this.#drop(lease)
        this.#parts.log.info('lease-lost', { connectionId: lease.connectionId })
      }
    }
  }

  /** Its settings have changed. */
  async #beginAnew(lease: Lease): Promise<void> {
    await this.#drop(lease)
    await this.#parts.leases.lost(lease, 'away', 0)
    this.#hold(lease)
  }

  /** A quarter of the lease is left to close in. @param since when the lease was asked for, by a clock that sleep does not stop */
  #watchDeadline(since: number): void {
    clearTimeout(this.#deadline)
    const close = () => {
      if (!this.#others || this.#held.size === 0) return
      this.#parts.log.warn('leases-not-renewed', { connections: this.#held.size })
      void this.#dropAll()
    }
    this.#deadline = setTimeout(close, Math.max(0, since + this.#leaseMs * 0.75 - performance.now()))
  }

  #hold(lease: Lease): void {
    const end = new AbortController()
    const { leases, log, changed } = this.#parts
    const reports = new Reports(leases, lease, (error) =>
      log.failure('held-connection-not-told', error, { connectionId: lease.connectionId }),
    )
    const pace = new Pace(this.#options.perSecond)
    const parts: LineParts = {
      ...this.#parts,
      ...(this.#options.waits ? { waits: this.#options.waits } : {}),
      hear: async (of, received) => {
        const waitMs = pace.waitMs(performance.now())
        if (waitMs > 0) {
          log.debug('held-connection-slowed', { connectionId: lease.connectionId })
          await sleep(waitMs, undefined, { signal: end.signal }).catch(() => undefined)
        }
        await this.#hear(of, received, end.signal)
      },
      tell: async ({ connectionId, organizationId }, told) => {
        if (end.signal.aborted) return
        await reports.add(told)
        log.info('held-connection', { connectionId, state: told.state })
        changed(organizationId)
      },
      onFailure: ({ connectionId }, error) =>
        void log.failure('held-connection-failed', error, { connectionId }),
    }
    const done = holdLine(parts, lease, end.signal).catch(
      (error) => void log.failure('held-connection-ended', error, { connectionId: lease.connectionId }),
    )
    this.#held.set(lease.connectionId, { lease, end, done, reports })
  }

  /**
   * Where the spool is full the line waits, and the phone system with it. Any other trouble with one event costs that
   * event: it would come no second time over a new connection.
   */
  async #hear(lease: Lease, received: Received, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        return await this.#parts.hear(lease, received)
      } catch (error) {
        const { connectionId } = lease
        if (failureOf(error)?.code !== 'busy' || signal.aborted) {
          this.#parts.log.failure('held-event-dropped', error, { connectionId })
          return
        }
        await sleep(spoolFullMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  async #drop({ connectionId }: Lease): Promise<void> {
    const held = this.#held.get(connectionId)
    if (!held) return
    this.#held.delete(connectionId)
    held.end.abort()
    await held.done
  }

  async #dropAll(): Promise<void> {
    await Promise.all([...this.#held.values()].map(({ lease }) => this.#drop(lease)))
  }
}
