import { randomBytes, randomUUID } from 'node:crypto'
import type { CountryCode } from 'libphonenumber-js/max'
import { isSupportedCountry } from 'libphonenumber-js/max'
import type { Cluster } from '../database/cluster.ts'
import type { Target } from '../database/connections.ts'
import { type Migration, migrate, readMigrations } from '../database/migrate.ts'
import { rememberRing } from '../database/ring-memory.ts'
import { inTransaction, untilDone } from '../database/transaction.ts'
import { failed, failureOf } from '../failure.ts'
import type { KeyRing } from '../keys/contract.ts'
import { recordEnd } from '../privacy/end-record.ts'
import { recordFirstUse } from '../privacy/policy-uses.ts'
import { type PurposeRoles, purposeRoles } from '../privacy/purposes.ts'
import { isRefusedKey } from '../privacy/retired-keys.ts'
import { forgetCompanies } from './ended-companies.ts'
import type { DatabaseRole, Organization } from './organization.ts'
import {
  allowPurposes,
  closeSideDoors,
  dropDatabase,
  grantAndGuard,
  makeDatabase,
  makePurposeRoles,
  rolesOf,
} from './organization-database.ts'
import { expectTrialDay } from './subscriptions.ts'

export interface OrganizationRow {
  id: string
  name: string
  database_name: string
  country: CountryCode
  time_zone: string
  language: 'en' | 'cs'
  created_at: Date
}

/** Whoever only reads locks nobody out, and writes what was read to a disk or to somebody who takes their time. */
const mayPause = `set local idle_in_transaction_session_timeout = '10min'`

type Fill = (organization: Organization) => Promise<void>

const columns = 'id, name, database_name, country, time_zone, language, created_at'

/**
 * All organizations of this installation, and the only door to the database of each: where one lives is known here and
 * nowhere else, so it can be moved or packed without a change in any room.
 */
export class Organizations {
  readonly #cluster: Cluster
  readonly #ring: KeyRing
  readonly #known = new Map<string, Organization>()
  readonly #prepared = new Map<string, Promise<void>>()
  readonly #purposeRoles: PurposeRoles
  readonly #reading: boolean
  #migrations: Promise<Migration[]> | undefined
  #madePurposeRoles: Promise<void> | undefined

  /** @param options.reading nothing is made or changed, not even what the databases lack */
  constructor(cluster: Cluster, ring: KeyRing, { reading = false } = {}) {
    this.#cluster = cluster
    this.#ring = ring
    this.#reading = reading
    this.#purposeRoles = purposeRoles(cluster.control.target.database)
  }

  /** @throws RingfenceError `not-found` */
  async get(id: string): Promise<Organization> {
    const known = this.#known.get(id)
    if (known) return known
    return this.#remember(
      (await this.#read(id, 'active')) ?? failed({ code: 'not-found', what: 'organization' }),
    )
  }

  /** One whose subscription is just being ended: for whoever carries that out, and for nobody else. */
  async ending(id: string): Promise<Organization | undefined> {
    const row = await this.#read(id, 'ending')
    return row && this.#open(row)
  }

  /** Deleted or ended, here or by another node; read anew when it is asked for. */
  forget(id: string): void {
    this.#known.delete(id)
  }

