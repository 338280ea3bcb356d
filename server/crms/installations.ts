import { hoursBetweenRefusals, LeasedTokens } from '../accounts/leased-tokens.ts'
import type { Clock } from '../clock.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Counters } from '../organizations/counters.ts'
import { ofCustomers } from '../organizations/subscriptions.ts'
import { isLeaving, recordAsked } from '../privacy/asked-receipts.ts'
import type { AppCredentials, Crm, CrmSession, Feature, Tokens } from './contract.ts'

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
  state: InstallationState
  /** refused again and again: at this time it counts as uninstalled */
  endsAt: Date | undefined
}

/** `refused`: the CRM does not accept the grant any more; `ending`: uninstalled, and being cleared away */
type InstallationState = 'active' | 'refused' | 'ending'

interface InstallationRow {
  id: string
  organization_id: string
  connection_id: string
  crm: string
  company_ref: string
  user_ref: string
  administrator: boolean
  api_base: string
  state: InstallationState
  ends_at: Date | null
}
const columns =
  'id, organization_id, connection_id, crm, company_ref, user_ref, administrator, api_base, state, ends_at'
/** A grant that is not used for 60 days dies; half of that is left for trying. */
const idleDays = 30
/** Installations and their tokens. */
export class Installations {
  readonly #cluster: Cluster
  readonly #appOf: (installation: Installation) => Promise<AppCredentials | undefined>
  readonly #counters: Counters
  readonly #clock: Clock
  readonly #tokens: LeasedTokens<Tokens>

