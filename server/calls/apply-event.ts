import { isDeepStrictEqual } from 'node:util'
import { numberHash } from '../contacts/erased.ts'
import { type Finder, findByNumber, type Match } from '../contacts/find-by-number.ts'
import type { PhoneNumber } from '../contacts/numbers.ts'
import type { Db } from '../database/transaction.ts'
import type { Organization } from '../organizations/organization.ts'
import {
  type CallFactsAtRest,
  type CallRecord,
  callIdOf,
  openFacts,
  recordFrom,
  retentionBase,
  retentionOf,
  sealFacts,
} from './call-record.ts'
import type { CallEvent } from './event.ts'
import { type Call, callFrom, extensionsOf, join, knowledgeFrom, remoteParty } from './fold.ts'

export interface Applied {
  record: CallRecord
  matches: Match[]
  /** the events told nothing new: nothing was written */
  changed: boolean
  /** it had ended before, so there may be an entry in the CRM already */
  late: boolean
  /** people have added to it: a note, or a person they enter */
  added: boolean
}

export interface ApplyContext {
  organization: Organization
  connectionId: string
  finder: Finder
  /** when the request reached us, milliseconds since 1970 UTC */
  arrivedAt: number
  /** the phone system will be asked about the call by its id, so that has to be known */
  keepsVendorId?: boolean
  /** enqueues the job that writes the call into the CRM; called before the commit, for duplicates too */
  onEnded(callId: string): Promise<void>
}

interface CallRow {
  id: string
  connection_id: string
  arrival: string
  version: number
  facts_sealed: Buffer
  expires_at: Date
}

/** What was told of one call. */
export interface Told {
  context: ApplyContext
  events: readonly [CallEvent, ...CallEvent[]]
  id: string
}

/**
 * Adds events of one call to what is known of it and looks its number up: one transaction, two round trips.
 *
 * The lock comes first, by the call's id, because two events of a call at the same instant would otherwise both read the
 * state before and one would be lost. The job is made before the commit: a crash in between leaves a job that finds
 * nothing, never an ended call without a job.
 * @param id of a call that is known already; otherwise it follows from the vendor's id
 */
export async function applyEvents(
  context: ApplyContext,
  events: readonly [CallEvent, ...CallEvent[]],
  id = callIdOf(context.organization, context.connectionId, events[0].call),
): Promise<Applied> {
  const [applied] = await applyTogether(context.organization, [{ context, events, id }])
  if (!applied) throw new Error('unreachable: one call, one answer')
  return applied
}

/**
 * The same for several calls of one organization in one transaction: a commit costs as much for many as for one. What
 * goes wrong with one of them goes wrong with all.
 * @param told each call once
 */
export async function applyTogether(organization: Organization, told: readonly Told[]): Promise<Applied[]> {
  return organization.transaction(async (db) => {
    db.send(lockSql, [told.map(({ id }) => lockOf(id)).sort()])
    // Waited for to the last, also when one has failed: nothing may be sent after the transaction is over.
    const settled = await Promise.allSettled(told.map((one) => applyIn(db, one)))
    const known = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
    const inOrder = known.toSorted((a, b) => (a.applied.record.id < b.applied.record.id ? -1 : 1))
    for (const { store } of inOrder) store?.()
    return known.map(({ applied }) => applied)
  }, 'identify the caller')
}

