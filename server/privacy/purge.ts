import { changeAlone } from '../contacts/store-contacts.ts'
import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import type { KeyRing } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { recordEnd } from './end-record.ts'
import { type Ended, type PurgingEnd, tablesEnding, type Way, waysOf } from './ends.ts'
import { rewriteControl, rewriteOrganization } from './rewrite.ts'

export type EndOf =
  | { end: 'phone disconnected by the user'; userId: string }
  | { end: 'uninstall by the user'; userId: string }
  | { end: 'uninstall by the last user'; connectionId: string }
  | { end: 'end of subscription'; organizationId: string }
  | { end: 'organization deleted' }

export interface PurgeParts {
  cluster: Cluster
  ring: KeyRing
  organizations: Organizations
}

/**
 * Removes what ends with this event, as the declarations say: on record outside the databases first, so that a restored
 * backup ends it again; then keys, where the kind has some of its own, then the rows of every kind that names this end, then
 * their bytes. May be interrupted anywhere and run again.
 *
 * What dies with a key is unreadable in the write-ahead log and backups too. A user's name and tokens are sealed by the
 * organization's key, which lives on: they are gone from the tables and their files, and from the embedded server's log;
 * in a backup they stay until its time is over. With the subscription that key goes too, and all of the organization's.
 * @returns how many rows went, by table; rows that hang on others are not counted
 * @throws RingfenceError `busy` when a table could not be rewritten just now; the rows are gone, run it again
 */
export async function purge(
  parts: PurgeParts,
  organization: Organization,
  event: EndOf,
): Promise<Map<string, number>> {
  const gone = new Map<string, number>()
  if (event.end === 'organization deleted') {
    await parts.organizations.delete(organization.id)
    return gone
  }
  if (event.end === 'end of subscription') {
    await parts.organizations.empty(event.organizationId)
    const removed = await inControl(parts, event, (db, ended) => deleteRows(db, 'control', event.end, ended))
    await rewriteControl(parts.cluster, tablesEnding(event.end, 'control'))
    return removed
  }
  await recordEnd(parts, organization.id, event)
  if (event.end === 'uninstall by the last user') await forgetMirror(organization, event.connectionId)
  await purgeAll(parts, organization, event, gone)
  await rewriteEnded(parts, organization, event.end)
  return gone
}

/** The rows alone, at once; their bytes go with `purge`. */
export async function purgeRowsOf(
  parts: Pick<PurgeParts, 'cluster' | 'ring'>,
  organization: Organization,
  event: Exclude<EndOf, { end: 'end of subscription' | 'organization deleted' }>,
): Promise<void> {
  await recordEnd(parts, organization.id, event)
  await purgeAll(parts, organization, event, new Map())
}

async function purgeAll(
  parts: Pick<PurgeParts, 'cluster'>,
  organization: Organization,
  event: Exclude<EndOf, { end: 'end of subscription' | 'organization deleted' }>,
  gone: Map<string, number>,
): Promise<void> {
  for (const { end, ended } of await endsIn(organization, event))
    await purgeRows(parts, organization, end, ended, gone)
}

/**
 * Counts what `purge` would remove, by table, rows that hang on others too. A row that goes with two ends is counted
 * once: with everything of the company, or with its user.
 */
export async function countEnding(
  { cluster }: Pick<PurgeParts, 'cluster'>,
  organization: Organization,
  event: Exclude<EndOf, { end: 'organization deleted' }>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const ends = await endsIn(organization, event)
  const whole = new Set<string>()
  // The widest end is the last of them.
  for (const { end, ended } of ends.toReversed()) {
    const add = (table: string, rows: number) => {
      if (end === 'uninstall by the last user') whole.add(table)
      else if (whole.has(table)) return
      counts.set(table, (counts.get(table) ?? 0) + rows)
    }
    const found = [
      ...(await cluster.control.transaction((db) => countRows(db, 'control', end, ended))),
      ...(await organization.transaction((db) => countRows(db, 'organization', end, ended), 'owner')),
    ]
    for (const [table, rows] of found) add(table, rows)
  }
  return counts
}

