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
    const directory = organization.transaction((db) => readDirectory(organization, db))
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

async function readDirectory(organization: Organization, db: Db): Promise<Directory> {
  const [agreement, connections, users, extensions] = await Promise.all([
    db.row('select id from agreements limit 1'),
    db.rows<{
      id: string
      side: 'phone' | 'crm'
      adapter: string
      company_ref: string | null
      own_numbers_sealed: Buffer | null
      settings_sealed: Buffer | null
      mirror_state: string
    }>(
      `select id, side, adapter, company_ref, own_numbers_sealed, settings_sealed, mirror_state from connections order by created_at, id`,
    ),
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
    db.rows<{ extension: string; user_id: string }>(
      `select extension, user_id from user_extensions order by extension`,
    ),
  ])
  const { keys } = organization
  return {
    connections: new Map(
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
    users: new Map(
      users.map((row) => [
        row.id,
        {
          id: row.id,
          connectionId: row.connection_id,
          externalId: row.external_id,
          name: keys.open({ table: 'users', column: 'name_sealed', row: row.id }, row.name_sealed),
          role: row.role,
          sees: row.sees,
          language: row.language,
          extensions: extensions.filter((entry) => entry.user_id === row.id).map((entry) => entry.extension),
        },
      ]),
    ),
    extensions: new Map(extensions.map((row) => [row.extension, row.user_id])),
    ownNumbers: new Set(
      connections.flatMap((row) => openOwnNumbers(organization, row.id, row.own_numbers_sealed)),
    ),
    mirrors: connections
      .filter((row) => row.side === 'crm' && row.mirror_state !== 'not-started')
      .map((row) => row.id),
    numbers: { country: organization.country },
    agreed: agreement !== undefined,
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
