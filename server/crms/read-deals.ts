import { removeDeals, storeDeals } from '../contacts/open-deals.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { OrganizationKeys } from '../keys/contract.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Deals } from './contract.ts'
import type { DealPage, DealRef } from './deal.ts'
import type { Installation } from './installations.ts'
import { holdMirror, type MirrorParts, readRow, seesAll } from './mirror-row.ts'

const hourMs = 3_600_000

export async function enqueueDeals(
  parts: Pick<MirrorParts, 'jobs'>,
  organizationId: string,
  connectionId: string,
  at = new Date(),
): Promise<void> {
  await parts.jobs.add(
    'read-deals',
    { organizationId, connectionId },
    { key: `read-deals:${connectionId}`, at, alone: true },
  )
}

/**
 * Reads all open deals and leads, page by page as the contacts are read: after the first contacts, and every night. In
 * between the CRM tells what changes; at a call nothing is asked.
 *
 * An app without the permission to read them is no failure: what may be read is read, and people are told.
 */
export async function readDeals(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const again = (ms: number) => enqueueDeals(parts, organization.id, connectionId, new Date(Date.now() + ms))
  const row = await organization.transaction((db) => readRow(db, connectionId), 'log the call in the CRM')
  if (row?.mirror_state !== 'complete') return // the reading of the contacts asks for it
  if (row.pace.go === 'wait') return again(hourMs)
  const [first] = await parts.installations.active(connectionId)
  const { deals } = parts.crm
  if (!first || !deals) return // whoever signs in again has it read
  try {
    if (!(await walkDeals(parts, organization, connectionId, { first, deals }))) return again(hourMs)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'unreadable') return // it ended meanwhile
    if (failure?.code === 'provider-unavailable') return again(failure.retryAfterSeconds * 1000)
    if (failure?.code === 'provider-rejected' && (await fromTheStart(organization, connectionId)))
      return again(60_000)
    if (failure?.code !== 'provider-refused') throw error // a colleague's token in the night, or none
  }
  parts.progress(organization.id)
}

/** Whoever has just installed brought the permission that was missing: hooks are made and deals are read anew. */
export function rereadDeals(db: Db, connectionId: string): void {
  db.send(
    `update connections set deals_state = 'not-read', deals_without = '{}', hook_ids = '{}', hooks_checked_at = null
     where id = $1 and 'deal' = any(deals_without)`,
    [connectionId],
  )
}

/** @returns false when it stopped because the allowance ran low */
async function walkDeals(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  { first, deals }: { first: Installation; deals: Deals },
): Promise<boolean> {
  const installed = await parts.installations.ofConnection(connectionId)
  const begun = await beginWalk(organization, connectionId)
  if (!begun) return true
  const session = parts.installations.session(parts.crm, first)
  let cursor = begun.cursor ?? undefined
  do {
    const page = await deals.open(session, cursor)
    const row = await organization.transaction(async (db) => {
      const held = await holdMirror(db, connectionId, begun.startedAt)
      if (held) await storePage(db, { connectionId, keys: organization.keys }, page)
      return held
    }, 'log the call in the CRM')
    if (!row) return true // it ended meanwhile
    cursor = page.next
    if (cursor !== undefined && row.pace.go === 'wait') return false
  } while (cursor !== undefined)
  const without = await organization.transaction(async (db) => {
    if (!(await holdMirror(db, connectionId, begun.startedAt))) return []
    const without = await endWalk(db, connectionId)
    const unseenSince = seesAll(first, installed) ? begun.walk : undefined
    await removeDeals(db, connectionId, { unseenSince, kinds: without })
    return without
  }, 'log the call in the CRM')
  if (without.length > 0) parts.log.warn('deals-not-read', { connectionId, without })
  return true
}

async function storePage(
  db: Db,
  of: { connectionId: string; keys: OrganizationKeys },
  page: DealPage,
): Promise<void> {
  const { connectionId } = of
  await storeDeals(db, of, page.deals)
  db.send(
    `update connections
     set deals_cursor = $2,
         deals_without = array_remove(deals_without, $3) || case when $4 then array[$3] else '{}'::text[] end
     where id = $1`,
    [connectionId, page.next ?? null, page.kind, page.refused],
  )
}

async function endWalk(db: Db, connectionId: string): Promise<DealRef['kind'][]> {
  const row = await db.row<{ deals_without: DealRef['kind'][] }>(
    `update connections set deals_state = 'read', deals_walk = null, deals_cursor = null, deals_read_at = ringfence.now()
     where id = $1 returning deals_without`,
    [connectionId],
  )
  return row?.deals_without ?? []
}

/** One that was interrupted for half a day begins anew: what it saw first is old by now. */
async function beginWalk(
  organization: Organization,
  connectionId: string,
): Promise<{ walk: number; cursor: string | null; startedAt: Date | null } | undefined> {
  return organization.transaction(async (db) => {
    const row = await db.row<{ walk: string; cursor: string | null; started_at: Date | null }>(
      `update connections c
       set deals_state = case when deals_state = 'not-read' then 'reading' else deals_state end,
           deals_walk = case when goes_on then deals_walk else extract(epoch from ringfence.now())::bigint end,
           deals_cursor = case when goes_on then deals_cursor end
       from (select id, coalesce(deals_walk > extract(epoch from ringfence.now()) - 43200 and deals_cursor is not null, false)
                      as goes_on
             from connections where id = $1 for no key update) as before
       where c.id = before.id and c.mirror_state = 'complete'
       returning c.deals_walk as walk, c.deals_cursor as cursor, c.mirror_started_at as started_at`,
      [connectionId],
    )
    return row && { walk: Number(row.walk), cursor: row.cursor, startedAt: row.started_at }
  }, 'log the call in the CRM')
}

/** How long a place in the CRM's order is good for is nowhere told: a refused one is forgotten. @returns whether one was */
async function fromTheStart(organization: Organization, connectionId: string): Promise<boolean> {
  const row = await organization.transaction(
    (db) =>
      db.row(
        `update connections set deals_walk = null, deals_cursor = null where id = $1 and deals_cursor is not null returning id`,
        [connectionId],
      ),
    'log the call in the CRM',
  )
  return row !== undefined
}
