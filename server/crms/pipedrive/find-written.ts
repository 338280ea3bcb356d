import { z } from 'zod'
import type { CallToWrite, CrmSession, Feature, Written } from '../contract.ts'
import { numberTold } from '../number-told.ts'
import { dialledText, otherOwner, referenceLine } from './call-log.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { identifier } from './identifier.ts'
import { readTime, toV1Time, toV2Time } from './times.ts'

/** The most `GET /callLogs` gives at once. */
export const logsPerPage = 50
/** 500 logs after a call are more than a user makes while its outcome is unknown; the activities are cheaper to go through. */
const mostLogPages = 10
const activitiesPerPage = 500
/** Clocks differ, and the order of the list is not documented: a page this much older than the call ends the search. */
const slackMs = 60 * 60_000

const wireLog = z.object({
  id: identifier,
  activity_id: identifier.nullish(),
  user_id: identifier.nullish(),
  subject: z.string().nullish(),
  note: z.string().nullish(),
  from_phone_number: z.string().nullish(),
  to_phone_number: z.string().nullish(),
  start_time: z.string().nullish(),
  has_recording: z.boolean().nullish(),
})
export type WireLog = z.infer<typeof wireLog>

export const logsPage = z.object({
  data: z.array(wireLog).nullable(),
  additional_data: z
    .object({
      pagination: z
        .object({ more_items_in_collection: z.boolean().catch(false), next_start: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
})

const activitiesPage = z.object({
  data: z
    .array(z.object({ id: identifier, subject: z.string().nullish(), note: z.string().nullish() }))
    .nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
})

/**
 * Was the call written, although nobody told us?
 *
 * The list holds only logs that belong to the token's user. One written for somebody else is looked for among the
 * activities, which carry the same note; Pipedrive offers no way from an activity to its log, so `logId` is then undefined.
 */
export async function findWritten(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
): Promise<Written | undefined> {
  const log = await findLog(client, session, call)
  if (typeof log === 'object') return log
  if (log === 'not-there' && otherOwner(call, session) === undefined) return undefined
  const { marker, startedAt: since } = call
  const activityId = await findActivity(client, session, { marker, since, feature: 'call log' })
  return activityId === undefined ? undefined : { logId: undefined, activityId }
}

/** `too-many`: not all were looked at, which is not the same as "it is not there". */
async function findLog(
  client: Client,
  session: CrmSession,
  call: CallToWrite,
): Promise<Written | 'not-there' | 'too-many'> {
  let start = 0
  let first: WireLog | undefined
  for (let pages = 0; pages < mostLogPages; pages += 1) {
    const page = await client(session, {
      endpoint: endpoints.callLogs,
      query: { start, limit: logsPerPage },
      answer: logsPage,
      feature: 'call log',
    })
    const logs = page.data ?? []
    const found = logs.find((log) => isSameCall(log, call, session))
    if (found !== undefined) return { logId: found.id, activityId: found.activity_id ?? undefined }
    const pagination = page.additional_data?.pagination
    first ??= logs[0]
    if (logs.length === 0 || (allOlder(logs, call.startedAt) && isFalling(first, logs.at(-1))))
      return 'not-there'
    const isLast = pagination == null ? logs.length < logsPerPage : !pagination.more_items_in_collection
    if (isLast) return 'not-there'
    start = pagination?.next_start ?? start + logs.length
  }
  return 'too-many'
}

/**
 * UNVERIFIED: the list is taken to begin with the newest. Whether newest means made or started last does not matter,
 * because the search ends only when nothing on a page is from the time of the call.
 */
export function allOlder(logs: readonly WireLog[], at: Date): boolean {
  const before = at.getTime() - slackMs
  return logs.every((log) => startOf(log, before) < before)
}

/** Only a list seen to go from newer to older may be left early; one that begins with its oldest is read to its end. */
export function isFalling(first: WireLog | undefined, last: WireLog | undefined): boolean {
  return first !== undefined && last !== undefined && startOf(first, 0) > startOf(last, 0)
}

function startOf(log: WireLog, otherwise: number): number {
  return readTime(log.start_time)?.getTime() ?? otherwise
}

/** By its marker; where people edited the note, by what no second call can share. */
export function isSameCall(log: WireLog, call: CallToWrite, session: Pick<CrmSession, 'userRef'>): boolean {
  if (carriesMarker(log, call.marker)) return true
  if (carriesAnyReference(log)) return false // it is another call of ours
  return (
    sameSecond(log.start_time, call.startedAt) &&
    (log.from_phone_number ?? undefined) === numberTold(call.from) &&
    log.to_phone_number === dialledText(call.to) &&
    (log.user_id == null || [call.ownerExternalId, session.userRef].includes(log.user_id))
  )
}

/** Whole words only: a marker that begins another one is not it. */
export function carriesMarker(
  text: { subject?: string | null | undefined; note?: string | null | undefined },
  marker: string,
): boolean {
  const literal = marker.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const word = new RegExp(`(?<![\\p{L}\\p{N}-])${literal}(?![\\p{L}\\p{N}-])`, 'u')
  return word.test(text.note ?? '') || word.test(text.subject ?? '')
}

function carriesAnyReference({ note }: WireLog): boolean {
  return (note ?? '').includes(referenceLine(''))
}

function sameSecond(written: string | null | undefined, at: Date): boolean {
  const time = readTime(written)
  return time !== undefined && toV1Time(time) === toV1Time(at)
}

/** Among the activities that changed since then, whoever owns them. What carries our marker was made after that. */
export async function findActivity(
  client: Client,
  session: CrmSession,
  looked: { marker: string; since: Date; feature: Feature },
): Promise<string | undefined> {
  let cursor: string | undefined
  do {
    const page = await client(session, {
      endpoint: endpoints.activities,
      query: { updated_since: toV2Time(looked.since), limit: activitiesPerPage, cursor },
      answer: activitiesPage,
      feature: looked.feature,
    })
    const found = page.data?.find((activity) => carriesMarker(activity, looked.marker))
    if (found !== undefined) return found.id
    cursor = page.additional_data?.next_cursor ?? undefined
  } while (cursor !== undefined)
  return undefined
}