/** @returns what stores it, where there is something to store: several calls are locked in the order of their ids */
async function applyIn(
  db: Db,
  { context, events, id }: Told,
): Promise<{ applied: Applied; store?: () => void }> {
  const { organization, connectionId } = context
  const told = knowledgeFrom(events)
  if (!told) throw new Error('unreachable: at least one event')
  const alone = callFrom(told)
  const expected = remoteParty(alone)
  // An end is an end whatever was known before, so its job need not wait for that.
  const endTold = alone.state === 'ended'
  const [row, early] = await Promise.all([
    db.row<CallRow & { added: boolean }>(
      `select id, connection_id, arrival, version, facts_sealed, expires_at,
              exists(select from call_notes n where n.id = calls.id)
                or exists(select from new_persons p where p.number_hash = calls.remote_hash) as added
       from calls where id = $1`,
      [id],
    ),
    findByNumber(db, context.finder, expected),
    endTold ? context.onEnded(id) : undefined,
  ])
  const before = row && openFacts(organization, id, row.facts_sealed, context.arrivedAt)
  const knowledge = before ? join(before.knowledge, told) : told
  const call = callFrom(knowledge)
  const remote = remoteParty(call)
  const matches = sameNumber(remote, expected) ? early : await findByNumber(db, context.finder, remote)
  if (call.state === 'ended' && !endTold) await context.onEnded(id)
  const late = before?.endBase !== undefined
  const added = row?.added === true
  if (row && before && isDeepStrictEqual(before.knowledge, knowledge)) {
    return { applied: { record: recordFrom(row, before, call), matches, changed: false, late, added } }
  }
  const facts: CallFactsAtRest = {
    knowledge,
    firstArrival: Math.min(before?.firstArrival ?? context.arrivedAt, context.arrivedAt),
    ...endBaseOf(before, call.endedAt, context.arrivedAt),
    ...vendorCallOf(before, context, events),
  }
  const { expiresAt } = retentionOf(facts)
  const version = (row?.version ?? 0) + 1
  const record = recordFrom(
    {
      id,
      connection_id: connectionId,
      version,
      expires_at: expiresAt,
      ...(row ? { arrival: row.arrival } : {}),
    },
    facts,
    call,
  )
  return {
    applied: { record, matches, changed: true, late, added },
    store: () => storeCall(db, context, { id, version, facts, call, expiresAt, remote }),
  }
}

/**
 * Locks, always in the same order, so that two transactions never wait for each other; and says for this transaction
 * that its statements look rows up by their keys: they are planned once a connection, by their indexes, also while the
 * tables are still small. Planning them anew costs more than running them.
 */
const lockSql = `
  select pg_advisory_xact_lock(lock), set_config('plan_cache_mode', 'force_generic_plan', true),
         set_config('enable_seqscan', 'off', true)
  from unnest($1::bigint[]) as lock`

/** The week of an end once known is never begun again later: only an earlier end moves it. */
function endBaseOf(
  before: CallFactsAtRest | undefined,
  endedAt: number | undefined,
  arrivedAt: number,
): { endBase?: number } {
  if (endedAt === undefined) return {}
  const base = retentionBase(endedAt, arrivedAt)
  return { endBase: before?.endBase === undefined ? base : Math.min(before.endBase, base) }
}

function vendorCallOf(
  before: CallFactsAtRest | undefined,
  { keepsVendorId }: ApplyContext,
  [first]: Told['events'],
): { vendorCall?: string } {
  if (before?.vendorCall !== undefined) return { vendorCall: before.vendorCall }
  return keepsVendorId ? { vendorCall: first.call } : {}
}

function storeCall(
  db: Db,
  context: ApplyContext,
  what: {
    id: string
    version: number
    facts: CallFactsAtRest
    call: Call
    expiresAt: Date
    remote: PhoneNumber | undefined
  },
): void {
  const { organization } = context
  const { call } = what
  db.send(
    `insert into calls (id, connection_id, version, state, rang, remote_hash, facts_sealed, last_event_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update
       set version = excluded.version, state = excluded.state, rang = excluded.rang, remote_hash = excluded.remote_hash,
           facts_sealed = excluded.facts_sealed, last_event_at = excluded.last_event_at, expires_at = excluded.expires_at`,
    [
      what.id,
      context.connectionId,
      what.version,
      call.state,
      extensionsOf(call),
      what.remote?.kind === 'e164' ? numberHash(organization.keys, what.remote.e164) : null,
      sealFacts(organization, what.id, what.facts),
      new Date(Math.floor(context.arrivedAt / 60_000) * 60_000),
      what.expiresAt,
    ],
  )
}

const sameNumber = (a: PhoneNumber | undefined, b: PhoneNumber | undefined): boolean =>
  a?.kind === 'e164' ? b?.kind === 'e164' && a.e164 === b.e164 : b?.kind !== 'e164'

/**
 * Keeps events of a call away until the transaction ends, for whoever changes something else that is shown of it: two
 * states of one version would be one for a screen.
 */
export function holdCall(db: Db, id: string): void {
  db.send('select pg_advisory_xact_lock($1::bigint)', [lockOf(id)])
}

/** The same for several, in the order in which events lock them. */
export function holdCalls(db: Db, ids: readonly string[]): void {
  db.send('select pg_advisory_xact_lock(lock) from unnest($1::bigint[]) as lock', [ids.map(lockOf).sort()])
}

/** A 64-bit number from the id: two calls that share one only wait for each other. */
function lockOf(id: string): string {
  return BigInt.asIntN(64, BigInt(`0x${id.replaceAll('-', '').slice(16)}`)).toString()
}
