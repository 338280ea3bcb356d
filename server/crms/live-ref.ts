import type { CallRecord } from '../calls/call-record.ts'
import { extensionsOf } from '../calls/fold.ts'
import type { Db } from '../database/transaction.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { followEndOfLive, openLive, readLive, sameWordsMs, storeLive } from './live-rows.ts'
import { takeRequested } from './requested-rows.ts'
import { userRefsAt } from './wanted-card.ts'

/**
 * Under which id a call that has ended is known in a CRM that opens cards: written under it, one call is one record.
 * `unresolved`: it may have been begun there, and the CRM's answer is still to come; begun again it will tell. So long
 * nothing is written.
 */
export async function liveRefOf(
  organization: Organization,
  db: Db,
  on: { record: CallRecord; connectionId: string; directory: Directory },
): Promise<{ ref: string | undefined } | 'unresolved'> {
  const { record, connectionId, directory } = on
  const row = await readLive(organization, db, record.id)
  if (row) {
    await followEndOfLive(organization, db, record)
    const unresolved = row.state === 'beginning' && (row.begunAt ?? 0) + sameWordsMs > Date.now()
    return unresolved ? 'unresolved' : { ref: row.ref }
  }
  // So short that nobody had looked at it yet; somebody may have asked for it all the same.
  const userRefs = userRefsAt(directory, connectionId, extensionsOf(record.call))
  const requested = await takeRequested(organization, db, { record, connectionId, userRefs })
  if (!requested) return { ref: undefined }
  await storeLive(organization, db, record, {
    connectionId,
    state: 'open',
    ref: requested.ref,
    requestId: requested.id,
    cards: {},
    begunBy: undefined,
    seen: record.version,
  })
  return { ref: requested.ref }
}

/** What somebody asked for inside the CRM and this call came of. */
export async function requestOf(
  organization: Organization,
  db: Db,
  on: { record: CallRecord; connection: { id: string }; directory: Directory },
): Promise<string | undefined> {
  await liveRefOf(organization, db, { ...on, connectionId: on.connection.id })
  return (await readLive(organization, db, on.record.id))?.requestId
}

/** The CRM's id of a written call's log, wherever it is kept. */
export async function logIdOf(
  organization: Organization,
  db: Db,
  callId: string,
  externalId: string | null,
): Promise<string | undefined> {
  if (externalId !== null) return externalId
  const row = await db.row<{ live_sealed: Buffer }>('select live_sealed from live_calls where call_id = $1', [
    callId,
  ])
  return row && openLive(organization, callId, row.live_sealed).ref
}

/** Where it was written: the CRM's id of a call that was never begun there tells when it was, so it is kept sealed. */
export async function rememberLiveRef(
  organization: Organization,
  db: Db,
  record: CallRecord,
  written: { connectionId: string; logId: string },
): Promise<void> {
  const row = await readLive(organization, db, record.id)
  if (row?.ref === written.logId) return
  await storeLive(organization, db, record, {
    connectionId: written.connectionId,
    state: 'open',
    cards: {},
    begunBy: row?.begunBy,
    ref: written.logId,
    seen: record.version,
  })
}
