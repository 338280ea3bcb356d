import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Counters } from '../organizations/counters.ts'
import type { Crm, CrmSession, Feature, Tokens } from './contract.ts'

/** One authorization of one CRM user; the tokens stay sealed in the row. */
export interface Installation {
  id: string
  organizationId: string
  connectionId: string
  crm: string
  companyRef: string
  userRef: string
  administrator: boolean
  apiBase: string
  state: 'active' | 'refused'
}

interface InstallationRow {
  id: string
  organization_id: string
  connection_id: string
  crm: string
  company_ref: string
  user_ref: string
  administrator: boolean
  api_base: string
  state: 'active' | 'refused'
}
interface TokenRow {
  tokens_sealed: Buffer
  tokens_expire_at: Date
  version: number
  state: 'active' | 'refused'
  api_base: string
}
interface SealedTokens {
  accessToken: string
  refreshToken: string
}

const columns =
  'id, organization_id, connection_id, crm, company_ref, user_ref, administrator, api_base, state'
/** A token with less life than this is renewed before it is used. */
const renewAheadMs = 300_000
/** A node that died while renewing holds the others up for this long at most. */
const leaseSeconds = 30

/**
 * Installations and their tokens. A pair is renewed by one holder of a lease over all nodes, and the new pair is
 * committed before it is used: a CRM that rotates refresh tokens would otherwise lock a company out.
 */
export class Installations {
  readonly #cluster: Cluster
  readonly #ring: KeyRing
  readonly #counters: Counters
  readonly #clock: Clock
  readonly #renewing = new Map<string, Promise<SealedTokens>>()

  constructor(parts: { cluster: Cluster; ring: KeyRing; counters: Counters; clock: Clock }) {
    this.#cluster = parts.cluster
    this.#ring = parts.ring
    this.#counters = parts.counters
    this.#clock = parts.clock
  }

