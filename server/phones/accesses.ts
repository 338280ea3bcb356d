import { randomUUID } from 'node:crypto'
import { hoursBetweenRefusals, LeasedTokens } from '../accounts/leased-tokens.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failed } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { DirectoryConnection } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { expectOpen, isOpen, ofCustomers } from '../organizations/subscriptions.ts'
import { isLeaving } from '../privacy/asked-receipts.ts'
import type { PhoneGrants, PhoneSession, PhoneSystem, PhoneTokens } from './contract.ts'

/** By what a phone system may be asked: an administrator's key, or one user's own grant. */
export interface PhoneAccess {
  id: string
  organizationId: string
  connectionId: string
  /** whose telephone; undefined: the whole phone system, by the key in its settings */
  userId: string | undefined
  state: 'active' | 'refused' | 'ending'
  /** refused again and again: at this time it counts as taken back */
  endsAt: Date | undefined
  subscriptionIds: readonly string[]
  told: 'not-yet' | 'subscribed' | 'refused' | 'away' | 'by-hand'
  /** the last moment it is known that calls are told */
  checkedAt: Date | undefined
  /** calls that ended before were looked for in the phone system's own list; how many it had, and how many were missing */
  compared: { at: Date; calls: number; missing: number } | undefined
  createdAt: Date
}

interface AccessRow {
  id: string
  organization_id: string
  connection_id: string
  user_id: string | null
  state: PhoneAccess['state']
  ends_at: Date | null
  subscription_ids: string[]
  told: PhoneAccess['told']
  checked_at: Date | null
  compared_at: Date | null
  compared_calls: number | null
  missing_calls: number | null
  created_at: Date
}

const columns = `id, organization_id, connection_id, user_id, state, ends_at, subscription_ids, told, checked_at,
  compared_at, compared_calls, missing_calls, created_at`
/** A grant that is never used dies; vendors tell from 60 days on. */
const idleDays = 20

/** Accesses to phone systems, with the tokens of those that are granted. */
export class PhoneAccesses {
  readonly #cluster: Cluster
  readonly #tokens: LeasedTokens<PhoneTokens>

  constructor(parts: { cluster: Cluster; ring: KeyRing }) {
    this.#cluster = parts.cluster
    this.#tokens = new LeasedTokens({ ...parts, table: 'phone_accesses' })
  }

  /** The oldest first. */
  ofOrganization(organizationId: string): Promise<PhoneAccess[]> {
    return this.#list('organization_id = $1', [organizationId])
  }

  ofConnection(connectionId: string): Promise<PhoneAccess[]> {
    return this.#list('connection_id = $1', [connectionId])
  }

  ofUser(userId: string): Promise<PhoneAccess[]> {
    return this.#list('user_id = $1', [userId])
  }