type EndOfSubscription = Extract<EndOf, { end: 'end of subscription' }>

/** Counts what of an ended organization still stands in the control database: its own one is not there any more. */
export async function countLeft(
  { cluster }: Pick<PurgeParts, 'cluster'>,
  event: EndOfSubscription,
): Promise<number> {
  const found = await inControl({ cluster }, event, (db, ended) => countRows(db, 'control', event.end, ended))
  return [...found.values()].reduce((sum, rows) => sum + rows, 0)
}

function inControl<T>(
  { cluster }: Pick<PurgeParts, 'cluster'>,
  { organizationId }: EndOfSubscription,
  work: (db: Db, ended: Ended) => Promise<T>,
): Promise<T> {
  return cluster.control.transaction((db) => work(db, { organizationId }))
}

/** The ends that an event brings, and of whom: with the company's last user that of each user, and the company's. */
async function endsIn(
  organization: Organization,
  event: Exclude<EndOf, { end: 'organization deleted' }>,
): Promise<{ end: PurgingEnd; ended: Ended }[]> {
  const userEnd = async (userId: string) => ({
    end: 'uninstall by the user' as const,
    // Unknown: purged before, perhaps not to the end. What hangs on the id alone is still found.
    ended: { userId, ...(await userOf(organization, userId)) },
  })
  if (event.end === 'phone disconnected by the user')
    return [{ end: event.end, ended: { userId: event.userId } }]
  if (event.end === 'end of subscription')
    return [{ end: event.end, ended: { organizationId: event.organizationId } }]
  if (event.end === 'uninstall by the user') return [await userEnd(event.userId)]
  const { end, connectionId } = event
  const users = await usersOf(organization, connectionId)
  return [...(await Promise.all(users.map(userEnd))), { end, ended: { connectionId } }]
}

/** From here on nobody asks the mirror or adds to it, and nobody can open it. */
async function forgetMirror(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction(async (db) => {
    changeAlone(db, connectionId)
    await db.rows(
      `update connections set mirror_state = 'not-started', mirror_cursor = null, mirror_started_at = null,
         mirror_completed_at = null, mirror_checked_at = null, mirror_sees = 'everything', walk = null,
         walk_cursor = null, walked_at = null, compared_at = null, deals_state = 'not-read', deals_without = '{}',
         deals_cursor = null, deals_walk = null, deals_read_at = null where id = $1`,
      [connectionId],
    )
  }, 'connect the systems')
  await organization.keys.destroyMirror(connectionId)
}

/** The control database first: the organization's own rows tell what is still to be found there. */
async function purgeRows(
  { cluster }: Pick<PurgeParts, 'cluster'>,
  organization: Organization,
  end: PurgingEnd,
  ended: Ended,
  gone: Map<string, number>,
): Promise<void> {
  const removed = [
    ...(await cluster.control.transaction((db) => deleteRows(db, 'control', end, ended))),
    // As owner: row security would keep from us what is already hidden.
    ...(await organization.transaction((db) => deleteRows(db, 'organization', end, ended), 'owner')),
  ]
  for (const [table, rows] of removed) gone.set(table, (gone.get(table) ?? 0) + rows)
}

/** @returns how many, by table */
async function deleteRows(
  db: Db,
  database: 'organization' | 'control',
  end: PurgingEnd,
  ended: Ended,
): Promise<Map<string, number>> {
  const removed = new Map<string, number>()
  const ways = await waysOf(db, database, end)
  const last = await endsWhole(db, database, end, ended)
  // Whoever works on a call or a user locks it, and then what hangs on it: so do we, before anything of theirs is held.
  if (database === 'organization') {
    const heads = ['calls', 'users', 'corrections'].filter((head) => head === 'users' || ways.has(head))
    db.send(`lock table ${heads.join(', ')} in exclusive mode`)
  }
  for (const [table, way] of ways) {
    if (!way) throw new Error('unreachable: the start refuses an end without a way')
    const found = last ? everything : conditionOf(way, ended)
    if (!found) continue
    const rows = await db.rows(`delete from ${table} where ${found.sql} returning 1`, found.values)
    removed.set(table, rows.length)
  }
  return removed
}