  /** @param parts.appOf the credentials of an app that belongs to the connection; undefined: this installation's */
  constructor(parts: {
    cluster: Cluster
    ring: KeyRing
    counters: Counters
    clock: Clock
    appOf(installation: Installation): Promise<AppCredentials | undefined>
  }) {
    this.#appOf = parts.appOf
    this.#cluster = parts.cluster
    this.#counters = parts.counters
    this.#clock = parts.clock
    this.#tokens = new LeasedTokens({
      cluster: parts.cluster,
      ring: parts.ring,
      table: 'installations',
      also: ({ apiBase }) => ({ api_base: apiBase }),
    })
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

  /** Those of a connection whose tokens may be used, administrators first: they see everything. */
  async active(connectionId: string): Promise<Installation[]> {
    return (await this.ofConnection(connectionId)).filter((one) => one.state === 'active')
  }

  /** Whoever began something goes on with it while their tokens may be used; else an administrator, or any other. */
  async acting(connectionId: string, begunBy: string | null | undefined): Promise<Installation | undefined> {
    const active = await this.active(connectionId)
    return active.find(({ id }) => id === begunBy) ?? active[0]
  }

  async ofOrganization(organizationId: string): Promise<Installation[]> {
    const rows = await this.#control((db) =>
      db.rows<InstallationRow>(
        `select ${columns} from installations where organization_id = $1 order by created_at, id`,
        [organizationId],
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
        `select organization_id, connection_id from installations
         where crm = $1 and company_ref = $2 and state <> 'ending' order by created_at limit 1`,
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

  /**
   * Takes an installation out of use and puts its end on record, both or neither. Users of one company who end at the same
   * moment wait for each other here, so that exactly one of them is the last.
   * @param cause `lost uninstall` only while its warning has run out: whoever signed in meanwhile stays
   */
  async beginEnd(
    installation: Installation,
    userId: string,
    cause: 'uninstall' | 'lost uninstall',
  ): Promise<boolean> {
    const { id, organizationId: organization, connectionId: connection, crm } = installation
    return this.#control(async (db) => {
      lockCompany(db, connection)
      const begun = await db.row(
        `update installations set state = 'ending'
         where id = $1 and ($2 = 'uninstall' or (state = 'refused' and ends_at <= ringfence.now())) returning id`,
        [id, cause],
      )
      if (!begun) return false
      const other = await db.row(
        `select 1 from installations where connection_id = $1 and state <> 'ending' limit 1`,
        [connection],
      )
      const ended = other ? 'user' : 'company'
      await recordAsked(db, { id, organization, connection, crm, cause, ended }, userId)
      return true
    })
  }

  /** Who administers the company now, as the CRM says; the others stay as they are. */
  async follow(
    connectionId: string,
    roles: readonly { userRef: string; administrator: boolean }[],
  ): Promise<void> {
    await this.#control((db) =>
      db.rows(
        `update installations i set administrator = told.administrator
         from unnest($2::text[], $3::boolean[]) as told (user_ref, administrator)
         where i.connection_id = $1 and i.user_ref = told.user_ref and i.administrator <> told.administrator`,
        [connectionId, roles.map(({ userRef }) => userRef), roles.map((role) => role.administrator)],
      ),
    )
  }

  /** Removes an installation with its tokens. */
  async remove(id: string): Promise<void> {
    await this.#control((db) => db.rows('delete from installations where id = $1', [id]))
  }

  /**
   * Gives the grant back to the CRM, which then has the app installed for that user no more. The row goes first, so that
   * the CRM's word that the user uninstalled finds nothing to carry out.
   * @throws as `Crm.revoke` does; the tokens are gone then too
   */
  async giveBack(crm: Crm, installation: Installation): Promise<void> {
    const tokens = await this.#tokens.take(this.#grant(crm, installation))
    if (!tokens) return
    // Some CRMs take no grant back: there the app stays installed until a person removes it.
    if (!crm.revoke) return failed({ code: 'provider-rejected', provider: crm.name, status: 405 })
    await crm.revoke(tokens.refreshToken)
  }

  /** Those that need something: a grant nearly forgotten, one refused a day ago, an end that was begun or is due. */
  async inNeed(): Promise<{ renew: Installation[]; end: Installation[] }> {
    const [renew, end] = await this.#control((db) =>
      Promise.all([
        db.rows<InstallationRow>(
          `select ${columns} from installations
           where ${ofCustomers} and ((state = 'active' and renewed_at <= ringfence.now() - make_interval(days => $1))
              or (state = 'refused' and coalesce(refused_again_at, refused_at, '-infinity') <= ringfence.now() - make_interval(hours => $2))
              or (state = 'refused' and ends_at <= ringfence.now()))
           order by created_at, id`,
          [idleDays, hoursBetweenRefusals],
        ),
        db.rows<InstallationRow>(
          `select ${columns} from installations where ${ofCustomers} and state = 'ending' order by created_at, id`,
        ),
      ]),
    )
    return { renew: renew.map(fromRow), end: end.map(fromRow) }
  }

  /** Uses the grant, also one that was refused before. @throws as `accessToken` does */
  async renew(crm: Crm, installation: Installation): Promise<void> {
    await this.#tokens.renew(this.#grant(crm, installation))
  }

  /**
   * A user signed in: their installation is made, or its tokens are replaced.
   * @throws RingfenceError `busy` while what was kept of them, or everything of their company, is being removed
   */
  async put(
    installation: Omit<Installation, 'state' | 'apiBase' | 'endsAt'>,
    userId: string,
    tokens: Tokens,
  ): Promise<Installation> {
    return this.#control(async (db) => {
      lockCompany(db, installation.connectionId)
      if (await isLeaving(db, { ...installation, userId }))
        failed({ code: 'busy', what: 'uninstall', retryAfterSeconds: 30 })
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
               tokens_expire_at = excluded.tokens_expire_at, version = installations.version + 1, state = 'active', lease_until = null,
               renewed_at = ringfence.now(), refused_at = null, refused_again_at = null, ends_at = null
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
          this.#tokens.seal({ id, organizationId: installation.organizationId }, tokens),
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
      accessToken: async () => (await this.#tokens.use(this.#grant(crm, installation))).accessToken,
      renewed: async (refused) =>
        (await this.#tokens.use(this.#grant(crm, installation), refused)).accessToken,
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

  #grant(crm: Crm, installation: Installation) {
    const { id, organizationId } = installation
    return {
      id,
      organizationId,
      provider: crm.name,
      refresh: async (refreshToken: string) =>
        // Only a portal can have an app of its own; for the others nothing is read.
        crm.refresh(refreshToken, crm.portal ? await this.#appOf(installation) : undefined),
    }
  }

  #control<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    return this.#cluster.control.transaction(fn)
  }
}

/** Everybody who comes to or leaves a company does so one after the other. */
function lockCompany(db: Db, connectionId: string): void {
  db.send('select pg_advisory_xact_lock(hashtextextended($1, 72790003))', [connectionId])
}

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
    endsAt: row.ends_at ?? undefined,
  }
}
