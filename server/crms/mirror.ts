import { countUntold } from '../contacts/heal-contacts.ts'
import { moveDeals, storeDeals } from '../contacts/open-deals.ts'
import {
  type Mirror,
  removeCompany,
  removeContact,
  storeCompanies,
  storeContacts,
} from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ContactPage, CrmEvent, CrmSession } from './contract.ts'
import { tendHooks } from './hooks.ts'
import type { Installation } from './installations.ts'
import { linkContacts } from './link-calls.ts'
import {
  holdMirror,
  type MirrorParts,
  type MirrorRow,
  mirrorOf,
  readRow,
  setState,
  usable,
} from './mirror-row.ts'
import { enqueueNight } from './night.ts'
import { enqueueDeals } from './read-deals.ts'

export type { MirrorParts } from './mirror-row.ts'

/** Changes made while the read was running, and a clock that differs by a little, are read once more. */
const overlapMs = 60_000
/** How often changes are read: seldom while the CRM tells them by itself, often when it may not. */
const everyMs = { proved: 6 * 3_600_000, hooks: 3_600_000, none: 300_000 }

/** Begins the mirror after the agreement: its keys, its state, and the job that makes the hooks and reads. */
export async function startMirror(
  parts: Pick<MirrorParts, 'jobs'>,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  await organization.keys.makeMirror(connectionId)
  await organization.transaction((db) =>
    db.rows(
      `update connections set mirror_state = 'copying', mirror_started_at = coalesce(mirror_started_at, ringfence.now())
       where id = $1 and mirror_state = 'not-started'`,
      [connectionId],
    ),
  )
  await enqueueMirror(parts, organization.id, connectionId, new Date())
}

export async function enqueueMirror(
  parts: Pick<MirrorParts, 'jobs'>,
  organizationId: string,
  connectionId: string,
  at: Date,
): Promise<void> {
  await parts.jobs.add(
    'read-contacts',
    { organizationId, connectionId },
    { key: `read-contacts:${connectionId}`, at, alone: true },
  )
}

/**
 * Reads the CRM's contacts page by page; each page is stored together with the place after it, so that a crash goes on
 * there. Hooks are made first: what changes during the read is then told to us. Afterwards, from time to time, what
 * changed: the more surely the CRM tells it by itself, the more seldom.
 */
export async function readContacts(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const row = await organization.transaction((db) => readRow(db, connectionId))
  if (!row || row.mirror_state === 'not-started') return
  const candidates = await usable(parts, connectionId)
  const [first] = candidates
  if (!first) {
    // Whoever signs in again has it read at once.
    await setState(organization, connectionId, 'refused')
    parts.progress(organization.id)
    return
  }
  const again = (ms: number) => enqueueMirror(parts, organization.id, connectionId, new Date(Date.now() + ms))
  try {
    const hooks = await tendHooks(parts, organization, connectionId, { row, candidates })
    const session = parts.installations.session(parts.crm, first)
    const untold =
      row.mirror_state === 'copying'
        ? await fullRead(parts, organization, connectionId, { session, row, as: first })
        : await readChanges(organization, connectionId, { parts, session, row, hooks })
    await setState(organization, connectionId, 'working')
    const proved = hooks && untold === 0 && row.told_lately
    await again(proved ? everyMs.proved : hooks ? everyMs.hooks : everyMs.none)
    // With hooks the CRM tells of deals by itself, and the night reads them again.
    const dealsDue = row.deals_state === 'not-read' || (!hooks && row.deals_due)
    if (row.mirror_state === 'copying' || dealsDue) await enqueueDeals(parts, organization.id, connectionId)
    const seesMore = first.administrator && row.mirror_sees === 'part'
    if (row.mirror_state === 'complete' && (row.walk_overdue || seesMore))
      await enqueueNight(parts, organization, connectionId, new Date())
  } catch (error) {
    await afterFailure(parts, organization, connectionId, { error, first, row, again })
  }
  parts.progress(organization.id)
}

async function afterFailure(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  on: { error: unknown; first: Installation; row: MirrorRow; again(ms: number): Promise<void> },
): Promise<void> {
  const failure = failureOf(on.error)
  switch (failure?.code) {
    case 'unreadable':
      return // its keys are gone: it ended while it was read
    case 'provider-unavailable':
      await setState(organization, connectionId, 'away')
      return on.again(failure.retryAfterSeconds * 1000)
    case 'provider-refused': {
      const left = await usable(parts, connectionId)
      // This user's grant is gone: a colleague's may be good.
      if (left.length > 0 && left.every((one) => one.id !== on.first.id)) return on.again(0)
      await setState(organization, connectionId, 'refused')
      return on.again(900_000)
    }
    case 'provider-rejected':
      if (on.row.mirror_cursor === null) throw on.error
      // How long a place in the CRM's order is good for is nowhere told: from the start, then.
      await organization.transaction((db) =>
        db.rows('update connections set mirror_cursor = null where id = $1', [connectionId]),
      )
      return on.again(60_000)
    default:
      throw on.error
  }
}

/** What the CRM told by itself. Older than what is stored changes nothing. */
export async function applyCrmEvents(
  parts: Pick<MirrorParts, 'changed' | 'amendLater'>,
  organization: Organization,
  connectionId: string,
  events: readonly CrmEvent[],
): Promise<void> {
  let users = false
  await organization.transaction(async (db) => {
    // Nothing is copied before the agreement, and nothing after the mirror's end.
    const row = await holdMirror(db, connectionId)
    if (!row) return
    for (const event of events) {
      if (event.kind === 'user-changed')
        users = (await renameUser(db, organization, connectionId, event.user)) || users
      else await applyCrmEvent(db, mirrorOf(organization, connectionId), row, event)
      if (event.kind === 'contact-changed') await linkContacts(parts, organization, db, [event.contact])
    }
  })
  if (users) parts.changed(organization.id)
}

