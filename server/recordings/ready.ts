import { type CallFactsAtRest, type CallRecord, openFacts } from '../calls/call-record.ts'
import { lockCalls } from '../calls/lock-calls.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { hourOf } from '../keys/contract.ts'
import { readSettings } from '../organizations/connection-settings.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneSystem } from '../phones/contract.ts'

export interface ReadyParts {
  phones: ReadonlyMap<string, PhoneSystem>
  jobs: Jobs
  directoryOf(organization: Organization): Promise<Directory>
  /** shows the call's new state on screens */
  show(organization: Organization, callId: string): Promise<void>
}

/** Longer than a commit takes. */
const safeMs = 10_000

const placeOf = (row: string) => ({ table: 'recordings', column: 'address_sealed', row })

/**
 * A recording can be fetched: where it lies is kept until it is attached, if an administrator chose that recordings are.
 * Told again, it changes nothing once the recording is attached.
 * @param record an ended call
 * @returns whether it is kept
 */
export async function keepRecording(
  parts: ReadyParts,
  organization: Organization,
  record: CallRecord,
  address: string,
): Promise<boolean> {
  const { connections } = await parts.directoryOf(organization)
  const phone = parts.phones.get(connections.get(record.connectionId)?.adapter ?? '')
  const source = phone?.recordings
  if (!phone || !source) return false
  const kept = await organization.transaction(async (db) => {
    // Read here and not from memory: what was chosen a moment ago holds for this one.
    if (!source.attaches(await readSettings(organization, db, record.connectionId, phone.settings)))
      return false
    // Before the commit, so that a crash in between leaves a job that finds nothing, never a recording without a job; and
    // not at once, because a job that runs before the commit finds nothing either.
    await enqueueAttach(parts, organization.id, record.id, { at: new Date(Date.now() + safeMs), keep: true })
    return storeAddress(organization, db, record, address)
  }, 'attach the recording in the CRM')
  if (!kept) return false
  await enqueueAttach(parts, organization.id, record.id, { at: new Date() })
  await parts.show(organization, record.id)
  return true
}

/** @returns whether it is news */
export async function storeAddress(
  organization: Organization,
  db: Db,
  record: CallRecord,
  address: string,
): Promise<boolean> {
  const sealed = sealAddress(organization, record, address)
  if (!sealed) return false
  lockCalls(db, [record.id])
  const row = await db.row(
    `insert into recordings (id, address_sealed, next_at, expires_at) values ($1, $2, now(), $3)
     on conflict (id) do update set address_sealed = excluded.address_sealed, expires_at = excluded.expires_at
       where recordings.state = 'waiting'
     returning id`,
    [record.id, sealed, record.expiresAt],
  )
  if (row) db.send('update calls set version = version + 1 where id = $1', [record.id])
  return row !== undefined
}

/** An earlier end was told, so the call's week ends earlier, and the address has to go with it. */
export async function followEnd(organization: Organization, record: CallRecord): Promise<void> {
  await organization.transaction(async (db) => {
    const row = await db.row<{ address_sealed: Buffer }>(
      'select address_sealed from recordings where id = $1 and address_sealed is not null for update',
      [record.id],
    )
    if (!row) return
    const sealed = sealAddress(organization, record, openAddress(organization, record.id, row.address_sealed))
    if (!sealed) return
    db.send('update recordings set address_sealed = $2, expires_at = $3 where id = $1', [
      record.id,
      sealed,
      record.expiresAt,
    ])
  }, 'attach the recording in the CRM')
}

/** @throws RingfenceError `unreadable` */
export function openAddress(organization: Organization, callId: string, sealed: Buffer): string {
  return organization.keys.open(placeOf(callId), sealed)
}

/** What is known of a call whose recording waits; undefined: its week is over, and with it the recording's, to the minute. */
export function factsWhileKept(
  { clock }: { clock: Clock },
  organization: Organization,
  callId: string,
  sealed: Buffer,
): CallFactsAtRest | undefined {
  return unlessUnreadable(() => openFacts(organization, callId, sealed, clock.ms()))
}

/** @returns undefined for a call that has not ended, or whose week is over */
function sealAddress(organization: Organization, record: CallRecord, address: string): Buffer | undefined {
  if (record.retainedFrom === undefined) return undefined
  const hour = hourOf(record.retainedFrom)
  return unlessUnreadable(() =>
    organization.keys.seal(placeOf(record.id), address, { by: 'call hour', hour }),
  )
}

function unlessUnreadable<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (failureOf(error)?.code === 'unreadable') return undefined
    throw error
  }
}

/** One recording of an organization at a time: a slow phone system holds up its own only. */
export async function enqueueAttach(
  parts: { jobs: Jobs },
  organizationId: string,
  callId: string,
  options: { at: Date; keep?: boolean },
): Promise<void> {
  await parts.jobs.add(
    'attach-recording',
    { organizationId, callId },
    { key: `attach-recording:${callId}`, queue: `recordings:${organizationId}`, ...options },
  )
}
