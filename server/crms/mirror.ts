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
import { secondsToNext } from './budget.ts'
import type { MirrorEvent } from './contract.ts'
import { tendHooks } from './hooks.ts'
import type { Installation } from './installations.ts'
import { linkContacts } from './link-calls.ts'
import {
  holdMirror,
  isMirrored,
  type MirrorParts,
  type MirrorRow,
  mirrorOf,
  readRow,
  setState,
} from './mirror-row.ts'
import { enqueueNight } from './night.ts'
import { fullRead, readChanges } from './read-contacts.ts'
import { enqueueDeals } from './read-deals.ts'
import { applyUser, enqueueUsers } from './users.ts'

export type { MirrorParts } from './mirror-row.ts'

/** How often changes are read: seldom while the CRM tells them by itself, often when it may not. */
const everySeconds = { proved: 6 * 3600, hooks: 3600, none: 300 }
const stoppedSeconds = 300

/** Begins the mirror after the agreement: its keys, its state, and the job that makes the hooks and reads. */
export async function startMirror(
  parts: Pick<MirrorParts, 'jobs'>,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  await organization.keys.makeMirror(connectionId)
  await organization.transaction(
    (db) =>
      db.rows(
        `update connections set mirror_state = 'copying', mirror_started_at = coalesce(mirror_started_at, ringfence.now())
       where id = $1 and mirror_state = 'not-started'`,
        [connectionId],
      ),
    'connect the systems',
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
 * changed: the more surely the CRM tells it by itself, the more seldom; and as the day's allowance lets it.
 */
export async function readContacts(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const row = await organization.transaction((db) => readRow(db, connectionId), 'connect the systems')
  if (!row || !isMirrored(row)) return
  const candidates = await parts.installations.active(connectionId)
  const [first] = candidates
  if (!first) {
    // Whoever signs in again has it read at once.
    await setState(organization, connectionId, 'refused')
    parts.progress(organization.id)
    return
  }
  const again = (ms: number) => enqueueMirror(parts, organization.id, connectionId, new Date(Date.now() + ms))
  const paced = (seconds: number) => again(secondsToNext(seconds, row.pace) * 1000)
  if (row.pace.go === 'wait') {
    await paced(everySeconds.hooks)
    return parts.progress(organization.id)
  }
  try {
    const hooks = await tendHooks(parts, organization, connectionId, { row, candidates })
    const session = parts.installations.session(parts.crm, first)
    const untold =
      row.mirror_state === 'copying'
        ? await fullRead(parts, organization, connectionId, { session, row, as: first })
        : await readChanges(organization, connectionId, { parts, session, row })
    await setState(organization, connectionId, 'working')
    const proved = hooks && untold === 0 && row.told_lately
    if (untold === 'stopped') await again(stoppedSeconds * 1000)
    else await paced(proved ? everySeconds.proved : hooks ? everySeconds.hooks : everySeconds.none)
    // With hooks the CRM tells of deals by itself, and the night reads them again.
    const dealsDue = row.deals_state === 'not-read' || (!hooks && row.deals_due)
    if (row.mirror_state === 'copying' || dealsDue) await enqueueDeals(parts, organization.id, connectionId)
    const overdue = row.walk_overdue && row.pace.go === 'on'
    const seesMore = first.administrator && row.mirror_sees === 'part'
    if (row.mirror_state === 'complete' && (overdue || seesMore))
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
      const left = await parts.installations.active(connectionId)
      // This user's grant is gone: a colleague's may be good.
      if (left.length > 0 && left.every((one) => one.id !== on.first.id)) return on.again(0)
      await setState(organization, connectionId, 'refused')
      return on.again(900_000)
    }
    case 'provider-rejected':
      if (on.row.mirror_cursor === null) throw on.error
      // How long a place in the CRM's order is good for is nowhere told: from the start, then.
      await organization.transaction(
        (db) => db.rows('update connections set mirror_cursor = null where id = $1', [connectionId]),
        'connect the systems',
      )
      return on.again(60_000)
    default:
      throw on.error
  }
}

/** What the CRM told by itself. Older than what is stored changes nothing. */
export async function applyCrmEvents(
  parts: Pick<MirrorParts, 'changed' | 'amendLater' | 'jobs'> & {
    /** who may see them may be others now */
    personChanged(organizationId: string, person: { connectionId: string; externalId: string }): void
  },
  organization: Organization,
  connectionId: string,
  events: readonly MirrorEvent[],
): Promise<void> {
  const users = await organization.transaction(async (db) => {
    let users = false
    // Nothing is copied before the agreement, and nothing after the mirror's end.
    const row = await holdMirror(db, connectionId)
    if (!row) return false
    for (const event of events) {
      if (event.kind === 'user-changed')
        users = (await applyUser(db, organization, connectionId, event.user)) || users
      else await applyCrmEvent(db, mirrorOf(organization, connectionId), row, event)
      if (event.kind === 'contact-changed') await linkContacts(parts, organization, db, [event.contact])
    }
    return users
  }, 'log the call in the CRM')
  for (const externalId of events.flatMap(personsIn))
    parts.personChanged(organization.id, { connectionId, externalId })
  if (!users) return
  parts.changed(organization.id)
  // It tells that a user changed, and not whether they administer the company still.
  await enqueueUsers(parts, organization.id, connectionId)
}

function personsIn(event: MirrorEvent): string[] {
  if (event.kind === 'contact-changed')
    return [event.contact.externalId, event.mergedFrom].flatMap((id) => id ?? [])
  return event.kind === 'contact-gone' ? [event.externalId, event.mergedInto].flatMap((id) => id ?? []) : []
}

async function applyCrmEvent(
  db: Db,
  mirror: Mirror,
  row: MirrorRow,
  event: Exclude<MirrorEvent, { kind: 'user-changed' }>,
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
      return storeDeals(db, mirror, [event.deal])
  }
}
