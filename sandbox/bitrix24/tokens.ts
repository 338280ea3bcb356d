import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Bitrix24Settings } from './settings.ts'
import type { Portal } from './world.ts'

export type Owner = { portal: Portal; clientId: string; userId: number }
/** `removed`: the app was removed from the portal. `revoked`: by order of a test. */
type Death = 'removed' | 'revoked'
type Access = Owner & { token: string; expiresAt: number; dead: Death | null }
type Refresh = Owner & {
  token: string
  /** Counted from here. */
  usedAt: number
  /** The token that took its place, and when. */
  replaced: { by: string; at: number } | null
  dead: Death | null
  /** One chain of refresh tokens comes from one page opened or one event. */
  chain: number
}

export type Pair = { access: string; refresh: string; expiresAt: number; userId: number }

const dayMs = 24 * 3_600_000

/** Access and refresh tokens of all portals. */
export class Tokens {
  readonly #clock: Clock
  readonly #random: Random
  readonly #settings: () => Bitrix24Settings
  #access = new Map<string, Access>()
  #refresh = new Map<string, Refresh>()
  #codes = new Map<string, Owner & { expiresAt: number }>()
  #lastChain = 0

  constructor(options: { clock: Clock; random: Random; settings: () => Bitrix24Settings }) {
    this.#clock = options.clock
    this.#random = options.random
    this.#settings = options.settings
  }

  /** A new chain: what a page gets when it opens, or an app at its installation. */
  issue(owner: Owner): Pair {
    this.#lastChain += 1
    return this.#pair(owner, this.#lastChain)
  }

  /** An access token alone, as ordinary events carry. */
  issueAccess({ portal, clientId, userId }: Owner): { access: string; expiresAt: number } {
    const token = this.#random.hex(70)
    const expiresAt = this.#clock.now() + this.#settings().accessTokenSeconds * 1000
    this.#access.set(token, { portal, clientId, userId, token, expiresAt, dead: null })
    return { access: token, expiresAt }
  }

  access(token: string): (Access & { expired: boolean }) | undefined {
    const found = this.#access.get(token)
    return found === undefined ? undefined : { ...found, expired: found.expiresAt <= this.#clock.now() }
  }

  /** The chain's owner, if the refresh token is still good. `removed`: its app is no longer on the portal. */
  refreshOwner(token: string, clientId: string): Owner | 'removed' | undefined {
    const found = this.#refresh.get(token)
    if (found === undefined || found.clientId !== clientId) return undefined
    if (found.dead === 'removed') return 'removed'
    const now = this.#clock.now()
    const { refreshTokenDays, refreshGraceSeconds } = this.#settings()
    if (found.dead !== null || now - found.usedAt > refreshTokenDays * dayMs) return undefined
    // Not at all in grace when there is none: the same moment counts as later.
    if (found.replaced !== null && now - found.replaced.at >= refreshGraceSeconds * 1000) return undefined
    return found
  }

  /** Gives a new pair for a refresh token that `refreshOwner` accepted. In grace the chain's newest one comes back. */
  refresh(token: string): Pair {
    const found = this.#refresh.get(token)
    if (found === undefined) throw new Error('unknown refresh token')
    if (found.replaced !== null) {
      const { access, expiresAt } = this.issueAccess(found)
      return { access, expiresAt, refresh: this.#newest(found).token, userId: found.userId }
    }
    const pair = this.#pair(found, found.chain)
    found.replaced = { by: pair.refresh, at: this.#clock.now() }
    return pair
  }

  newCode(owner: Owner): string {
    const code = this.#random.hex(32)
    this.#codes.set(code, { ...owner, expiresAt: this.#clock.now() + this.#settings().codeSeconds * 1000 })
    return code
  }

  /** Single use; undefined when unknown or too late. */
  takeCode(code: string, clientId: string): Owner | undefined {
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    if (found === undefined || found.clientId !== clientId || found.expiresAt < this.#clock.now())
      return undefined
    return found
  }

  /** The access token has expired from now on. */
  expire(token: string): void {
    const found = this.#access.get(token)
    if (found !== undefined) found.expiresAt = this.#clock.now()
  }

  /** Every access token of these has expired from now on; refresh tokens stay good. */
  expireAll(which: (owner: Owner) => boolean): void {
    for (const item of this.#access.values()) if (which(item)) item.expiresAt = this.#clock.now()
  }

  /** Every token of these is dead. */
  kill(which: (owner: Owner) => boolean, dead: Death): void {
    for (const item of [...this.#access.values(), ...this.#refresh.values()]) {
      if (which(item)) item.dead = dead
    }
  }

  clear(): void {
    this.#access.clear()
    this.#refresh.clear()
    this.#codes.clear()
    this.#lastChain = 0
  }

  #newest(from: Refresh): Refresh {
    let at = from
    while (at.replaced !== null) {
      const next = this.#refresh.get(at.replaced.by)
      if (next === undefined) break
      at = next
    }
    return at
  }

  #pair({ portal, clientId, userId }: Owner, chain: number): Pair {
    const { access, expiresAt } = this.issueAccess({ portal, clientId, userId })
    const refresh = this.#random.hex(70)
    this.#refresh.set(refresh, {
      portal,
      clientId,
      userId,
      token: refresh,
      usedAt: this.#clock.now(),
      replaced: null,
      dead: null,
      chain,
    })
    return { access, expiresAt, refresh, userId }
  }
}
