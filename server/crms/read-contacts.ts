import { countUntold } from '../contacts/heal-contacts.ts'
import { storeCompanies, storeContacts } from '../contacts/store-contacts.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ContactPage, CrmSession } from './contract.ts'
import type { Installation } from './installations.ts'
import { linkContacts } from './link-calls.ts'
import { holdMirror, type MirrorParts, type MirrorRow, mirrorOf } from './mirror-row.ts'
import { enqueueNight } from './night.ts'

/** Changes made while the read was running, and a clock that differs by a little, are read once more. */
const overlapMs = 60_000

/** How many changes nothing had told us of; `stopped` while the allowance has to wait. */
type Untold = number | 'stopped'

interface Reading {
  parts: MirrorParts
  session: CrmSession
  row: MirrorRow
}

/** Everything, from where it was interrupted; then what changed meanwhile. */
export async function fullRead(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  { session, row, as }: { session: CrmSession; row: MirrorRow; as: Installation },
): Promise<Untold> {
  const mirror = mirrorOf(organization, connectionId)
  // The CRM's changes go by the real time, whatever the clock of retention says.
  const startedAt = new Date(Math.min(row.mirror_started_at?.getTime() ?? Date.now(), Date.now()))
  const read = (cursor: string | undefined) =>
    parts.crm.mirror.contacts(session, cursor === undefined ? {} : { cursor })
  let page: ContactPage | undefined = await read(row.mirror_cursor ?? undefined)
  let waits = false
  while (page) {
    const { companies, contacts, next }: ContactPage = page
    // The next page is on its way while this one is stored: the CRM, we and the database work at the same time.
    const following: Promise<ContactPage> | undefined = next === undefined || waits ? undefined : read(next)
    following?.catch(() => undefined) // told below; until then it must not end the process
    const held = await organization.transaction(async (db) => {
      const held = await holdMirror(db, connectionId, row.mirror_started_at)
      if (!held) return undefined
      await storeCompanies(db, mirror, companies)
      await storeContacts(db, mirror, contacts)
      await linkContacts(parts, organization, db, contacts)
      db.send('update connections set mirror_cursor = $2 where id = $1', [connectionId, next ?? null])
      return held
    }, 'identify the caller')
    if (!held) return 0
    parts.progress(organization.id)
    if (next !== undefined && !following) return 'stopped'
    waits = held.pace.go === 'wait'
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
  }, 'connect the systems')
  await enqueueNight(parts, organization, connectionId)
  return 0
}

/** What changed since the last time. */
export async function readChanges(
  organization: Organization,
  connectionId: string,
  reading: Reading,
): Promise<Untold> {
  const { row } = reading
  const begun = new Date()
  const since = new Date((row.mirror_checked_at ?? row.mirror_started_at ?? begun).getTime() - overlapMs)
  const untold = await changesSince(organization, connectionId, { ...reading, since })
  if (untold === 'stopped') return untold
  await organization.transaction(
    (db) => db.rows('update connections set mirror_checked_at = $2 where id = $1', [connectionId, begun]),
    'connect the systems',
  )
  return untold
}

async function changesSince(
  organization: Organization,
  connectionId: string,
  { parts, session, row, since }: Reading & { since: Date },
): Promise<Untold> {
  const mirror = mirrorOf(organization, connectionId)
  let untold = 0
  let cursor: string | undefined
  do {
    const page = await parts.crm.mirror.contacts(
      session,
      cursor === undefined ? { changedSince: since } : { cursor, changedSince: since },
    )
    const held = await organization.transaction(async (db) => {
      const held = await holdMirror(db, connectionId, row.mirror_started_at)
      if (!held) return undefined
      const missed = await countUntold(db, mirror, page.contacts)
      await storeCompanies(db, mirror, page.companies)
      await storeContacts(db, mirror, page.contacts)
      await linkContacts(parts, organization, db, page.contacts)
      return { ...held, missed }
    }, 'identify the caller')
    if (!held) return 0
    untold += held.missed
    cursor = page.next
    if (cursor !== undefined && held.pace.go === 'wait') return 'stopped'
  } while (cursor !== undefined)
  return untold
}
