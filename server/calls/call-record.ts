import { failed } from '../failure.ts'
import { arrivalHourLivesHours, callHourLivesHours, hourOf, type KeyChoice } from '../keys/contract.ts'
import { uuidFrom } from '../keys/uuid.ts'
import type { Organization } from '../organizations/organization.ts'
import { type Call, callFrom, type Knowledge } from './fold.ts'

export const hourMs = 3_600_000

/** A row of `calls`, opened. */
export interface CallRecord {
  id: string
  connectionId: string
  version: number
  knowledge: Knowledge
  /** when the first event reached us, milliseconds since 1970 UTC */
  firstArrival: number
  call: Call
  expiresAt: Date
  /** of an ended call: from when on its week is counted, milliseconds since 1970 UTC */
  retainedFrom?: number
  /** its place in the journal; undefined: it has only just been stored */
  arrival?: string
}

/** What is sealed in a row: all that is known, and when we first heard of it. */
interface Facts {
  knowledge: Knowledge
  firstArrival: number
  /** when the retention of an ended call began */
  endBase?: number
  /** the phone system's id of the call, where it has to be asked for the recording */
  vendorCall?: string
}

/** The same call of the same connection is the same row, whoever hears of it first. */
export function callIdOf(organization: Organization, connectionId: string, vendorCall: string): string {
  return uuidFrom(organization.keys.hash('call', `${connectionId}|${vendorCall}`))
}

/**
 * The instant from which an ended call's week is counted: its end as the phone system gives it, clamped to 24 h around
 * the arrival, and never later than that arrival.
 */
export function retentionBase(endedAt: number, arrivedAt: number): number {
  const dayMs = 24 * hourMs
  return Math.min(Math.max(endedAt, arrivedAt - dayMs), arrivedAt)
}

/** Until when a row may be read, rounded up to the hour, and the key it is sealed with. */
export function retentionOf(facts: Facts): { expiresAt: Date; key: KeyChoice } {
  if (facts.endBase !== undefined) {
    return {
      expiresAt: hourAfter(facts.endBase + callHourLivesHours * hourMs),
      key: { by: 'call hour', hour: hourOf(facts.endBase) },
    }
  }
  return {
    expiresAt: hourAfter(facts.firstArrival + arrivalHourLivesHours * hourMs),
    key: { by: 'arrival hour', hour: hourOf(facts.firstArrival) },
  }
}
const hourAfter = (ms: number): Date => new Date(Math.ceil(ms / hourMs) * hourMs)

const place = (id: string) => ({ table: 'calls', column: 'facts_sealed', row: id })

export function sealFacts(organization: Organization, id: string, facts: Facts): Buffer {
  return organization.keys.seal(place(id), facts, retentionOf(facts).key)
}

/**
 * @param now refuses what has had its week to the minute, though `expires_at` is rounded up to the hour
 * @throws RingfenceError `unreadable`
 */
export function openFacts(organization: Organization, id: string, sealed: Buffer, now: number): Facts {
  const facts = JSON.parse(organization.keys.open(place(id), sealed)) as Facts
  if (facts.endBase !== undefined && facts.endBase + callHourLivesHours * hourMs <= now) {
    failed({ code: 'unreadable', what: 'call' })
  }
  return facts
}

export function recordFrom(
  row: { id: string; connection_id: string; version: number; expires_at: Date; arrival?: string },
  facts: Facts,
  call = callFrom(facts.knowledge),
): CallRecord {
  return {
    id: row.id,
    connectionId: row.connection_id,
    version: row.version,
    knowledge: facts.knowledge,
    firstArrival: facts.firstArrival,
    call,
    expiresAt: row.expires_at,
    ...(facts.endBase === undefined ? {} : { retainedFrom: facts.endBase }),
    ...(row.arrival === undefined ? {} : { arrival: row.arrival }),
  }
}

export type { Facts as CallFactsAtRest }
