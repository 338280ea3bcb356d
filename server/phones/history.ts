import { callIdOf, openFacts, recordFrom } from '../calls/call-record.ts'
import { failureOf } from '../failure.ts'
import type { Organization } from '../organizations/organization.ts'
import type { PhoneAccess } from './accesses.ts'
import { endOf, eventsFrom, type KnownCall, knownOf } from './compare-history.ts'
import type { HistoryCall } from './contract.ts'
import type { AskedPhone, PhoneParts } from './parts.ts'
import { sessionOf } from './subscription.ts'

const minuteMs = 60_000
/** What ended so shortly ago may still be told. */
const settleMs = 5 * minuteMs
/** Lists are read a little further back than they were compared: they fill up late too. */
const overlapMs = 30 * minuteMs
/** Calls are kept for a week; of one that is found in its last hours nobody would have anything. */
const furthestMs = 6 * 24 * 60 * minuteMs

/**
 * Compares the phone system's own list with the calls known here. What nobody told is added as if it had been told, by
 * the way of every call, and its week counts from its own end; a call whose end was never told gets it. How many there
 * were is shown.
 * @throws RingfenceError as the phone system's adapter does
 */
export async function compareHistory(
  parts: PhoneParts,
  asked: AskedPhone,
  access: PhoneAccess,
): Promise<void> {
  const { api, organization, connection } = asked
  const now = parts.clock.ms()
  const { agreed } = await parts.directories.of(organization)
  if (!api.history || !agreed || !api.ready(connection.settings)) return
  const since = sinceWhen(access, now)
  const listed = await api.history(sessionOf(parts, asked, access), since)
  const over = listed
    .filter((entry) => entry.startedAt >= since && endOf(entry) < now - settleMs)
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
  const known = await knownSince(organization, connection.id, since.getTime() - overlapMs, now)
  let missing = 0
  for (const entry of over) missing += (await compareOne(parts, asked, entry, known)) ? 1 : 0
  await parts.accesses.tellCompared(access.id, { at: new Date(now), calls: over.length, missing })
  if (missing > 0) parts.log.warn('calls-not-told', { connectionId: connection.id, calls: missing })
  parts.changed(organization.id)
}

/** Nothing of the time before there was access is looked for: nobody asked us to keep it. */
function sinceWhen({ compared, createdAt }: PhoneAccess, now: number): Date {
  const from = compared ? compared.at.getTime() - overlapMs : createdAt.getTime()
  return new Date(Math.max(from, createdAt.getTime(), now - furthestMs))
}

/** @returns whether it was missing */
async function compareOne(
  parts: PhoneParts,
  { organization, connection }: AskedPhone,
  entry: HistoryCall,
  known: KnownCall[],
): Promise<boolean> {
  const events = eventsFrom(entry, connection.people)
  const id = callIdOf(organization, connection.id, events[0].call)
  const found = known.find((one) => one.id === id) ?? knownOf(entry, known)
  if (found && found.call.state === 'ended' && !found.call.endUnknown) return false
  // As old as its end, so that its week is not counted from today.
  const arrivedAt = endOf(entry)
  const end = events.at(-1)
  const told = found && end ? ([end] as const) : events
  const applied = await parts.ingest.applyCall(organization, connection.id, told, arrivedAt, found?.id)
  if (applied && !found) known.push({ id: applied.record.id, call: applied.record.call })
  return applied !== undefined && !found
}

/** Opened one after the other: their times are sealed. */
async function knownSince(
  organization: Organization,
  connectionId: string,
  since: number,
  now: number,
): Promise<KnownCall[]> {
  const rows = await organization.transaction(
    (db) =>
      db.rows<{ id: string; connection_id: string; version: number; facts_sealed: Buffer; expires_at: Date }>(
        `select id, connection_id, version, facts_sealed, expires_at from calls
         where connection_id = $1 and last_event_at >= $2 order by arrival`,
        [connectionId, new Date(since)],
      ),
    'identify the caller',
  )
  return rows.flatMap((row) => {
    try {
      const { id, call } = recordFrom(row, openFacts(organization, row.id, row.facts_sealed, now))
      return [{ id, call }]
    } catch (error) {
      if (failureOf(error)?.code === 'unreadable') return [] // its week is over
      throw error
    }
  })
}