  /** The one by key of this connection: made when there is none. */
  async byKey(of: { organizationId: string; connectionId: string; phone: string }): Promise<PhoneAccess> {
    return this.#control(async (db) => {
      await expectOpen(db, of.organizationId)
      db.send(
        `insert into phone_accesses (id, organization_id, connection_id, phone) values ($1, $2, $3, $4)
         on conflict on constraint one_access_each do nothing`,
        [randomUUID(), of.organizationId, of.connectionId, of.phone],
      )
      const row = await db.row<AccessRow>(
        `select ${columns} from phone_accesses where connection_id = $1 and user_id is null`,
        [of.connectionId],
      )
      return fromRow(row ?? failed({ code: 'not-found', what: 'access' }))
    })
  }

  /**
   * A user granted access to their telephone: anew, or again.
   * @param crmConnectionId of the CRM they come from
   * @throws RingfenceError `busy` while what was kept of them is being removed
   */
  async grant(
    of: { organizationId: string; connectionId: string; phone: string; userId: string },
    crmConnectionId: string,
    tokens: PhoneTokens,
  ): Promise<PhoneAccess> {
    return this.#control(async (db) => {
      if (await isLeaving(db, { ...of, connectionId: crmConnectionId }))
        failed({ code: 'busy', what: 'uninstall', retryAfterSeconds: 30 })
      const known = await db.row<{ id: string }>(
        'select id from phone_accesses where connection_id = $1 and user_id = $2 for update',
        [of.connectionId, of.userId],
      )
      const id = known?.id ?? randomUUID()
      const row = await db.row<AccessRow>(
        `insert into phone_accesses as access (id, organization_id, connection_id, user_id, phone, tokens_sealed, tokens_expire_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint one_access_each do update
           set tokens_sealed = excluded.tokens_sealed, tokens_expire_at = excluded.tokens_expire_at, version = access.version + 1,
               state = 'active', lease_until = null, renewed_at = ringfence.now(), refused_at = null, refused_again_at = null,
               ends_at = null
         returning ${columns}`,
        [
          id,
          of.organizationId,
          of.connectionId,
          of.userId,
          of.phone,
          this.#tokens.seal({ id, organizationId: of.organizationId }, tokens),
          tokens.expiresAt,
        ],
      )
      return fromRow(row ?? failed({ code: 'not-found', what: 'access' }))
    })
  }

  /** What an adapter needs to ask its phone system. */
  session(
    phone: PhoneSystem,
    organization: Organization,
    connection: Pick<DirectoryConnection, 'id' | 'settings'>,
    access: PhoneAccess,
  ): PhoneSession {
    const provider = phone.name
    const use = async (refused?: string): Promise<string> => {
      const grants = phone.api?.grants
      // Where there is a key it stands in the settings, and there is none to be had in its place.
      if (!grants || access.userId === undefined)
        return failed({ code: 'provider-refused', provider, status: 401 })
      return (await this.#tokens.use(grantOf(access, phone, grants), refused)).accessToken
    }
    return {
      ...firstSession(phone, organization, connection),
      accessToken: () => use(),
      renewed: (refused) => use(refused),
    }
  }

  /** Uses a grant, also one that was refused before. @throws as a session does */
  async renew(phone: PhoneSystem, access: PhoneAccess): Promise<void> {
    const grants = phone.api?.grants
    if (grants) await this.#tokens.renew(grantOf(access, phone, grants))
  }

  /** Grants nearly forgotten, and those that were refused a day ago or count as taken back by now. */
  async inNeed(): Promise<(PhoneAccess & { phone: string })[]> {
    const rows = await this.#control((db) =>
      db.rows<AccessRow & { phone: string }>(
        `select ${columns}, phone from phone_accesses
         where user_id is not null and ${ofCustomers} and
           (state = 'active' and renewed_at <= ringfence.now() - make_interval(days => $1)
            or state = 'refused' and coalesce(refused_again_at, refused_at, '-infinity') <= ringfence.now() - make_interval(hours => $2)
            or state = 'refused' and ends_at <= ringfence.now())
         order by created_at, id`,
        [idleDays, hoursBetweenRefusals],
      ),
    )
    return rows.map((row) => ({ ...fromRow(row), phone: row.phone }))
  }

  async remove(id: string): Promise<void> {
    await this.#control((db) => db.rows('delete from phone_accesses where id = $1', [id]))
  }

  /** @param ids of the subscription; left out: they stay */
  async tell(id: string, told: PhoneAccess['told'], ids?: readonly string[]): Promise<void> {
    await this.#control((db) =>
      db.rows(
        `update phone_accesses
         set told = $2, subscription_ids = coalesce($3, subscription_ids),
             checked_at = case when $2 = 'subscribed' then ringfence.now() else checked_at end
         where id = $1`,
        [id, told, ids ?? null],
      ),
    )
  }

  /**
   * Keeps what the phone system made for it. @returns false when the access is gone, or its organization has begun to
   * end: nobody would end the subscriptions any more
   */
  async keepSubscriptions(
    { id, organizationId }: Pick<PhoneAccess, 'id' | 'organizationId'>,
    ids: readonly string[],
  ): Promise<boolean> {
    return this.#control(async (db) => {
      if (!(await isOpen(db, organizationId))) return false
      const row = await db.row(
        `update phone_accesses set told = 'subscribed', subscription_ids = $2, checked_at = ringfence.now()
         where id = $1 returning id`,
        [id, ids],
      )
      return row !== undefined
    })
  }

  async tellCompared(id: string, compared: NonNullable<PhoneAccess['compared']>): Promise<void> {
    await this.#control((db) =>
      db.rows(
        'update phone_accesses set compared_at = $2, compared_calls = $3, missing_calls = $4 where id = $1',
        [id, compared.at, compared.calls, compared.missing],
      ),
    )
  }

  async #list(where: string, values: string[]): Promise<PhoneAccess[]> {
    const rows = await this.#control((db) =>
      db.rows<AccessRow>(
        `select ${columns} from phone_accesses where ${where} order by created_at, id`,
        values,
      ),
    )
    return rows.map(fromRow)
  }

  #control<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    return this.#cluster.control.transaction(fn)
  }
}

const grantOf = ({ id, organizationId }: PhoneAccess, phone: PhoneSystem, grants: PhoneGrants) => ({
  id,
  organizationId,
  provider: phone.name,
  refresh: (refreshToken: string) => grants.refresh(refreshToken),
})

/** A session before there is an access, for asking who has just granted one. */
export function firstSession(
  phone: PhoneSystem,
  organization: Organization,
  { id, settings }: Pick<DirectoryConnection, 'id' | 'settings'>,
  accessToken?: string,
): PhoneSession {
  const refused = () => failed({ code: 'provider-refused', provider: phone.name, status: 401 })
  return {
    organizationId: organization.id,
    connectionId: id,
    settings,
    numbers: { country: organization.country },
    accessToken: async () => accessToken ?? refused(),
    renewed: async () => refused(),
  }
}

function fromRow(row: AccessRow): PhoneAccess {
  return {
    id: row.id,
    organizationId: row.organization_id,
    connectionId: row.connection_id,
    userId: row.user_id ?? undefined,
    state: row.state,
    endsAt: row.ends_at ?? undefined,
    subscriptionIds: row.subscription_ids,
    told: row.told,
    checkedAt: row.checked_at ?? undefined,
    compared:
      row.compared_at === null
        ? undefined
        : { at: row.compared_at, calls: row.compared_calls ?? 0, missing: row.missing_calls ?? 0 },
    createdAt: row.created_at,
  }
}
