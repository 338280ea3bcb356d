import type { Cluster } from '../database/cluster.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { type Ended, type PurgingEnd, type Way, waysOf } from './ends.ts'
import { rewriteControl, rewriteOrganization } from './rewrite.ts'

export type EndOf =
  | { end: 'uninstall by the user'; userId: string }
  | { end: 'uninstall by the last user'; connectionId: string }
  | { end: 'organization deleted' }

export interface PurgeParts {
  cluster: Cluster
  organizations: Organizations
}

/**
 * Removes what ends with this event, as the declarations say: keys first, where the kind has some of its own, then the
 * rows of every kind that names this end, then their bytes. May be interrupted anywhere and run again.
 *
 * What dies with a key is unreadable in the write-ahead log and backups too. A user's name and tokens are sealed by the
 * organization's key, which lives on: they are gone from the tables and their files, and from the embedded server's log;
 * in a backup they stay until it is rotated.
 * @returns how many rows went, by table; rows that hang on others are not counted
 * @throws RingfenceError `busy` when a table could not be rewritten just now; the rows are gone, run it again
 */
export async function purge(
  parts: PurgeParts,
  organization: Organization,
  event: EndOf,
): Promise<Map<string, number>> {
  const gone = new Map<string, number>()
  switch (event.end) {
    case 'organization deleted':
      await parts.organizations.delete(organization.id)
      return gone
    case 'uninstall by the user': {
      const user = await userOf(organization, event.userId)
      // Unknown: purged before, perhaps not to the end. What hangs on the id alone is still found.
      await purgeRows(parts, organization, event.end, { userId: event.userId, ...user }, gone)
      break
    }
    case 'uninstall by the last user': {
      await forgetMirror(organization, event.connectionId)
      for (const userId of await usersOf(organization, event.connectionId)) {
        const user = await userOf(organization, userId)
        await purgeRows(parts, organization, 'uninstall by the user', { userId, ...user }, gone)
      }
      await purgeRows(parts, organization, event.end, { connectionId: event.connectionId }, gone)
      break
    }
  }
  await rewriteEnded(parts, organization, event.end)
  return gone
}

/** From here on nobody asks the mirror, and nobody can open it. */
async function forgetMirror(organization: Organization, connectionId: string): Promise<void> {
  await organization.transaction((db) =>
    db.rows(
      `update connections set mirror_state = 'not-started', mirror_cursor = null, mirror_started_at = null,
         mirror_completed_at = null, mirror_checked_at = null where id = $1`,
      [connectionId],
    ),
  )
  await organization.keys.destroyMirror(connectionId)
}

/** The control database first: the organization's own rows tell what is still to be found there. */
async function purgeRows(
  { cluster }: PurgeParts,
  organization: Organization,
  end: PurgingEnd,
  ended: Ended,
  gone: Map<string, number>,
): Promise<void> {
  const add = (table: string, rows: number) => gone.set(table, (gone.get(table) ?? 0) + rows)
  await cluster.control.transaction((db) => deleteRows(db, 'control', end, ended, add))
  // As owner: row security would keep from us what is already hidden.
  await organization.transaction((db) => deleteRows(db, 'organization', end, ended, add), 'owner')
}

async function deleteRows(
  db: Db,
  database: 'organization' | 'control',
  end: PurgingEnd,
  ended: Ended,
  add: (table: string, rows: number) => void,
): Promise<void> {
  const ways = await waysOf(db, database, end)
  const last =
    database === 'organization' && end === 'uninstall by the last user' && (await isLast(db, ended))
  for (const [table, way] of ways) {
    if (!way) throw new Error('unreachable: the start refuses an end without a way')
    const found = last ? { sql: 'true', values: [] } : conditionOf(way, ended)
    if (!found) continue
    const rows = await db.rows(`delete from ${table} where ${found.sql} returning 1`, found.values)
    add(table, rows.length)
  }
}

function conditionOf(way: Way, ended: Ended): { sql: string; values: string[] } | undefined {
  if (way.by !== 'condition') return undefined
  const values = way.values(ended)
  // A user who is known no more has no reference; the rows that need one went before the user's row did.
  return values.every((value) => value !== undefined) ? { sql: way.sql, values } : undefined
}

/** Calls belong to the phone system's connection: they end when the last CRM they were shown for has gone. */
async function isLast(db: Db, { connectionId }: Ended): Promise<boolean> {
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
  const row = await organization.transaction((db) =>
    db.row<{ connection_id: string; external_id: string }>(
      'select connection_id, external_id from users where id = $1',
      [userId],
    ),
  )
  return row ? { connectionId: row.connection_id, userRef: row.external_id } : {}
}

async function usersOf(organization: Organization, connectionId: string): Promise<string[]> {
  const rows = await organization.transaction((db) =>
    db.rows<{ id: string }>('select id from users where connection_id = $1 order by id', [connectionId]),
  )
  return rows.map((row) => row.id)
}
