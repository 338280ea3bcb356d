import { heal, removeUnseen } from '../contacts/heal-contacts.ts'
import { failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import { nextNight } from '../privacy/rewrite.ts'
import { compareCalls } from './compare-calls.ts'
import { linkContacts } from './link-calls.ts'
import { holdMirror, isMirrored, type MirrorParts, mirrorOf, readRow, seesAll } from './mirror-row.ts'
import { enqueueDeals } from './read-deals.ts'
import { readUsers } from './users.ts'

/** From one to five where the organization is, each connection at a minute of its own. */
const night = { from: 1, minutes: 240 }
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Where other apps take nearly everything, what was deleted is found every third night at least. */
const mostNights = 3

/** @param at default: the next night, unless one is waited for already */
export async function enqueueNight(
  { jobs }: { jobs: Jobs },
  organization: Organization,
  connectionId: string,
  at?: Date,
): Promise<void> {
  const { id: organizationId, timeZone } = organization
  await jobs.add(
    'night',
    { organizationId, connectionId },
    {
      key: `night:${connectionId}`,
      at: at ?? nextNight({ id: connectionId, timeZone }, new Date(), night),
      keep: at === undefined,
      alone: true,
    },
  )
}

/**
 * What is done for a connection every night: a walk over all its contacts, which finds what no hook told and nothing else
 * can find, above all what was deleted; the open deals in the same way, by a job of their own; who
 * administers the company; and a look for calls that stand in the CRM twice. All leave the day's reserve for calls alone, and are done less often while other apps take most
 * of the allowance.
 */
export async function nightly(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const next = (ms: number) => enqueueNight(parts, organization, connectionId, new Date(Date.now() + ms))
  const row = await organization.transaction((db) => readRow(db, connectionId), 'connect the systems')
  if (!row || !isMirrored(row)) return // the next mirror asks for its nights itself
  const { pace } = row
  if (pace.go === 'wait') return next(hourMs)
  try {
    await readUsers(parts, organization, connectionId)
    const whole = row.mirror_state !== 'complete' || (await walkContacts(parts, organization, connectionId))
    if (!whole) return next(hourMs)
    await enqueueDeals(parts, organization.id, connectionId)
    await compareCalls(parts, organization, connectionId)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code === 'unreadable') return // it ended meanwhile
    if (failure?.code === 'provider-unavailable') return next(failure.retryAfterSeconds * 1000)
    if (failure?.code !== 'provider-refused') throw error // a colleague's token tomorrow, or none
  }
  const nights = pace.go === 'slower' ? Math.min(Math.floor(pace.factor), mostNights) : 1
  const after = new Date(Date.now() + (nights - 1) * dayMs)
  const at = nextNight({ id: connectionId, timeZone: organization.timeZone }, after, night)
  await enqueueNight(parts, organization, connectionId, at)
}

/**
 * Reads everything once more and puts right what differs. What the whole walk did not see has gone, if who walked sees
 * everything there is to see. Goes on where it was interrupted.
 * @returns false when it stopped because the allowance ran low
 */
async function walkContacts(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<boolean> {
  const installed = await parts.installations.ofConnection(connectionId)
  const [first] = await parts.installations.active(connectionId)
  if (!first) return true
  const begun = await beginWalk(organization, connectionId)
  if (!begun) return true
  const session = parts.installations.session(parts.crm, first)
  const mirror = mirrorOf(organization, connectionId)
  let cursor = begun.cursor ?? undefined
  let healed = 0
  do {
    const page = await parts.crm.mirror
      .contacts(session, cursor === undefined ? {} : { cursor })
      .catch((error) => fromTheStart(organization, connectionId, cursor, error))
    const row = await organization.transaction(async (db) => {
      const held = await holdMirror(db, connectionId, begun.startedAt)
      if (!held) return undefined
      const wrong = await heal(db, mirror, page, begun.walk)
      await linkContacts(parts, organization, db, page.contacts)
      db.send('update connections set walk_cursor = $2 where id = $1', [connectionId, page.next ?? null])
      return { ...held, wrong }
    }, 'identify the caller')
    if (!row) return true // it ended meanwhile
    healed += row.wrong
    cursor = page.next
    if (cursor !== undefined && row.pace.go === 'wait') return false
  } while (cursor !== undefined)
  const gone = await organization.transaction(async (db) => {
    if (!(await holdMirror(db, connectionId, begun.startedAt))) return 0
    db.send(
      `update connections set walk = null, walk_cursor = null, walked_at = ringfence.now(), mirror_sees = $2 where id = $1`,
      [connectionId, first.administrator ? 'everything' : 'part'],
    )
    return seesAll(first, installed) ? removeUnseen(db, connectionId, begun.walk) : 0
  }, 'identify the caller')
  parts.log.info('contacts-walked', { connectionId, healed, gone })
  parts.progress(organization.id)
  return true
}

/** One that was interrupted for half a day begins anew: what it saw first is old by now. */
async function beginWalk(
  organization: Organization,
  connectionId: string,
): Promise<{ walk: number; cursor: string | null; startedAt: Date | null } | undefined> {
  return organization.transaction(async (db) => {
    const row = await db.row<{ walk: string; cursor: string | null; started_at: Date | null }>(
      `update connections
       set walk_cursor = case when walk > extract(epoch from ringfence.now()) - 43200 then walk_cursor end,
           walk = case when walk > extract(epoch from ringfence.now()) - 43200 and walk_cursor is not null then walk
                       else extract(epoch from ringfence.now())::bigint end
       where id = $1 and mirror_state = 'complete'
       returning walk, walk_cursor as cursor, mirror_started_at as started_at`,
      [connectionId],
    )
    return row && { walk: Number(row.walk), cursor: row.cursor, startedAt: row.started_at }
  }, 'connect the systems')
}

/** How long a place in the CRM's order is good for is nowhere told: a refused one is forgotten, and the walk begins anew. */
async function fromTheStart(
  organization: Organization,
  connectionId: string,
  cursor: string | undefined,
  error: unknown,
): Promise<never> {
  if (cursor !== undefined && failureOf(error)?.code === 'provider-rejected')
    await organization.transaction(
      (db) => db.rows('update connections set walk = null, walk_cursor = null where id = $1', [connectionId]),
      'connect the systems',
    )
  throw error
}
