import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'

/** A pair of tokens of one grant. */
export interface TokenPair {
  accessToken: string
  refreshToken: string
  expiresAt: Date
}
export type SealedTokens = Pick<TokenPair, 'accessToken' | 'refreshToken'>

/** One row of the table: whose tokens they are, and how they are renewed. */
export interface Grant<Tokens extends TokenPair> {
  id: string
  organizationId: string
  /** names the vendor in failures */
  provider: string
  /** @throws `provider-refused` (400) when the grant itself is refused */
  refresh(refreshToken: string): Promise<Tokens>
}

export interface TokenTable<Tokens extends TokenPair> {
  cluster: Cluster
  ring: KeyRing
  table: 'installations' | 'phone_accesses'
  /** other columns that are told with a new pair */
  also?(tokens: Tokens): Readonly<Record<string, string>>
}

interface TokenRow {
  tokens_sealed: Buffer
  tokens_expire_at: Date
  version: number
  state: string
}

const columns = 'tokens_sealed, tokens_expire_at, version, state'
/** A token with less life than this is renewed before it is used. */
const renewAheadMs = 300_000
/** A node that died while renewing holds the others up for this long at most. */
const leaseSeconds = 30
/** One refusal may be a fault of the vendor's; a second one a day later is not. */
export const hoursBetweenRefusals = 24
/** How long people are warned before a grant that is refused counts as taken back (PD-8). */
const warningDays = 7

/**
 * Tokens as they stand sealed in a table of grants. A pair is renewed by one holder of a lease over all nodes, and the
 * new pair is committed before it is used: a vendor that rotates refresh tokens would otherwise lock people out.
 */
export class LeasedTokens<Tokens extends TokenPair> {
  readonly #parts: TokenTable<Tokens>
  readonly #renewing = new Map<string, Promise<SealedTokens>>()

  constructor(parts: TokenTable<Tokens>) {
    this.#parts = parts
  }

  /**
   * Tokens that can be used. @param refused the vendor did not accept this access token
   * @throws RingfenceError `provider-refused` when the grant is refused, or there is none (any more)
   */
  async use(grant: Grant<Tokens>, refused?: string): Promise<SealedTokens> {
    const row = await this.#read(grant)
    const held = this.#open(grant, row)
    const fresh = row.tokens_expire_at.getTime() - renewAheadMs > Date.now()
    if (fresh && held.accessToken !== refused) return held
    return this.#renewOnce(grant, row.version)
  }

  /** Uses the grant, also one that was refused before. @throws as `use` does */
  async renew(grant: Grant<Tokens>): Promise<void> {
    const row = await this.#row(grant.id)
    if (row) await this.#renewOnce(grant, row.version)
  }

  /** Takes the row out of the table. @returns undefined when it is gone already */
  async take(grant: Grant<Tokens>): Promise<SealedTokens | undefined> {
    const row = await this.#control((db) =>
      db.row<Pick<TokenRow, 'tokens_sealed'>>(
        `delete from ${this.#parts.table} where id = $1 returning tokens_sealed`,
        [grant.id],
      ),
    )
    return row && this.#open(grant, row)
  }

  seal(of: { id: string; organizationId: string }, { accessToken, refreshToken }: SealedTokens): Buffer {
    return this.#parts.ring
      .organization(of.organizationId)
      .seal(this.#placeOf(of.id), JSON.stringify({ accessToken, refreshToken }), { by: 'organization' })
  }

  /** One renewal at a time in this process; the lease keeps the other nodes off. */
  #renewOnce(grant: Grant<Tokens>, version: number): Promise<SealedTokens> {
    let renewal = this.#renewing.get(grant.id)
    if (!renewal) {
      renewal = this.#renew(grant, version).finally(() => this.#renewing.delete(grant.id))
      this.#renewing.set(grant.id, renewal)
    }
    return renewal
  }

  async #renew(grant: Grant<Tokens>, version: number): Promise<SealedTokens> {
    for (let tries = 0; tries < leaseSeconds * 5; tries += 1) {
      const leased = await this.#control((db) =>
        db.row<TokenRow>(
          `update ${this.#parts.table} set lease_until = now() + make_interval(secs => $3)
           where id = $1 and version = $2 and state <> 'ending' and (lease_until is null or lease_until < now())
           returning ${columns}`,
          [grant.id, version, leaseSeconds],
        ),
      )
      if (leased) return this.#exchange(grant, leased)
      const row = await this.#read(grant)
      if (row.version !== version) return this.#open(grant, row)
      await sleep(200)
    }
    return failed({ code: 'provider-unavailable', provider: grant.provider, retryAfterSeconds: 10 })
  }

  async #exchange(grant: Grant<Tokens>, row: TokenRow): Promise<SealedTokens> {
    const { table } = this.#parts
    try {
      const tokens = await grant.refresh(this.#open(grant, row).refreshToken)
      const also = Object.entries(this.#parts.also?.(tokens) ?? {})
      await this.#control((db) =>
        db.rows(
          `update ${table}
           set tokens_sealed = $3, tokens_expire_at = $4, version = version + 1, lease_until = null,
               state = case when state = 'ending' then state else 'active' end, renewed_at = ringfence.now(),
               refused_at = null, refused_again_at = null, ends_at = null${also.map(([name], at) => `, ${name} = $${at + 5}`).join('')}
           where id = $1 and version = $2`,
          [
            grant.id,
            row.version,
            this.seal(grant, tokens),
            tokens.expiresAt,
            ...also.map(([, value]) => value),
          ],
        ),
      )
      return tokens
    } catch (error) {
      await this.#control((db) =>
        db.rows(
          isGone(error)
            ? `update ${table}
               set lease_until = null, state = case when state = 'ending' then state else 'refused' end,
                   refused_at = coalesce(refused_at, ringfence.now()), refused_again_at = ringfence.now(),
                   ends_at = coalesce(ends_at, case when refused_at <= ringfence.now() - make_interval(hours => $3)
                                                    then ringfence.now() + make_interval(days => $4) end)
               where id = $1 and version = $2`
            : `update ${table} set lease_until = null where id = $1 and version = $2`,
          isGone(error)
            ? [grant.id, row.version, hoursBetweenRefusals, warningDays]
            : [grant.id, row.version],
        ),
      )
      throw error
    }
  }

  async #read({ id, provider }: Grant<Tokens>): Promise<TokenRow> {
    const row = await this.#row(id)
    if (row?.state !== 'active') return failed({ code: 'provider-refused', provider, status: 401 })
    return row
  }

  #row(id: string): Promise<TokenRow | undefined> {
    return this.#control((db) =>
      db.row<TokenRow>(`select ${columns} from ${this.#parts.table} where id = $1`, [id]),
    )
  }

  #open({ id, organizationId }: Grant<Tokens>, row: Pick<TokenRow, 'tokens_sealed'>): SealedTokens {
    const keys = this.#parts.ring.organization(organizationId)
    return JSON.parse(keys.open(this.#placeOf(id), row.tokens_sealed)) as SealedTokens
  }

  #placeOf(row: string) {
    return { table: this.#parts.table, column: 'tokens_sealed', row }
  }

  #control<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    return this.#parts.cluster.control.transaction(fn)
  }
}

/**
 * Is the user's grant itself refused? Wrong credentials of our own app are refused too, for everybody at once: that says
 * nothing about any user.
 */
function isGone(error: unknown): boolean {
  const failure = failureOf(error)
  return failure?.code === 'provider-refused' && failure.status === 400
}