async function applyCrmEvent(
  db: Db,
  mirror: Mirror,
  row: MirrorRow,
  event: Exclude<CrmEvent, { kind: 'user-changed' }>,
): Promise<void> {
  const { connectionId } = mirror
  switch (event.kind) {
    case 'contact-changed':
      await storeContacts(db, mirror, [event.contact])
      if (event.mergedFrom === undefined) return
      moveDeals(db, connectionId, event.mergedFrom, event.contact.externalId)
      return removeContact(db, connectionId, event.mergedFrom)
    case 'contact-gone':
      if (event.mergedInto !== undefined) moveDeals(db, connectionId, event.externalId, event.mergedInto)
      return removeContact(db, connectionId, event.externalId)
    case 'company-changed':
      return storeCompanies(db, mirror, [event.company])
    case 'company-gone':
      return removeCompany(db, connectionId, event.externalId)
    case 'deal-changed':
      // Before the first reading they are read anyway; without the permission nothing of them is kept.
      if (row.deals_state === 'not-read' || row.deals_without.includes(event.deal.kind)) return
      return storeDeals(db, connectionId, [event.deal])
  }
}

async function fullRead(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  { session, row, as }: { session: CrmSession; row: MirrorRow; as: Installation },
): Promise<number> {
  const mirror = mirrorOf(organization, connectionId)
  // The CRM's changes go by the real time, whatever the clock of retention says.
  const startedAt = new Date(Math.min(row.mirror_started_at?.getTime() ?? Date.now(), Date.now()))
  const read = (cursor: string | undefined) =>
    parts.crm.contacts(session, cursor === undefined ? {} : { cursor })
  let page: ContactPage | undefined = await read(row.mirror_cursor ?? undefined)
  while (page) {
    const { companies, contacts, next }: ContactPage = page
    // The next page is on its way while this one is stored: the CRM, we and the database work at the same time.
    const following: Promise<ContactPage> | undefined = next === undefined ? undefined : read(next)
    following?.catch(() => undefined) // told below; until then it must not end the process
    const held = await organization.transaction(async (db) => {
      if (!(await holdMirror(db, connectionId, row.mirror_started_at))) return false
      await storeCompanies(db, mirror, companies)
      await storeContacts(db, mirror, contacts)
      await linkContacts(parts, organization, db, contacts)
      db.send('update connections set mirror_cursor = $2 where id = $1', [connectionId, next ?? null])
      return true
    })
    if (!held) return 0
    parts.progress(organization.id)
    page = await following
  }
  const since = new Date(startedAt.getTime() - overlapMs)
  await changesSince(organization, connectionId, { parts, session, row, since })
  await organization.transaction(async (db) => {
    if (!(await holdMirror(db, connectionId, row.mirror_started_at))) return
    await db.rows(
      `update connections set mirror_state = 'complete', mirror_cursor = null, mirror_completed_at = ringfence.now(),
         mirror_checked_at = $2, mirror_sees = $3 where id = $1`,
      [connectionId, startedAt, as.administrator ? 'everything' : 'part'],
    )
  })
  await enqueueNight(parts, organization, connectionId)
  return 0
}

interface Reading {
  parts: MirrorParts
  session: CrmSession
  row: MirrorRow
}

/** @returns how many changes nothing had told us of */
async function readChanges(
  organization: Organization,
  connectionId: string,
  reading: Reading & { hooks: boolean },
): Promise<number> {
  const { row } = reading
  // With hooks this is a second look, and what is left of the day's allowance is for calls.
  if (reading.hooks && row.allowance_low) return 0
  const begun = new Date()
  const since = new Date((row.mirror_checked_at ?? row.mirror_started_at ?? begun).getTime() - overlapMs)
  const untold = await changesSince(organization, connectionId, { ...reading, since })
  await organization.transaction((db) =>
    db.rows('update connections set mirror_checked_at = $2 where id = $1', [connectionId, begun]),
  )
  return untold
}

async function changesSince(
  organization: Organization,
  connectionId: string,
  { parts, session, row, since }: Reading & { since: Date },
): Promise<number> {
  const mirror = mirrorOf(organization, connectionId)
  let untold = 0
  let cursor: string | undefined
  do {
    const page = await parts.crm.contacts(
      session,
      cursor === undefined ? { changedSince: since } : { cursor, changedSince: since },
    )
    const held = await organization.transaction(async (db) => {
      if (!(await holdMirror(db, connectionId, row.mirror_started_at))) return false
      untold += await countUntold(db, connectionId, page.contacts)
      await storeCompanies(db, mirror, page.companies)
      await storeContacts(db, mirror, page.contacts)
      await linkContacts(parts, organization, db, page.contacts)
      return true
    })
    if (!held) return 0
    cursor = page.next
  } while (cursor !== undefined)
  return untold
}

/** Only of those who signed in: others are not stored. */
async function renameUser(
  db: Db,
  organization: Organization,
  connectionId: string,
  user: { externalId: string; name: string },
): Promise<boolean> {
  const known = await db.row<{ id: string }>(
    'select id from users where connection_id = $1 and external_id = $2',
    [connectionId, user.externalId],
  )
  if (!known) return false
  const sealed = organization.keys.seal({ table: 'users', column: 'name_sealed', row: known.id }, user.name, {
    by: 'organization',
  })
  await db.rows('update users set name_sealed = $2 where id = $1', [known.id, sealed])
  return true
}