async function countRows(
  db: Db,
  database: 'organization' | 'control',
  end: PurgingEnd,
  ended: Ended,
): Promise<Map<string, number>> {
  const counted = new Map<string, number>()
  const ways = await waysOf(db, database, end)
  const last = await endsWhole(db, database, end, ended)
  for (const table of ways.keys()) {
    const found = last ? everything : conditionThrough(ways, table, ended)
    if (!found) continue
    const row = await db.row<{ count: string }>(
      `select count(*) as count from ${table} where ${found.sql}`,
      found.values,
    )
    counted.set(table, Number(row?.count ?? 0))
  }
  return counted
}

interface Condition {
  sql: string
  values: string[]
}
const everything: Condition = { sql: 'true', values: [] }

/** As `conditionOf`, and for rows that a foreign key deletes by the row they hang on. */
function conditionThrough(
  ways: ReadonlyMap<string, Way | undefined>,
  table: string,
  ended: Ended,
): Condition | undefined {
  const way = ways.get(table)
  if (way?.by === 'the whole database') return everything
  if (way?.by !== 'its parent') return way && conditionOf(way, ended)
  const { parent, column, key } = way
  const above = conditionThrough(ways, parent, ended)
  return (
    above && { sql: `${column} in (select ${key} from ${parent} where ${above.sql})`, values: above.values }
  )
}

function conditionOf(way: Way, ended: Ended): Condition | undefined {
  if (way.by !== 'condition') return undefined
  const values = way.values(ended)
  // A user who is known no more has no reference; the rows that need one went before the user's row did.
  return values.every((value) => value !== undefined) ? { sql: way.sql, values } : undefined
}

/** Calls belong to the phone system's connection: they end when the last CRM they were shown for has gone. */
async function endsWhole(
  db: Db,
  database: 'organization' | 'control',
  end: PurgingEnd,
  { connectionId }: Ended,
): Promise<boolean> {
  if (database !== 'organization' || end !== 'uninstall by the last user') return false
  const other = await db.row(
    `select 1 from connections where side = 'crm' and mirror_state <> 'not-started' and id <> $1 limit 1`,
    [connectionId],
  )
  return other === undefined
}

async function rewriteEnded(parts: PurgeParts, organization: Organization, end: PurgingEnd): Promise<void> {
  const ends: PurgingEnd[] =
    end === 'uninstall by the last user' ? ['uninstall by the user', 'uninstall by the last user'] : [end]
  const tables = async (db: Db, database: 'organization' | 'control') => {
    const names = new Set<string>()
    for (const one of ends) for (const table of (await waysOf(db, database, one)).keys()) names.add(table)
    return [...names]
  }
  await rewriteControl(parts.cluster, await parts.cluster.control.transaction((db) => tables(db, 'control')))
  await rewriteOrganization(
    parts.cluster,
    organization,
    await organization.transaction((db) => tables(db, 'organization'), 'owner'),
  )
}

async function userOf(
  organization: Organization,
  userId: string,
): Promise<Pick<Ended, 'connectionId' | 'userRef'>> {
  const row = await organization.transaction(
    (db) =>
      db.row<{ connection_id: string; external_id: string }>(
        'select connection_id, external_id from users where id = $1',
        [userId],
      ),
    'owner',
  )
  return row ? { connectionId: row.connection_id, userRef: row.external_id } : {}
}

async function usersOf(organization: Organization, connectionId: string): Promise<string[]> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string }>('select id from users where connection_id = $1 order by id', [connectionId]),
    'owner',
  )
  return rows.map((row) => row.id)
}
