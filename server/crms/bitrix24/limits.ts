import { failed } from '../../failure.ts'
import type { Method } from './methods.ts'
import type { Refusal } from './refusal.ts'
import { provider } from './refused.ts'

/** A leaky bucket: each request fills it by one, and so much drains in a second. */
interface Bucket {
  holds: number
  drains: number
}
const ordinary: Bucket = { holds: 50, drains: 2 }
const enterprise: Bucket = { holds: 250, drains: 5 }

/** Kept for requests while somebody's telephone rings. */
const keptForCalls = 10
/** Nobody waits longer than this inside one piece of work. */
const patienceMs = { urgent: 1_500, other: 5_000 }
/** After our count proved wrong: others use the same bucket, or another node does. */
const overflowMs = 1_000
const slowMethodMs = 60_000
const blockedMs = 3_600_000
const suspendedMs = 24 * 3_600_000

interface Portal {
  bucket: Bucket
  /** how full it is, at `at` */
  level: number
  at: number
  /** nothing is sent before this */
  pausedUntil: number
  /** it is not even asked: nobody pays, or it is gone */
  suspended: { until: number; status: 402 | 410 } | undefined
  /** by method */
  blockedUntil: Map<string, number>
  resets: Map<string, number>
}

/** More portals than one node serves in a day. */
const mostPortals = 10_000

/**
 * When a portal may be asked. Held in memory: after a restart the first refusal tells the same again.
 *
 * Bitrix24 counts per portal and source address, so all organizations, users and apps of one portal share a bucket here too;
 * time used up counts per method. A portal that is not paid for is asked once a day.
 *
 * @see https://apidocs.bitrix24.com/limits.html
 */
export class Limits {
  readonly #portals = new Map<string, Portal>()
  readonly #now: () => Date
  readonly #wait: (ms: number) => Promise<unknown>

  constructor(parts: { now: () => Date; wait: (ms: number) => Promise<unknown> }) {
    this.#now = parts.now
    this.#wait = parts.wait
  }

  /** @param family as `app.info` tells it: `ent` is the larger bucket */
  learnPlan(apiBase: string, family: string | undefined): void {
    this.#of(apiBase).bucket = family?.toLowerCase() === 'ent' ? enterprise : ordinary
  }

  /** When the oldest minute of a method's time drops out, from any good answer. Milliseconds since 1970 UTC. */
  learnReset(apiBase: string, method: Method, resetAt: number): void {
    this.#of(apiBase).resets.set(method.name, resetAt)
  }

  /**
   * Waits for a place and takes it.
   * @throws {RingfenceError} `provider-unavailable` when that would take too long, `provider-refused` with 402 or 410 while
   *   the portal is suspended
   */
  async turn(apiBase: string, method: Method): Promise<void> {
    const portal = this.#of(apiBase)
    const now = this.#now().getTime()
    if (portal.suspended !== undefined && portal.suspended.until > now)
      return failed({ code: 'provider-refused', provider, status: portal.suspended.status })
    const waitMs = Math.max(
      portal.pausedUntil - now,
      (portal.blockedUntil.get(method.name) ?? 0) - now,
      this.#waitForPlace(portal, method, now),
      0,
    )
    if (waitMs > (method.urgent ? patienceMs.urgent : patienceMs.other))
      return failed({
        code: 'provider-unavailable',
        provider,
        retryAfterSeconds: Math.ceil(waitMs / 1000),
      })
    portal.level += 1
    if (waitMs > 0) await this.#wait(waitMs)
  }

  /** Notes a refusal that asks to be left alone. @returns seconds until then */
  note(apiBase: string, method: Method, refusal: Refusal): number {
    const portal = this.#of(apiBase)
    const now = this.#now().getTime()
    const until = (at: number) => Math.max((at - now) / 1000, 0)
    switch (refusal.kind) {
      case 'full':
        portal.level = Math.max(portal.level, portal.bucket.holds)
        portal.pausedUntil = Math.max(portal.pausedUntil, now + overflowMs)
        return until(portal.pausedUntil)
      case 'slow-method': {
        const told = refusal.until ?? portal.resets.get(method.name) ?? 0
        // a second later than told, as the vendor's own client does
        const at = told > now ? told + 1_000 : now + slowMethodMs
        portal.blockedUntil.set(method.name, at)
        return until(at)
      }
      case 'blocked':
        portal.pausedUntil = now + blockedMs
        return until(portal.pausedUntil)
      case 'unpaid':
      case 'portal-gone':
        portal.suspended = { until: now + suspendedMs, status: refusal.kind === 'unpaid' ? 402 : 410 }
        return 0
      default:
        return 0
    }
  }

  /** It answered, or somebody stands in front of it: what was held against it is over. */
  forgive(apiBase: string): void {
    this.#of(apiBase).suspended = undefined
  }

  #waitForPlace(portal: Portal, method: Method, now: number): number {
    const { holds, drains } = portal.bucket
    portal.level = Math.max(0, portal.level - ((now - portal.at) / 1000) * drains)
    portal.at = now
    const room = method.urgent ? holds : holds - keptForCalls
    return ((portal.level + 1 - room) / drains) * 1000
  }

  #of(apiBase: string): Portal {
    const known = this.#portals.get(apiBase)
    if (known) return known
    const portal: Portal = {
      bucket: ordinary,
      level: 0,
      at: this.#now().getTime(),
      pausedUntil: 0,
      suspended: undefined,
      blockedUntil: new Map(),
      resets: new Map(),
    }
    this.#portals.set(apiBase, portal)
    for (const oldest of this.#portals.keys()) {
      if (this.#portals.size <= mostPortals) break
      this.#portals.delete(oldest)
    }
    return portal
  }
}
