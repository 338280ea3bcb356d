import type { Finder } from '../contacts/find-by-number.ts'
import type { NumberContext } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import type { PhonePeople, PhoneSystem } from '../phones/contract.ts'
import {
  nobody,
  type PhoneLine,
  type PhonePerson,
  peopleOf,
  readLines,
  readPeople,
} from '../phones/people.ts'
import { openSettings } from './connection-settings.ts'
import type { Organization } from './organization.ts'

/** People and connections of one organization, small enough to be held in memory: asked at every event of a call. */
export interface Directory {
  connections: ReadonlyMap<string, DirectoryConnection>
  users: ReadonlyMap<string, DirectoryUser>
  /** extension → user id */
  extensions: ReadonlyMap<string, string>
  /** users' telephones and the organization's lines, as its phone systems have them */
  people: readonly PhonePerson[]
  lines: readonly PhoneLine[]
  /** the organization's own lines in E.164: typed, and those of its phone systems */
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
  /** as people call it; undefined: of a CRM, or of a phone system this installation does not have */
  title: string | undefined
  companyRef: string | undefined
  /** an administrator chose that recordings are attached */
  attaches: boolean
  /** and the phone system has to be asked for each */
  looksForRecordings: boolean
  /** of a phone system: what its adapter is given with each delivery, see phones/contract.ts */
  settings: Readonly<Record<string, unknown>>
  people: PhonePeople
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
  /** somebody chose them: nothing that a phone system says changes them */
  extensionsByHand: boolean
}

interface Known {
  directory: Promise<Directory>
  /** it has been read */
  read: Directory | undefined
  until: number
}

/**
 * Directories of the organizations in use. Whoever changes users, extensions or connections calls `forget`, here and,
 * through `live`, on the other nodes. A directory is also read anew after five minutes, should a notice have been lost.
 */
export class Directories {
  readonly #phones: ReadonlyMap<string, PhoneSystem>
  readonly #known = new Map<string, Known>()
  /** organization → its connections as last read: asked while the database is away */
  readonly #last = new Map<string, Directory['connections']>()

  constructor(phones: ReadonlyMap<string, PhoneSystem> = new Map()) {
    this.#phones = phones
  }

  of(organization: Organization): Promise<Directory> {
    const known = this.#known.get(organization.id)
    if (known && known.until > Date.now()) return known.directory
    const directory = readDirectory(organization, this.#phones)
    const reading: Known = { directory, read: undefined, until: Date.now() + 300_000 }
    this.#known.set(organization.id, reading)
    directory.then(
      (read) => {
        reading.read = read
        if (this.#known.get(organization.id) === reading) this.#last.set(organization.id, read.connections)
      },
      () => this.forget(organization.id),
    )
    return directory
  }

  /** A connection, where it is known without asking. */
  held(organizationId: string, connectionId: string): DirectoryConnection | undefined {
    const known = this.#known.get(organizationId)
    return known && known.until > Date.now() ? known.read?.connections.get(connectionId) : undefined
  }

  /** The same as it was when it was last read here: while the database is away nothing newer can be had. */
  last(organizationId: string, connectionId: string): DirectoryConnection | undefined {
    return this.#last.get(organizationId)?.get(connectionId)
  }

  forget(organizationId: string): void {
    this.#known.delete(organizationId)
  }

  /** The organization was deleted: nothing of it stays in memory. */
  drop(organizationId: string): void {
    this.forget(organizationId)
    this.#last.delete(organizationId)
  }
}

/** Each part for its own purpose, one after the other, so that one connection is enough. */
async function readDirectory(
  organization: Organization,
  phones: ReadonlyMap<string, PhoneSystem>,
): Promise<Directory> {
  const { agreed, ...connected } = await organization.transaction(
    (db) => readConnections(organization, db, phones),
    'connect the systems',
  )
  const { ownNumbers, lines } = await organization.transaction(
    (db) => readNumbers(organization, db),
    'identify the caller',
  )
  const { people, ...users } = await organization.transaction(
    (db) => readUsers(organization, db),
    'show calls to the people they are for',
  )
  return {
    ...connected,
    connections: new Map(
      [...connected.connections].map(([id, one]) => [
        id,
        { ...one, people: peopleOf(id, { people, lines }) },
      ]),
    ),
    ...users,
    people,
    lines,
    ownNumbers,
    numbers: { country: organization.country },
    agreed,
  }
}

/** With what a number is looked up for this organization. */
export function finderOf({ keys }: Organization, { mirrors, numbers, ownNumbers }: Directory): Finder {
  return { keys, mirrors, numbers, ownNumbers }
}

async function readConnections(organization: Organization, db: Db, phones: ReadonlyMap<string, PhoneSystem>) {
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
      connections.map((row) => {
        const set = openSettings(organization, row.id, row.settings_sealed)
        const phone = phones.get(row.adapter)
        // A setting that a newer version reads no more must not keep calls away.
        const settings = phone?.settings.schema.safeParse(set).data ?? {}
        const attaches = phone?.recordings?.attaches(settings) ?? false
        return [
          row.id,
          {
            id: row.id,
            side: row.side,
            adapter: row.adapter,
            title: phone?.title,
            companyRef: row.company_ref ?? undefined,
            attaches,
            looksForRecordings: attaches && phone?.recordings?.find !== undefined,
            settings,
            people: nobody,
          },
        ]
      }),
    ),
    mirrors: connections
      .filter(
        (row) => row.side === 'crm' && (row.mirror_state === 'copying' || row.mirror_state === 'complete'),
      )
      .map((row) => row.id),
    agreed: agreement !== undefined,
  }
}

async function readNumbers(organization: Organization, db: Db) {
  const [rows, lines] = await Promise.all([
    db.rows<{ id: string; own_numbers_sealed: Buffer | null }>(
      'select id, own_numbers_sealed from connections order by created_at, id',
    ),
    readLines(organization, db),
  ])
  const typed = rows.flatMap((row) => openOwnNumbers(organization, row.id, row.own_numbers_sealed))
  return { lines, ownNumbers: new Set([...typed, ...lines.map(({ number }) => number)]) }
}

async function readUsers(organization: Organization, db: Db) {
  const [users, extensions, people] = await Promise.all([
    db.rows<{
      id: string
      connection_id: string
      external_id: string
      name_sealed: Buffer
      role: DirectoryUser['role']
      sees: DirectoryUser['sees']
      language: DirectoryUser['language']
      extensions_by_hand: boolean
    }>(
      `select id, connection_id, external_id, name_sealed, role, sees, language, extensions_by_hand from users order by created_at, id`,
    ),
    db.rows<{ extension: string; user_id: string; sees_after: string }>(
      `select extension, user_id, sees_after from user_extensions order by extension`,
    ),
    readPeople(organization, db),
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
          extensionsByHand: row.extensions_by_hand,
        },
      ]),
    ),
    extensions: new Map(extensions.map((row) => [row.extension, row.user_id])),
    people,
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