  /** In the order they were made. */
  async list(): Promise<Organization[]> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<OrganizationRow>(
        `select ${columns} from organizations where state = 'active' order by created_at, id`,
      ),
    )
    return rows.map((row) => this.#known.get(row.id) ?? this.#remember(row))
  }

  /**
   * Makes an organization with a database, three roles and keys of its own.
   * @param fill is done before anybody else knows of it; when it fails nothing of it is left
   * @throws RingfenceError `invalid-input`
   */
  async create(
    wish: {
      name: string
      country: string
      timeZone: string
      language?: 'en' | 'cs'
      /** the last day of a trial, YYYY-MM-DD; left out: the subscription runs */
      trialUntil?: string
    },
    fill?: Fill,
  ): Promise<Organization> {
    const name = wish.name.trim()
    if (name.length < 1 || name.length > 200)
      failed({ code: 'invalid-input', field: 'name', rule: '1 to 200 characters' })
    const country = wish.country.toUpperCase()
    if (!isSupportedCountry(country))
      failed({ code: 'invalid-input', field: 'country', rule: 'two letters of ISO 3166, such as CZ' })
    if (!isTimeZone(wish.timeZone))
      failed({ code: 'invalid-input', field: 'timeZone', rule: 'a name such as Europe/Prague' })
    if (wish.trialUntil !== undefined) await expectTrialDay(this.#cluster, wish.timeZone, wish.trialUntil)
    const id = randomUUID()
    const database = newDatabaseName()
    await this.#cluster.control.transaction((db) =>
      db.rows(
        `insert into organizations (id, name, database_name, country, time_zone, language, trial_until)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, name, database, country, wish.timeZone, wish.language ?? 'en', wish.trialUntil ?? null],
      ),
    )
    return this.#make(id, database, fill)
  }

  /**
   * Makes an organization anew whose subscription had ended: empty, with keys and a database of its own. May be
   * interrupted and asked for again; by one at a time.
   * @param trialUntil the last day of a trial, YYYY-MM-DD
   * @throws RingfenceError `conflict` when it has not ended
   */
  async reopen(id: string, trialUntil: string | undefined): Promise<Organization> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ database_name: string }>(
        `update organizations set trial_until = $2 where id = $1 and state = 'ended' returning database_name`,
        [id, trialUntil ?? null],
      ),
    )
    if (!row) return failed({ code: 'conflict', with: 'a subscription that has not ended' })
    await this.#empty(id, row.database_name) // what was left half made
    await forgetCompanies({ cluster: this.#cluster }, id)
    return this.#make(id, row.database_name)
  }

  async #make(id: string, database: string, fill?: Fill): Promise<Organization> {
    const keys = await this.#ring.makeOrganization(id)
    await rememberRing(this.#cluster.control, this.#ring)
    await makeDatabase(this.#cluster, database, keys)
    if (fill) await this.#fill(id, fill)
    const row = await this.#cluster.control.transaction((db) => {
      const active = db.row<OrganizationRow>(
        `update organizations set state = 'active' where id = $1 returning ${columns}`,
        [id],
      )
      recordFirstUse(db, id)
      return active
    })
    return this.#remember(row ?? failed({ code: 'not-found', what: 'organization' }))
  }

  async #fill(id: string, fill: Fill): Promise<void> {
    try {
      const row = await this.#read(id, 'making')
      await fill(this.#open(row ?? failed({ code: 'not-found', what: 'organization' })))
    } catch (error) {
      await this.delete(id)
      throw error
    }
  }

  /**
   * Takes everything from an organization whose subscription is being ended: keys first, so that from this moment nothing
   * of it can be read, then the database and its roles. Its row stays. May be run again.
   */
  async empty(id: string): Promise<void> {
    const row = await this.#read(id, 'ending')
    if (row) await this.#empty(id, row.database_name)
  }

  /** It is empty. Should it begin anew, it is in a database of another name: nobody can still hold on to the old one. */
  async markEnded(id: string): Promise<void> {
    await this.#cluster.control.transaction((db) =>
      db.rows(
        `update organizations set state = 'ended', database_name = $2 where id = $1 and state = 'ending'`,
        [id, newDatabaseName()],
      ),
    )
  }

  /** Keys first, so that from this moment nothing of it can be read; then the database, roles and rows. */
  async delete(id: string): Promise<void> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ database_name: string }>(
        `update organizations set state = 'leaving' where id = $1 returning database_name`,
        [id],
      ),
    )
    if (!row) failed({ code: 'not-found', what: 'organization' })
    await this.#remove(id, row.database_name)
  }

  /** Ends what a crash left half made or half deleted. */
  async finishInterrupted(): Promise<number> {
    const rows = await this.#cluster.control.transaction((db) =>
      db.rows<{ id: string; database_name: string }>(
        `select id, database_name from organizations
         where state = 'leaving' or (state = 'making' and created_at < ringfence.now() - interval '10 minutes')
         order by id`,
      ),
    )
    for (const row of rows) await this.#remove(row.id, row.database_name)
    return rows.length
  }

  /**
   * Migrates every organization; one failure stops only its organization, which is tried again when it is used.
   * @returns those that are up to date
   */
  async migrateAll(onFailure: (organizationId: string, error: unknown) => void): Promise<Organization[]> {
    const ready: Organization[] = []
    for (const organization of await this.list()) {
      try {
        await organization.transaction(async () => undefined, 'owner')
        ready.push(organization)
      } catch (error) {
        onFailure(organization.id, error)
      }
    }
    return ready
  }

  /** Another policy is in force: each database is brought to it, by the migrations' own way. */
  async guardAgain(onFailure: (organizationId: string, error: unknown) => void): Promise<void> {
    this.#prepared.clear()
    await this.migrateAll(onFailure)
  }

  async #remove(id: string, database: string): Promise<void> {
    await recordEnd({ cluster: this.#cluster, ring: this.#ring }, id, { end: 'organization deleted' })
    await this.#empty(id, database)
    await this.#cluster.control.transaction((db) => db.rows(`delete from organizations where id = $1`, [id]))
  }

  async #empty(id: string, database: string): Promise<void> {
    this.#known.delete(id)
    this.#prepared.delete(database)
    await recordEnd({ cluster: this.#cluster, ring: this.#ring }, id, { end: 'end of subscription' })
    await this.#ring.destroyOrganization(id)
    await rememberRing(this.#cluster.control, this.#ring)
    await dropDatabase(this.#cluster, database)
  }

  #read(id: string, state: 'making' | 'active' | 'ending'): Promise<OrganizationRow | undefined> {
    return this.#cluster.control.transaction((db) =>
      db.row<OrganizationRow>(`select ${columns} from organizations where id = $1 and state = $2`, [
        id,
        state,
      ]),
    )
  }

  #remember(row: OrganizationRow): Organization {
    const organization = this.#open(row)
    this.#known.set(row.id, organization)
    return organization
  }

  #open(row: OrganizationRow): Organization {
    const keys = this.#ring.organization(row.id)
    const roles = rolesOf(row.database_name)
    const database = row.database_name
    const login = (name: 'app' | 'officer') =>
      this.#cluster.as({ user: roles[name], password: keys.derive(`database role ${name}`), database })
    // Asked for when it is used: of one that is just being ended the keys may be gone already.
    const targets: { app?: Target; officer?: Target } = {}
    const targetOf = (name: 'app' | 'officer'): Target => {
      targets[name] ??= login(name)
      return targets[name]
    }
    const start = this.#reading ? 'begin read only' : 'begin'
    const begin = (as: DatabaseRole): { target: Target; sql: string } => {
      if (as === 'officer') return { target: targetOf('officer'), sql: `begin read only; ${mayPause}` }
      if (as === 'owner')
        return { target: this.#cluster.admin(database), sql: `${start}; set local role ${roles.owner}` }
      return { target: targetOf('app'), sql: `${start}; set local role ${this.#purposeRoles[as]}` }
    }
    return {
      id: row.id,
      name: row.name,
      country: row.country,
      timeZone: row.time_zone,
      language: row.language,
      createdAt: row.created_at,
      keys,
      transaction: async (fn, as) => {
        try {
          if (!this.#reading) await this.#prepare(database)
          const { target, sql } = begin(as)
          return await this.#withPresentKeys(() =>
            untilDone(() =>
              this.#cluster.connections.with(target, (client) => inTransaction(client, fn, sql)),
            ),
          )
        } catch (error) {
          return this.#unlessGone(row, error)
        }
      },
    }
  }

  /**
   * It was ended or deleted, and whoever comes here has not heard of it yet: then the database is not away, and nothing may
   * be kept until it is back. While it ends its database may be dropped already.
   */
  async #unlessGone({ id, database_name: database }: OrganizationRow, error: unknown): Promise<never> {
    if (!mayBeGone(error)) throw error
    const there = isDropped(error) ? ['active'] : ['active', 'ending']
    const found = await this.#cluster.control
      .transaction((db) =>
        db.rows(`select 1 from organizations where id = $1 and database_name = $2 and state = any($3)`, [
          id,
          database,
          there,
        ]),
      )
      .catch(() => undefined) // the control database is away too: the first error is the one to tell
    if (found?.length !== 0) throw error
    this.#known.delete(id)
    return failed({ code: 'not-found', what: 'organization' }, error)
  }

  /**
   * A key may be replaced between sealing and storing, or between reading and opening. Nothing is lost: the transaction
   * did not happen, and is done again with the keys as they are now.
   */
  async #withPresentKeys<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const { version } = this.#ring
      try {
        return await run()
      } catch (error) {
        const isStale = isRefusedKey(error)
        if (attempt === 5 || !(isStale || failureOf(error)?.code === 'unreadable')) throw error
        this.#ring.refresh()
        if (this.#ring.version === version && !isStale) throw error
      }
    }
  }

  /** Migrations run once per process and database, on first use. A failed attempt is tried again on the next use. */
  #prepare(database: string): Promise<void> {
    let prepared = this.#prepared.get(database)
    if (!prepared) {
      prepared = this.#migrate(database)
      this.#prepared.set(database, prepared)
      prepared.catch(() => this.#prepared.delete(database))
    }
    return prepared
  }

  async #migrate(database: string): Promise<void> {
    this.#migrations ??= readMigrations('organization')
    const migrations = await this.#migrations
    this.#madePurposeRoles ??= makePurposeRoles(this.#cluster, this.#purposeRoles)
    this.#madePurposeRoles.catch(() => {
      this.#madePurposeRoles = undefined
    })
    await this.#madePurposeRoles
    await this.#cluster.connections.with(this.#cluster.admin(database), async (client) => {
      await allowPurposes(client, database, this.#purposeRoles)
      await closeSideDoors(client)
      await client.query(`set role ${rolesOf(database).owner}`)
      try {
        const ran = await migrate(client, migrations)
        await grantAndGuard(client, database, {
          purposes: this.#purposeRoles,
          migrated: ran.length > 0,
        })
      } finally {
        await client.query('reset role')
      }
    })
  }
}

const stateOf = (error: unknown): string => String((error as { code?: unknown }).code)

/** No connection; or, by SQLSTATE, no such database, no such role, or its password is another. */
function mayBeGone(error: unknown): boolean {
  return (
    failureOf(error)?.code === 'database-away' ||
    isDropped(error) ||
    ['28000', '28P01'].includes(stateOf(error))
  )
}

/** There is no database of that name (3D000): unlike one that is away, it does not come back. */
const isDropped = (error: unknown): boolean => stateOf(error) === '3D000'

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false // Intl throws for a name it does not know: that is the answer
  }
}

/** So that its name tells nobody whose it is. */
export const newDatabaseName = (): string => `rf_${randomName(20)}`

function randomName(length: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return Array.from(randomBytes(length), (byte) => letters[byte % 32]).join('')
}
