import type { Finder } from '../contacts/find-by-number.ts'
import type { NumberContext } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import { openSettings } from './connection-settings.ts'
import type { Organization } from './organization.ts'

/** People and connections of one organization, small enough to be held in memory: asked at every event of a call. */
export interface Directory {
  connections: ReadonlyMap<string, DirectoryConnection>
  users: ReadonlyMap<string, DirectoryUser>
  /** extension → user id */
  extensions: ReadonlyMap<string, string>
  /** the organization's own lines in E.164 */
  ownNumbers: ReadonlySet<string>
  /** CRM connections whose mirror may be asked */
  mirrors: readonly string[]
  numbers: NumberContext
  /** somebody entitled accepted the agreement; before that nothing of callers and contacts is stored (Art. 28(3) GDPR) */
  agreed: boolean
}
export interface DirectoryConnection {
  id: string
  side: 'phone' | 'crm'
  adapter: string
  companyRef: string | undefined
  /** an administrator chose that recordings are attached */
  attaches: boolean
}
export interface DirectoryUser {
  id: string
  connectionId: string
  externalId: string
  name: string
  role: 'administrator' | 'agent'
  sees: 'own' | 'all'
  language: 'en' | 'cs'
  extensions: readonly string[]
  /** extension → calls whose `arrival` is higher are the user's */
  seesAfter: ReadonlyMap<string, number>
}

/**
 * Directories of the organizations in use. Whoever changes users, extensions or connections calls `forget`, here and,
 * through `live`, on the other nodes. A directory is also read anew after five minutes, should a notice have been lost.
 */
export class Directories {
  readonly #known = new Map<string, { directory: Promise<Directory>; until: number }>()
  /** organization → its connections whose recordings are attached, as last read: asked while the database is away */
  readonly #attaching = new Map<string, ReadonlySet<string>>()

  of(organization: Organization): Promise<Directory> {
    const known = this.#known.get(organization.id)
    if (known && known.until > Date.now()) return known.directory
    const directory = readDirectory(organization)
    this.#known.set(organization.id, { directory, until: Date.now() + 300_000 })
    directory.then(
      ({ connections }) => {
        const attaching = [...connections.values()].filter(({ attaches }) => attaches)
        this.#attaching.set(organization.id, new Set(attaching.map(({ id }) => id)))
      },
      () => this.forget(organization.id),
    )
    return directory
  }

  /** Was it chosen that this connection's recordings are attached, as far as is known here without asking? */
  attaches(organizationId: string, connectionId: string): boolean {
    return this.#attaching.get(organizationId)?.has(connectionId) ?? false
  }

  forget(organizationId: string): void {
    this.#known.delete(organizationId)
  }
}

/** Each part for its own purpose, one after the other, so that one connection is enough. */
async function readDirectory(organization: Organization): Promise<Directory> {
  const { agreed, ...connected } = await organization.transaction(
    (db) => readConnections(organization, db),
    'connect the systems',
  )
  const ownNumbers = await organization.transaction(
    (db) => readOwnNumbers(organization, db),
    'identify the caller',
  )
  const people = await organization.transaction(
    (db) => readPeople(organization, db),
    'show calls to the people they are for',
  )
  return { ...connected, ...people, ownNumbers, numbers: { country: organization.country }, agreed }
}

/** With what a number is looked up for this organization. */
export function finderOf({ keys }: Organization, { mirrors, numbers, ownNumbers }: Directory): Finder {
  return { keys, mirrors, numbers, ownNumbers }
}

async function readConnections(organization: Organization, db: Db) {
  const [agreement, connections] = await Promise.all([
    db.row('select id from agreements limit 1'),
    db.rows<{
      id: string
      side: 'phone' | 'crm'
      adapter: string
      company_ref: string | null
      settings_sealed: Buffer | null
      mirror_state: string
    }>(
      `select id, side, adapter, company_ref, settings_sealed, mirror_state from connections
       where removed_at is null order by created_at, id`,
    ),
  ])
  return {
    connections: new Map<string, DirectoryConnection>(
      connections.map((row) => [
        row.id,
        {
          id: row.id,
          side: row.side,
          adapter: row.adapter,
          companyRef: row.company_ref ?? undefined,
          attaches: openSettings(organization, row.id, row.settings_sealed)['recordings'] === 'attach',
        },
      ]),
    ),
    mirrors: connections
      .filter((row) => row.side === 'crm' && row.mirror_state !== 'not-started')
      .map((row) => row.id),
    agreed: agreement !== undefined,
  }
}

async function readOwnNumbers(organization: Organization, db: Db): Promise<Set<string>> {
  const rows = await db.rows<{ id: string; own_numbers_sealed: Buffer | null }>(
    'select id, own_numbers_sealed from connections order by created_at, id',
  )
  return new Set(rows.flatMap((row) => openOwnNumbers(organization, row.id, row.own_numbers_sealed)))
}

async function readPeople(organization: Organization, db: Db) {
  const [users, extensions] = await Promise.all([
    db.rows<{
      id: string
      connection_id: string
      external_id: string
      name_sealed: Buffer
      role: DirectoryUser['role']
      sees: DirectoryUser['sees']
      language: DirectoryUser['language']
    }>(
      `select id, connection_id, external_id, name_sealed, role, sees, language from users order by created_at, id`,
    ),
    db.rows<{ extension: string; user_id: string; sees_after: string }>(
      `select extension, user_id, sees_after from user_extensions order by extension`,
    ),
  ])
  const { keys } = organization
  return {
    users: new Map<string, DirectoryUser>(
      users.map((row) => [
        row.id,
        {
          ...ownExtensions(extensions.filter((entry) => entry.user_id === row.id)),
          id: row.id,
          connectionId: row.connection_id,
          externalId: row.external_id,
          name: keys.open({ table: 'users', column: 'name_sealed', row: row.id }, row.name_sealed),
          role: row.role,
          sees: row.sees,
          language: row.language,
        },
      ]),
    ),
    extensions: new Map(extensions.map((row) => [row.extension, row.user_id])),
  }
}

function ownExtensions(
  rows: readonly { extension: string; sees_after: string }[],
): Pick<DirectoryUser, 'extensions' | 'seesAfter'> {
  return {
    extensions: rows.map(({ extension }) => extension),
    seesAfter: new Map(rows.map((row) => [row.extension, Number(row.sees_after)])),
  }
}

export function openOwnNumbers(
  organization: Organization,
  connectionId: string,
  sealed: Buffer | null,
): string[] {
  if (!sealed) return []
  return JSON.parse(
    organization.keys.open({ table: 'connections', column: 'own_numbers_sealed', row: connectionId }, sealed),
  ) as string[]
}
