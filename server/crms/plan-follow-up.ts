import { type CallRecord, openFacts, recordFrom } from '../calls/call-record.ts'
import { type Call, remoteParty } from '../calls/fold.ts'
import type { Db } from '../database/transaction.ts'
import { failureOf } from '../failure.ts'
import type { Directory } from '../organizations/directory.ts'
import type { Organization } from '../organizations/organization.ts'
import { lockCall } from './call-log-rows.ts'
import { personOf } from './describe-call.ts'
import {
  addFollowUp,
  enqueueFollowUp,
  type FollowUpRow,
  followUpById,
  isUnsettled,
  joinFollowUp,
  lockCaller,
  openFollowUpOf,
} from './follow-up-rows.ts'
import { crmConnection } from './parts.ts'
import { isLeftOutNumber, kindOf, readRules } from './rules.ts'
import type { WriteParts } from './write-parts.ts'

/** A missed call asks for a follow-up, a conversation ends one; anything else says nothing about either. */
export function saysOfCaller(call: Call): 'missed' | 'reached' | 'nothing' {
  const kind = kindOf(call)
  if (kind === 'inbound-missed' || kind === 'voicemail') return 'missed'
  return kind === 'inbound-answered' || kind === 'outbound-answered' ? 'reached' : 'nothing'
}

/** Did they speak after it had rung in vain? By the phone system's own clock, in whatever order it was told. */
export function wasReachedAfter(missed: Call, reached: Call): boolean {
  return (reached.answeredAt ?? reached.endedAt ?? 0) > missed.startedAt
}

/**
 * What an ended call means for the follow-up of its caller. May run again and in any order: what was decided for this call
 * stands in its entry, and a caller has one open follow-up at most, which the database sees to.
 */
export async function planFollowUp(
  parts: WriteParts,
  organization: Organization,
  callId: string,
): Promise<void> {
  const directory = await parts.directoryOf(organization)
  const connection = crmConnection(directory)
  if (!connection || !parts.crms.get(connection.adapter)?.followUps) return
  const row = await organization.transaction(async (db) => {
    const call = await db.row<{ remote_hash: Buffer | null }>('select remote_hash from calls where id = $1', [
      callId,
    ])
    if (!call?.remote_hash) return undefined
    lockCaller(db, call.remote_hash)
    const record = await lockCall(parts.clock, organization, db, callId)
    if (record?.call.state !== 'ended' || isOwnLine(directory, record.call)) return undefined
    const planning = { db, organization, directory, connectionId: connection.id, now: parts.clock.ms() }
    const said = saysOfCaller(record.call)
    if (said === 'reached') return reached(planning, record, call.remote_hash)
    return said === 'missed' ? missed(planning, record, call.remote_hash) : undefined
  }, 'follow up missed calls in the CRM')
  // A crash before this: the call's own job comes again and finds it unsettled.
  if (row && isUnsettled(row)) await enqueueFollowUp(parts.jobs, organization.id, row.id)
}

interface Planning {
  db: Db
  organization: Organization
  directory: Directory
  connectionId: string
  /** milliseconds since 1970 UTC */
  now: number
}

async function reached(
  { db, organization, connectionId, now }: Planning,
  record: CallRecord,
  callerHash: Buffer,
): Promise<FollowUpRow | undefined> {
  const open = await openFollowUpOf(db, connectionId, callerHash)
  if (!open || open.reached_call_id !== null) return open
  const [first] = await callsOf(organization, db, now, { id: open.call_id })
  // A call that turned out to be answered after all ends its own follow-up.
  if (first && first.id !== record.id && !wasReachedAfter(first.call, record.call)) return undefined
  db.send('update follow_ups set reached_call_id = $2 where id = $1', [open.id, record.id])
  return { ...open, reached_call_id: record.id }
}

async function missed(
  planning: Planning,
  record: CallRecord,
  callerHash: Buffer,
): Promise<FollowUpRow | undefined> {
  const { db, organization, connectionId } = planning
  const log = await db.row<{ follow_up_id: string | null }>(
    'select follow_up_id from call_logs where call_id = $1',
    [record.id],
  )
  if (!log) return undefined
  if (log.follow_up_id) return followUpById(db, log.follow_up_id)
  const rules = await readRules(organization, db, connectionId)
  if (!rules.followUps || isLeftOutNumber(rules, record.call)) return undefined
  const others = await callsOf(organization, db, planning.now, { callerHash })
  if (others.some(({ call }) => saysOfCaller(call) === 'reached' && wasReachedAfter(record.call, call)))
    return undefined
  const open = await openFollowUpOf(db, connectionId, callerHash)
  if (!open) {
    const ownerRef = await ownerFor(planning, record, others)
    return addFollowUp(db, organization, { connectionId, callerHash, record, ownerRef })
  }
  joinFollowUp(db, open.id, record.id)
  if (open.state !== 'open') return open
  db.send('update follow_ups set again_call_id = $2 where id = $1', [open.id, record.id])
  return { ...open, again_call_id: record.id }
}

/** Whose the caller is: the matched person's owner; else whom it rang last; else who spoke with them last. */
export async function ownerFor(
  { db, organization, directory }: Pick<Planning, 'db' | 'organization' | 'directory'>,
  { call }: Pick<CallRecord, 'call'>,
  others: readonly { call: Call }[],
): Promise<string | undefined> {
  const person = await personOf(organization, directory, db, call)
  if (person?.ownerExternalId) return person.ownerExternalId
  const rang = call.legs.filter(({ role }) => role !== 'caller').map(({ party }) => party)
  const spoke = others
    .filter((other) => saysOfCaller(other.call) === 'reached')
    .toSorted((a, b) => b.call.startedAt - a.call.startedAt)
    .map((other) => (other.call.direction === 'outbound' ? other.call.from : other.call.answeredBy))
  for (const party of [...rang.reverse(), ...spoke]) {
    const id = party?.kind === 'extension' ? directory.extensions.get(party.digits) : undefined
    const user = id === undefined ? undefined : directory.users.get(id)
    if (user) return user.externalId
  }
  return undefined
}

/** More calls with one number than this in a week tell no more. */
const mostCalls = 200

/** Ended calls that are still kept, newest first: one by its id, or all with one number. */
export async function callsOf(
  organization: Organization,
  db: Db,
  now: number,
  of: { id: string } | { callerHash: Buffer },
): Promise<CallRecord[]> {
  const rows = await db.rows<Parameters<typeof recordFrom>[0] & { facts_sealed: Buffer }>(
    `select id, connection_id, version, facts_sealed, expires_at from calls
     where ${'id' in of ? 'id = $1' : 'remote_hash = $1'} and state = 'ended' order by arrival desc limit ${mostCalls}`,
    ['id' in of ? of.id : of.callerHash],
  )
  return rows.flatMap((row) => {
    try {
      return [recordFrom(row, openFacts(organization, row.id, row.facts_sealed, now))]
    } catch (error) {
      if (failureOf(error)?.code === 'unreadable') return [] // its week is over
      throw error
    }
  })
}

function isOwnLine({ ownNumbers }: Directory, call: Call): boolean {
  const remote = remoteParty(call)
  return remote?.kind === 'e164' && ownNumbers.has(remote.e164)
}
