import { hash as digest, randomBytes, randomUUID } from 'node:crypto'
import type { CountryCode } from 'libphonenumber-js/max'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { expectOpen } from '../organizations/subscriptions.ts'

/** One address a vendor sends to. `secret` is the shared key, or the password of basic authentication. */
export interface Hook {
  organizationId: string
  connectionId: string
  side: 'phone' | 'crm'
  adapter: string
  secret: string
  /** of the organization: numbers without a country are read as its own */
  country: CountryCode
}

interface HookRow {
  hash: Buffer
  id: string
  organization_id: string
  connection_id: string
  side: 'phone' | 'crm'
  adapter: string
  secret_sealed: Buffer
  country: CountryCode
}

const select = `
  select k.hash, k.id, k.organization_id, k.connection_id, k.side, k.adapter, k.secret_sealed, o.country
  from hook_keys k join organizations o on o.id = k.organization_id and o.state = 'active'`

const hashOf = (key: string): Buffer => digest('sha256', key, 'buffer')

/**
 * All hooks, held in memory: a delivery is verified without the database, also while that is away. The key of an address
 * is stored as its hash, so that a copy of the database lets nobody speak for a vendor.
 */
export class HookKeys {
  readonly #cluster: Cluster
  readonly #ring: KeyRing
  #held = new Map<string, Hook>()

  constructor(cluster: Cluster, ring: KeyRing) {
    this.#cluster = cluster
    this.#ring = ring
  }

  async load(): Promise<void> {
    const rows = await this.#cluster.control.transaction((db) => db.rows<HookRow>(`${select} order by k.id`))
    this.#held = new Map(
      rows.flatMap((row) => {
        const hook = this.#open(row)
        return hook ? [[row.hash.toString('hex'), hook]] : []
      }),
    )
  }

  held(key: string): Hook | undefined {
    return this.#held.get(digest('sha256', key, 'hex'))
  }

  /** Made by another node a moment ago? @throws RingfenceError `database-away` when nobody can say */
  async find(key: string): Promise<Hook | undefined> {
    const hash = hashOf(key)
    const row = await this.#cluster.control.transaction((db) =>
      db.row<HookRow>(`${select} where k.hash = $1`, [hash]),
    )
    const hook = row && this.#open(row)
    if (!hook) return undefined
    this.#held.set(hash.toString('hex'), hook)
    return hook
  }

  /**
   * @param accessId it is for the subscription of this access to a phone system, and goes with it
   * @returns the key for the address and the secret: told once, stored hashed and sealed
   */
  async make(hook: Omit<Hook, 'secret'>, accessId?: string): Promise<{ key: string; secret: string }> {
    return this.#make(hook, { accessId })
  }

  /**
   * The same in place of those that an administrator of the connection was told: in one transaction, so that it is never
   * without. Those of subscriptions stay.
   */
  async makeAnew(hook: Omit<Hook, 'secret'>): Promise<{ key: string; secret: string }> {
    const { connectionId } = hook
    return this.#make(hook, {
      before: (db) => {
        db.send('delete from hook_keys where connection_id = $1 and access_id is null', [connectionId])
        for (const [hash, held] of this.#held) if (held.connectionId === connectionId) this.#held.delete(hash)
      },
    })
  }

  async #make(
    hook: Omit<Hook, 'secret'>,
    { accessId, before }: { accessId?: string | undefined; before?: (db: Db) => void },
  ): Promise<{ key: string; secret: string }> {
    const key = randomBytes(24).toString('base64url')
    const secret = randomBytes(24).toString('base64url')
    const id = randomUUID()
    const sealed = this.#ring
      .organization(hook.organizationId)
      .seal(placeOf(id), secret, { by: 'organization' })
    await this.#cluster.control.transaction(async (db) => {
      await expectOpen(db, hook.organizationId)
      before?.(db)
      return db.rows(
        `insert into hook_keys (hash, id, organization_id, connection_id, side, adapter, secret_sealed, access_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          hashOf(key),
          id,
          hook.organizationId,
          hook.connectionId,
          hook.side,
          hook.adapter,
          sealed,
          accessId ?? null,
        ],
      )
    })
    this.#held.set(hashOf(key).toString('hex'), { ...hook, secret })
    return { key, secret }
  }

  async removeOf(connectionId: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows('delete from hook_keys where connection_id = $1', [connectionId]),
    )
    for (const [hash, hook] of this.#held) if (hook.connectionId === connectionId) this.#held.delete(hash)
  }

  /** Of those made for the subscription of an access only this one stays; without one, none. */
  async keepOnly(accessId: string, key?: string): Promise<void> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ hash: Buffer }>(
        'delete from hook_keys where access_id = $1 and ($2::bytea is null or hash <> $2) returning hash',
        [accessId, key === undefined ? null : hashOf(key)],
      ),
    )
    for (const { hash } of rows) this.#held.delete(hash.toString('hex'))
  }

  /** undefined: its key is gone, as in a database from before the organization's end. The others' hooks go on. */
  #open(row: HookRow): Hook | undefined {
    try {
      return {
        organizationId: row.organization_id,
        connectionId: row.connection_id,
        side: row.side,
        adapter: row.adapter,
        country: row.country,
        secret: this.#ring.organization(row.organization_id).open(placeOf(row.id), row.secret_sealed),
      }
    } catch (error) {
      if (failureOf(error)?.code !== 'unreadable') throw error
      return undefined
    }
  }
}

const placeOf = (id: string) => ({ table: 'hook_keys', column: 'secret_sealed', row: id })
