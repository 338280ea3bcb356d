import {
  type Mirror,
  removeCompany,
  removeContact,
  storeCompanies,
  storeContacts,
} from '../contacts/store-contacts.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { HookKeys } from '../ingest/hook-keys.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import type { ContactPage, Crm, CrmEvent, CrmSession } from './contract.ts'
import type { Installations } from './installations.ts'

export interface MirrorParts {
  crm: Crm
  installations: Installations
  jobs: Jobs
  hooks: HookKeys
  /** where this installation is reached: hooks point there */
  url: string
  /** tells screens that a connection's progress changed */
  progress(organizationId: string): void
  changed(organizationId: string): void
}

interface MirrorRow {
  mirror_state: 'not-started' | 'copying' | 'complete'
  mirror_cursor: string | null
  mirror_started_at: Date | null
  mirror_checked_at: Date | null
  hook_ids: string[]
}

/** Changes made while the read was running, and a clock that differs by a little, are read once more. */
const overlapMs = 60_000
const catchUpEveryMs = 3_600_000

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
 * there. Hooks are made first: what changes during the read is then told to us. Afterwards, every hour, what changed.
 */
export async function readContacts(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
): Promise<void> {
  const row = await organization.transaction((db) => readRow(db, connectionId))
  if (!row || row.mirror_state === 'not-started') return
  const session = await sessionFor(parts, connectionId)
  if (!session) return
  try {
    if (row.hook_ids.length === 0) await makeHooks(parts, organization, connectionId, session)
    if (row.mirror_state === 'copying') await fullRead(parts, organization, connectionId, session, row)
    else await readChanges(parts, organization, connectionId, session, row)
    await setState(organization, connectionId, 'working')
    await enqueueMirror(parts, organization.id, connectionId, new Date(Date.now() + catchUpEveryMs))
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.code !== 'provider-unavailable' && failure?.code !== 'provider-refused') throw error
    await setState(organization, connectionId, failure.code === 'provider-refused' ? 'refused' : 'away')
    const seconds = failure.code === 'provider-refused' ? 900 : failure.retryAfterSeconds
    await enqueueMirror(parts, organization.id, connectionId, new Date(Date.now() + seconds * 1000))
  }
  parts.progress(organization.id)
}

/** What the CRM told by itself. Older than what is stored changes nothing. */
export async function applyCrmEvents(
  parts: Pick<MirrorParts, 'changed'>,
  organization: Organization,
  connectionId: string,
  events: readonly CrmEvent[],
): Promise<void> {
  const mirror = mirrorOf(organization, connectionId)
  let users = false
  await organization.transaction(async (db) => {
    // Nothing is copied before the agreement, and nothing after the mirror's end.
    const row = await readRow(db, connectionId)
    if (!row || row.mirror_state === 'not-started') return
    for (const event of events) {
      if (event.kind === 'contact-changed') await storeContacts(db, mirror, [event.contact])
      else if (event.kind === 'contact-gone') await removeContact(db, connectionId, event.externalId)
      else if (event.kind === 'company-changed') await storeCompanies(db, mirror, [event.company])
      else if (event.kind === 'company-gone') await removeCompany(db, connectionId, event.externalId)
      else users = (await renameUser(db, organization, connectionId, event.user)) || users
    }
  })
  if (users) parts.changed(organization.id)
}

async function fullRead(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  session: CrmSession,
  row: MirrorRow,
): Promise<void> {
  const mirror = mirrorOf(organization, connectionId)
  const startedAt = row.mirror_started_at ?? new Date()
  const walk = Math.floor(startedAt.getTime() / 1000) % 2_000_000_000
  const read = (cursor: string | undefined) =>
    parts.crm.contacts(session, cursor === undefined ? {} : { cursor })
  let page: ContactPage | undefined = await read(row.mirror_cursor ?? undefined)
  while (page) {
    const { companies, contacts, next }: ContactPage = page
    // The next page is on its way while this one is stored: the CRM, we and the database work at the same time.
    const following: Promise<ContactPage> | undefined = next === undefined ? undefined : read(next)
    following?.catch(() => undefined) // told below; until then it must not end the process
    await organization.transaction(async (db) => {
      await storeCompanies(db, mirror, companies)
      await storeContacts(db, mirror, contacts, walk)
      db.send('update connections set mirror_cursor = $2 where id = $1', [connectionId, next ?? null])
    })
    parts.progress(organization.id)
    page = await following
  }
  await changesSince(parts, organization, connectionId, session, new Date(startedAt.getTime() - overlapMs))
  await organization.transaction((db) =>
    db.rows(
      `update connections set mirror_state = 'complete', mirror_cursor = null, mirror_completed_at = ringfence.now(), mirror_checked_at = $2
       where id = $1`,
      [connectionId, startedAt],
    ),
  )
}

async function readChanges(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  session: CrmSession,
  row: MirrorRow,
): Promise<void> {
  const begun = new Date()
  const since = new Date((row.mirror_checked_at ?? row.mirror_started_at ?? begun).getTime() - overlapMs)
  await changesSince(parts, organization, connectionId, session, since)
  await organization.transaction((db) =>
    db.rows('update connections set mirror_checked_at = $2 where id = $1', [connectionId, begun]),
  )
}

async function changesSince(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  session: CrmSession,
  since: Date,
): Promise<void> {
  const mirror = mirrorOf(organization, connectionId)
  let cursor: string | undefined
  do {
    const page = await parts.crm.contacts(
      session,
      cursor === undefined ? { changedSince: since } : { cursor, changedSince: since },
    )
    await organization.transaction(async (db) => {
      await storeCompanies(db, mirror, page.companies)
      await storeContacts(db, mirror, page.contacts)
    })
    cursor = page.next
  } while (cursor !== undefined)
}

async function makeHooks(
  parts: MirrorParts,
  organization: Organization,
  connectionId: string,
  session: CrmSession,
): Promise<void> {
  await parts.hooks.removeOf(connectionId)
  const { key, secret } = await parts.hooks.make({
    organizationId: organization.id,
    connectionId,
    side: 'crm',
    adapter: parts.crm.name,
    country: organization.country,
  })
  const ids = await parts.crm.makeHooks(session, {
    url: `${parts.url}/hooks/${key}`,
    user: 'ringfence',
    password: secret,
  })
  await organization.transaction((db) =>
    db.rows('update connections set hook_ids = $2 where id = $1', [connectionId, ids]),
  )
}

async function sessionFor(parts: MirrorParts, connectionId: string): Promise<CrmSession | undefined> {
  const installation = (await parts.installations.ofConnection(connectionId)).find(
    (one) => one.state === 'active',
  )
  return installation && parts.installations.session(parts.crm, installation)
}

function mirrorOf(organization: Organization, connectionId: string): Mirror {
  return { connectionId, keys: organization.keys, numbers: { country: organization.country } }
}

async function readRow(db: Db, connectionId: string): Promise<MirrorRow | undefined> {
  return db.row<MirrorRow>(
    `select mirror_state, mirror_cursor, mirror_started_at, mirror_checked_at, hook_ids from connections where id = $1 and side = 'crm'`,
    [connectionId],
  )
}

async function setState(
  organization: Organization,
  connectionId: string,
  state: 'working' | 'refused' | 'away',
): Promise<void> {
  await organization.transaction((db) =>
    db.rows('update connections set state = $2 where id = $1', [connectionId, state]),
  )
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
