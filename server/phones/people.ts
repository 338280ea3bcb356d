import type { Db } from '../database/transaction.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhonePeople } from './contract.ts'

/** One of our users, as the phone system knows them. */
export interface PhonePerson {
  connectionId: string
  userId: string
  /** the phone system's id of them */
  ref: string
  extension: string
}

/** One of the organization's lines. */
export interface PhoneLine {
  connectionId: string
  /** E.164 */
  number: string
  /** whom an administrator has it ring; undefined: everybody with a telephone of this phone system */
  users: readonly string[] | undefined
}

/** Of a phone system whose people were not read, or whose events name extensions anyway. */
export const nobody: PhonePeople = { extensionOf: new Map(), rungBy: new Map() }

/** What the adapter of one connection is given with each delivery. */
export function peopleOf(
  connectionId: string,
  all: { people: readonly PhonePerson[]; lines: readonly PhoneLine[] },
): PhonePeople {
  const people = all.people.filter((one) => one.connectionId === connectionId)
  const rung = (users: readonly string[] | undefined) =>
    people
      .filter(({ userId }) => users?.includes(userId) ?? true)
      .map(({ extension }) => extension)
      .sort()
  return {
    extensionOf: new Map(people.map(({ ref, extension }) => [ref, extension])),
    rungBy: new Map(
      all.lines
        .filter((line) => line.connectionId === connectionId)
        .map(({ number, users }) => [number, rung(users)]),
    ),
  }
}

export const personId = (organization: Organization, connectionId: string, ref: string): string =>
  uuidFrom(organization.keys.hash('phone person', `${connectionId}|${ref}`))
export const lineId = (organization: Organization, connectionId: string, number: string): string =>
  uuidFrom(organization.keys.hash('phone line', `${connectionId}|${number}`))
const personPlace = (row: string) => ({ table: 'phone_people', column: 'person_sealed', row })
const linePlace = (row: string) => ({ table: 'phone_lines', column: 'line_sealed', row })

/**
 * By what calls of somebody are known to be theirs, whose telephone has no extension of its own: a code that no telephone
 * has, always the same for the same person.
 */
export function standInExtension(organization: Organization, connectionId: string, ref: string): string {
  const digits = Number.parseInt(personId(organization, connectionId, ref).slice(0, 8), 16) % 1_000_000
  return `*${String(digits).padStart(6, '0')}`
}

export async function readPeople(organization: Organization, db: Db): Promise<PhonePerson[]> {
  const rows = await db.rows<{ id: string; connection_id: string; user_id: string; person_sealed: Buffer }>(
    'select id, connection_id, user_id, person_sealed from phone_people order by connection_id, id',
  )
  return rows.map((row) => ({
    connectionId: row.connection_id,
    userId: row.user_id,
    ...(JSON.parse(organization.keys.open(personPlace(row.id), row.person_sealed)) as {
      ref: string
      extension: string
    }),
  }))
}

export async function readLines(organization: Organization, db: Db): Promise<PhoneLine[]> {
  const rows = await db.rows<{ id: string; connection_id: string; line_sealed: Buffer }>(
    'select id, connection_id, line_sealed from phone_lines order by connection_id, id',
  )
  return rows
    .map((row) => {
      const line = JSON.parse(organization.keys.open(linePlace(row.id), row.line_sealed)) as {
        number: string
        users?: string[]
      }
      return { connectionId: row.connection_id, number: line.number, users: line.users }
    })
    .sort((a, b) => (a.number < b.number ? -1 : 1))
}

/**
 * The people of a connection are exactly these.
 * @param only replaces the telephones of these users alone
 */
export async function storePeople(
  organization: Organization,
  db: Db,
  connectionId: string,
  people: readonly Omit<PhonePerson, 'connectionId'>[],
  only?: readonly string[],
): Promise<void> {
  const rows = people.map(({ userId, ref, extension }) => {
    const id = personId(organization, connectionId, ref)
    const sealed = organization.keys.seal(personPlace(id), JSON.stringify({ ref, extension }), {
      by: 'organization',
    })
    return { id, userId, sealed }
  })
  db.send(
    `delete from phone_people where connection_id = $1 and ($2::uuid[] is null or user_id = any($2)) and not id = any($3)`,
    [connectionId, only ?? null, rows.map(({ id }) => id)],
  )
  for (const { id, userId, sealed } of rows)
    db.send(
      // Whoever has uninstalled meanwhile is not there any more, and nothing of them is to come back.
      `insert into phone_people (id, connection_id, user_id, person_sealed)
       select $1, $2, u.id, $4 from users u where u.id = $3
       on conflict (id) do update set user_id = excluded.user_id, person_sealed = excluded.person_sealed`,
      [id, connectionId, userId, sealed],
    )
}

/** Lines that are new ring everybody, those that are gone are removed, the others ring whom they rang. */
export async function storeLines(
  organization: Organization,
  db: Db,
  connectionId: string,
  numbers: readonly string[],
): Promise<void> {
  db.send('delete from phone_lines where connection_id = $1 and not id = any($2)', [
    connectionId,
    numbers.map((number) => lineId(organization, connectionId, number)),
  ])
  for (const number of numbers) storeLine(organization, db, { connectionId, number, users: undefined }, false)
}

/** @param chosen it replaces what was said of this line before */
export function storeLine(organization: Organization, db: Db, line: PhoneLine, chosen = true): void {
  const { connectionId, number, users } = line
  const id = lineId(organization, connectionId, number)
  const sealed = organization.keys.seal(linePlace(id), JSON.stringify({ number, users }), {
    by: 'organization',
  })
  db.send(
    `insert into phone_lines (id, connection_id, line_sealed) values ($1, $2, $3)
     on conflict (id) do ${chosen ? 'update set line_sealed = excluded.line_sealed' : 'nothing'}`,
    [id, connectionId, sealed],
  )
}