  /** Of one connection, administrators first, then the oldest. */
  async ofConnection(connectionId: string): Promise<Installation[]> {
    const rows = await this.#control((db) =>
      db.rows<InstallationRow>(
        `select ${columns} from installations where connection_id = $1 order by administrator desc, created_at, id`,
        [connectionId],
      ),
    )
    return rows.map(fromRow)
  }

  async get(id: string): Promise<Installation | undefined> {
    const row = await this.#control((db) =>
      db.row<InstallationRow>(`select ${columns} from installations where id = $1`, [id]),
    )
    return row && fromRow(row)
  }

  /** Where a CRM company belongs already. */
  async organizationOf(
    crm: string,
    companyRef: string,
  ): Promise<{ organizationId: string; connectionId: string } | undefined> {
    const row = await this.#control((db) =>
      db.row<{ organization_id: string; connection_id: string }>(
        `select organization_id, connection_id from installations where crm = $1 and company_ref = $2 order by created_at limit 1`,
        [crm, companyRef],
      ),
    )
    return row && { organizationId: row.organization_id, connectionId: row.connection_id }
  }

  async find(crm: string, companyRef: string, userRef: string): Promise<Installation | undefined> {
    const row = await this.#control((db) =>
      db.row<InstallationRow>(
        `select ${columns} from installations where crm = $1 and company_ref = $2 and user_ref = $3`,
        [crm, companyRef, userRef],
      ),
    )
    return row && fromRow(row)
  }

  /** From now on its tokens are not used, whatever is still to be cleared away. */
  async end(id: string): Promise<void> {
    await this.#control((db) => db.rows(`update installations set state = 'refused' where id = $1`, [id]))
  }

  /**
   * Removes an installation with its tokens and says whether the connection has another. Users who uninstall at the same
   * moment wait for each other here, so that exactly one of them is the last.
   */
  async remove(id: string, connectionId: string): Promise<{ others: number }> {
    return this.#control(async (db) => {
      db.send('select pg_advisory_xact_lock(hashtextextended($1, 72790003))', [connectionId])
      db.send('delete from installations where id = $1', [id])
      const row = await db.row<{ others: string }>(
        'select count(*) as others from installations where connection_id = $1',
        [connectionId],
      )
      return { others: Number(row?.others ?? 0) }
    })
  }

  /** A user signed in: their installation is made, or its tokens are replaced. */
  async put(installation: Omit<Installation, 'state' | 'apiBase'>, tokens: Tokens): Promise<Installation> {
    return this.#control(async (db) => {
      const known = await db.row<{ id: string }>(
        `select id from installations where crm = $1 and company_ref = $2 and user_ref = $3 for update`,
        [installation.crm, installation.companyRef, installation.userRef],
      )
      const id = known?.id ?? installation.id
      const row = await db.row<InstallationRow>(
        `insert into installations (id, organization_id, connection_id, crm, company_ref, user_ref, administrator, api_base,
                                    tokens_sealed, tokens_expire_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (crm, company_ref, user_ref) do update
           set administrator = excluded.administrator, api_base = excluded.api_base, tokens_sealed = excluded.tokens_sealed,
               tokens_expire_at = excluded.tokens_expire_at, version = installations.version + 1, state = 'active', lease_until = null
         returning ${columns}`,
        [
          id,
          installation.organizationId,
          installation.connectionId,
          installation.crm,
          installation.companyRef,
          installation.userRef,
          installation.administrator,
          tokens.apiBase,
          this.#seal(installation.organizationId, id, tokens),
          tokens.expiresAt,
        ],
      )
      return fromRow(row ?? failed({ code: 'not-found', what: 'installation' }))
    })
  }

  session(crm: Crm, installation: Installation): CrmSession {
    const of = { organizationId: installation.organizationId, connectionId: installation.connectionId }
    return {
      installationId: installation.id,
      ...of,
      userRef: installation.userRef,
      apiBase: installation.apiBase,
      accessToken: async () => (await this.#tokens(crm, installation, undefined)).accessToken,
      renewed: async (refused) => (await this.#tokens(crm, installation, refused)).accessToken,
      spend: (feature, tokens) => this.#counters.spent(of, feature, tokens, this.#clock.now()),
      allowance: (left, limit) => this.#counters.allowance(of, left, limit, this.#clock.now()),
    }
  }

  /** A session before there is an installation, for asking who has just signed in. What it cost is counted afterwards. */
  firstSession(
    tokens: Tokens,
  ): CrmSession & { countFor(of: { organizationId: string; connectionId: string }): void } {
    const spent: [Feature, number][] = []
    const none = '00000000-0000-0000-0000-000000000000'
    return {
      installationId: none,
      connectionId: none,
      organizationId: none,
      userRef: '',
      apiBase: tokens.apiBase,
      accessToken: async () => tokens.accessToken,
      renewed: async () => failed({ code: 'provider-refused', provider: 'crm', status: 401 }),
      spend: (feature, cost) => spent.push([feature, cost]),
      countFor: (of) => {
        for (const [feature, cost] of spent) this.#counters.spent(of, feature, cost, this.#clock.now())
      },
      allowance: () => undefined,
    }
  }

  /** One renewal at a time in this process; the lease keeps the other nodes off. */
  async #tokens(crm: Crm, installation: Installation, refused: string | undefined): Promise<SealedTokens> {
    const row = await this.#read(installation.id)
    const held = this.#open(installation, row)
    const fresh = row.tokens_expire_at.getTime() - renewAheadMs > Date.now()
    if (fresh && held.accessToken !== refused) return held
    let renewal = this.#renewing.get(installation.id)
    if (!renewal) {
      renewal = this.#renew(crm, installation, row.version).finally(() =>
        this.#renewing.delete(installation.id),
      )
      this.#renewing.set(installation.id, renewal)
    }
    return renewal
  }

  async #renew(crm: Crm, installation: Installation, version: number): Promise<SealedTokens> {
    for (let tries = 0; tries < leaseSeconds * 5; tries += 1) {
      const leased = await this.#control((db) =>
        db.row<TokenRow>(
          `update installations set lease_until = now() + make_interval(secs => $3)
           where id = $1 and version = $2 and state = 'active' and (lease_until is null or lease_until < now())
           returning tokens_sealed, tokens_expire_at, version, state, api_base`,
          [installation.id, version, leaseSeconds],
        ),
      )
      if (leased) return this.#exchange(crm, installation, leased)
      const row = await this.#read(installation.id)
      if (row.version !== version) return this.#open(installation, row)
      await sleep(200)
    }
    return failed({ code: 'provider-unavailable', provider: crm.name, retryAfterSeconds: 10 })
  }

  async #exchange(crm: Crm, installation: Installation, row: TokenRow): Promise<SealedTokens> {
    try {
      const tokens = await crm.refresh(this.#open(installation, row).refreshToken)
      await this.#control((db) =>
        db.rows(
          `update installations
           set tokens_sealed = $3, tokens_expire_at = $4, api_base = $5, version = version + 1, lease_until = null
           where id = $1 and version = $2`,
          [
            installation.id,
            row.version,
            this.#seal(installation.organizationId, installation.id, tokens),
            tokens.expiresAt,
            tokens.apiBase,
          ],
        ),
      )
      return tokens
    } catch (error) {
      const refused = failureOf(error)?.code === 'provider-refused'
      await this.#control((db) =>
        db.rows(
          `update installations set lease_until = null, state = case when $3 then 'refused' else state end where id = $1 and version = $2`,
          [installation.id, row.version, refused],
        ),
      )
      throw error
    }
  }

  async #read(id: string): Promise<TokenRow> {
    const row = await this.#control((db) =>
      db.row<TokenRow>(
        'select tokens_sealed, tokens_expire_at, version, state, api_base from installations where id = $1',
        [id],
      ),
    )
    if (!row || row.state === 'refused')
      return failed({ code: 'provider-refused', provider: 'crm', status: 401 })
    return row
  }

  #open(installation: Installation, row: TokenRow): SealedTokens {
    const keys = this.#ring.organization(installation.organizationId)
    return JSON.parse(keys.open(placeOf(installation.id), row.tokens_sealed)) as SealedTokens
  }

  #seal(organizationId: string, id: string, { accessToken, refreshToken }: SealedTokens): Buffer {
    return this.#ring
      .organization(organizationId)
      .seal(placeOf(id), JSON.stringify({ accessToken, refreshToken }), { by: 'organization' })
  }

  #control<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    return this.#cluster.control.transaction(fn)
  }
}

const placeOf = (id: string) => ({ table: 'installations', column: 'tokens_sealed', row: id })

function fromRow(row: InstallationRow): Installation {
  return {
    id: row.id,
    organizationId: row.organization_id,
    connectionId: row.connection_id,
    crm: row.crm,
    companyRef: row.company_ref,
    userRef: row.user_ref,
    administrator: row.administrator,
    apiBase: row.api_base,
    state: row.state,
  }
}
