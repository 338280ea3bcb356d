import { z } from 'zod'
import type { CrmSession, Twins, Written } from '../contract.ts'
import { referenceLine } from './call-log.ts'
import type { Client } from './client.ts'
import { endpoints } from './endpoints.ts'
import { activitiesPerPage, carriesMarker, logsPage, logsPerPage, mostLogPages } from './find-written.ts'
import { identifier } from './identifier.ts'
import { refusedAs } from './refusal.ts'
import { readTime, toV2Time } from './times.ts'

/** Times are whole seconds: an activity and its own making may lie in two of them. Nobody edits faster. */
const untouchedMs = 2_000

const wireActivity = z.object({
  id: identifier,
  owner_id: identifier.nullish(),
  note: z.string().nullish(),
  add_time: z.string().nullish(),
  update_time: z.string().nullish(),
})
type WireActivity = z.infer<typeof wireActivity>
const activitiesPage = z.object({
  data: z.array(wireActivity).nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
})

/** One copy of a call that is surely ours: an activity, and the call log that only an app can have made. */
interface Copy {
  activityId: string
  logId: string
  session: CrmSession
  madeAt: number
  changed: boolean
  recorded: boolean
}

/**
 * Calls that stand in Pipedrive more than once.
 *
 * Activities are listed, 500 at a time for the price of half a page of call logs; only for a reference that occurs twice
 * are its owner's call logs looked through. An activity without a call log of ours that carries the reference is left
 * alone: a person may have quoted it.
 */
export async function findTwins(
  client: Client,
  sessions: readonly CrmSession[],
  { markers, since, firstSeesAll }: { markers: ReadonlySet<string>; since: Date; firstSeesAll: boolean },
): Promise<Twins[]> {
  const byMarker = new Map<string, Map<string, WireActivity>>()
  for (const session of firstSeesAll ? sessions.slice(0, 1) : sessions) {
    for (const activity of await changedActivities(client, session, since)) {
      const marker = referenceIn(activity.note, markers)
      if (marker === undefined) continue
      const same = byMarker.get(marker) ?? new Map<string, WireActivity>()
      byMarker.set(marker, same.set(activity.id, activity))
    }
  }
  const repeated = new Map([...byMarker].filter(([, activities]) => activities.size > 1))
  if (repeated.size === 0) return []
  const logs = await logsOf(client, sessions, repeated)
  return [...repeated].flatMap(([marker, activities]) => {
    const copies = [...activities.values()].flatMap((activity) => {
      const log = logs.get(activity.id)
      return log && carriesMarker(log, marker) ? [copyOf(activity, log)] : []
    })
    return twinsAmong(marker, copies)
  })
}

/** Both the log and its activity, which Pipedrive keeps when the log goes. */
export async function removeWritten(client: Client, session: CrmSession, written: Written): Promise<void> {
  const { logId, activityId } = written
  if (logId !== undefined) await remove(client, session, { endpoint: endpoints.deleteCallLog, id: logId })
  if (activityId !== undefined)
    await remove(client, session, { endpoint: endpoints.deleteActivity, id: activityId })
}

/**
 * What people changed stays, and so does what has the recording; else the elder. Of the others only what nobody changed
 * may go.
 */
function twinsAmong(marker: string, copies: readonly Copy[]): Twins[] {
  const [keep, ...others] = copies.toSorted(
    (a, b) =>
      Number(b.changed) - Number(a.changed) ||
      Number(b.recorded) - Number(a.recorded) ||
      a.madeAt - b.madeAt ||
      Number(a.activityId) - Number(b.activityId),
  )
  const remove = others
    .filter((copy) => !copy.changed)
    .map((copy) => ({ written: writtenOf(copy), session: copy.session }))
  return keep && remove.length > 0 ? [{ marker, keep: writtenOf(keep), remove }] : []
}

const writtenOf = ({ logId, activityId }: Copy): Written => ({ logId, activityId })

function copyOf(activity: WireActivity, log: FoundLog): Copy {
  const madeAt = readTime(activity.add_time)?.getTime()
  const changedAt = readTime(activity.update_time)?.getTime()
  return {
    activityId: activity.id,
    logId: log.id,
    session: log.session,
    madeAt: madeAt ?? 0,
    // Without its times nobody knows: then it counts as changed.
    changed: madeAt === undefined || changedAt === undefined || changedAt - madeAt > untouchedMs,
    recorded: log.has_recording === true,
  }
}

async function changedActivities(client: Client, session: CrmSession, since: Date): Promise<WireActivity[]> {
  const all: WireActivity[] = []
  let cursor: string | undefined
  do {
    const page = await client(session, {
      endpoint: endpoints.activities,
      query: { updated_since: toV2Time(since), limit: activitiesPerPage, cursor },
      answer: activitiesPage,
      feature: 'check',
    })
    all.push(...(page.data ?? []))
    cursor = page.additional_data?.next_cursor ?? undefined
  } while (cursor !== undefined)
  return all
}

/** The one reference of ours in a note, in the line by which we write it. */
function referenceIn(note: string | null | undefined, markers: ReadonlySet<string>): string | undefined {
  const words = (note ?? '').split(referenceLine('')).slice(1)
  return words.map((rest) => /^[A-Z0-9-]+/.exec(rest)?.[0] ?? '').find((word) => markers.has(word))
}

type FoundLog = NonNullable<z.infer<typeof logsPage>['data']>[number] & { session: CrmSession }

/** The call logs of these activities, by activity. Each user's list holds only the user's own. */
async function logsOf(
  client: Client,
  sessions: readonly CrmSession[],
  repeated: ReadonlyMap<string, ReadonlyMap<string, WireActivity>>,
): Promise<Map<string, FoundLog>> {
  const activities = [...repeated.values()].flatMap((same) => [...same.values()])
  const found = new Map<string, FoundLog>()
  for (const session of sessions) {
    const wanted = new Set(activities.filter((one) => one.owner_id === session.userRef).map((one) => one.id))
    let start = 0
    for (let pages = 0; wanted.size > 0 && pages < mostLogPages; pages += 1) {
      const page = await client(session, {
        endpoint: endpoints.callLogs,
        query: { start, limit: logsPerPage },
        answer: logsPage,
        feature: 'check',
      })
      const logs = page.data ?? []
      for (const log of logs) {
        if (log.activity_id == null || !wanted.delete(log.activity_id)) continue
        found.set(log.activity_id, { ...log, session })
      }
      const pagination = page.additional_data?.pagination
      const isLast = pagination == null ? logs.length < logsPerPage : !pagination.more_items_in_collection
      if (isLast || logs.length === 0) break
      start = pagination?.next_start ?? start + logs.length
    }
  }
  return found
}

async function remove(
  client: Client,
  session: CrmSession,
  what: { endpoint: typeof endpoints.deleteCallLog | typeof endpoints.deleteActivity; id: string },
): Promise<void> {
  try {
    await client(session, { ...what, answer: z.unknown(), feature: 'check' })
  } catch (error) {
    const kind = refusedAs(error)
    if (kind !== 'not-found' && kind !== 'gone') throw error
  }
}
