import { z } from 'zod'
import type { CrmSession, Twins, Written } from '../contract.ts'
import { referenceLine } from './call-log.ts'
import type { Client } from './client.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { allOlder, isFalling, logsPage, logsPerPage, type WireLog } from './find-written.ts'
import { identifier } from './identifier.ts'
import { refusedAs } from './refusal.ts'
import { readTime } from './times.ts'

/** Times are whole seconds: an activity and its own making may lie in two of them. Nobody edits faster. */
const untouchedMs = 2_000
/** A thousand calls of one user in two days: what is more than that is looked at no further. */
const mostPages = 20
/** `ids` takes no more. */
const idsPerRequest = 100

const wireActivity = z.object({
  id: identifier,
  add_time: z.string().nullish(),
  update_time: z.string().nullish(),
})
type WireActivity = z.infer<typeof wireActivity>
const activitiesPage = z.object({ data: z.array(wireActivity).nullable() })

/** One copy of a call that is surely ours: a call log, which only an app can have made, and its activity. */
interface Copy {
  activityId: string
  logId: string
  session: CrmSession
  madeAt: number
  changed: boolean
  recorded: boolean
}

/** A call log with our reference, and whose list it stands in. */
interface OurLog {
  marker: string
  logId: string
  activityId: string
  recorded: boolean
  session: CrmSession
}

/**
 * Calls that stand in Pipedrive more than once.
 *
 * Looked for among the call logs of those who wrote some, 50 at a time: nobody else's entries are read. Only for a
 * reference that occurs twice are the activities asked for, by their ids, which tell who was first and whether a person
 * changed anything. A copy whose activity a person deleted is none.
 */
export async function findTwins(
  client: Client,
  sessions: readonly CrmSession[],
  { markers, since }: { markers: ReadonlySet<string>; since: Date },
): Promise<Twins[]> {
  const logs: OurLog[] = []
  for (const session of sessions) logs.push(...(await ourLogs(client, session, markers, since)))
  const repeated = [...Map.groupBy(logs, (log) => log.marker)].filter(([, same]) => same.length > 1)
  if (repeated.length === 0) return []
  const activities = await activitiesOf(
    client,
    repeated.flatMap(([, same]) => same),
  )
  return repeated.flatMap(([marker, same]) =>
    twinsAmong(
      marker,
      same.flatMap((log) => {
        const activity = activities.get(log.activityId)
        return activity ? [copyOf(activity, log)] : []
      }),
    ),
  )
}

/** Both the log and its activity, which Pipedrive keeps when the log goes. */
export async function removeWritten(client: Client, session: CrmSession, written: Written): Promise<void> {
  const { logId, activityId } = written
  if (logId !== undefined) await remove(client, session, { endpoint: endpoints.deleteCallLog, id: logId })
  if (activityId !== undefined)
    await remove(client, session, { endpoint: endpoints.deleteActivity, id: activityId })
}

/** Pipedrive keeps what was deleted for so long (vendor's documentation: "purged after 30 days"). */
export const binDays = 30

export async function removePerson(client: Client, session: CrmSession, id: string): Promise<void> {
  await remove(client, session, { endpoint: endpoints.deletePerson, id })
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

function copyOf(activity: WireActivity, { activityId, logId, session, recorded }: OurLog): Copy {
  const madeAt = readTime(activity.add_time)?.getTime()
  const changedAt = readTime(activity.update_time)?.getTime()
  // Without its times nobody knows: then it counts as changed.
  const changed = madeAt === undefined || changedAt === undefined || changedAt - madeAt > untouchedMs
  return { activityId, logId, session, madeAt: madeAt ?? 0, changed, recorded }
}

/** The list holds only what belongs to the token's user. */
async function ourLogs(
  client: Client,
  session: CrmSession,
  markers: ReadonlySet<string>,
  since: Date,
): Promise<OurLog[]> {
  const found: OurLog[] = []
  let start = 0
  let first: WireLog | undefined
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await client(session, {
      endpoint: endpoints.callLogs,
      query: { start, limit: logsPerPage },
      answer: logsPage,
      feature: 'check',
    })
    const logs = page.data ?? []
    for (const log of logs) {
      const marker = referenceIn(log.note, markers)
      if (marker === undefined || log.activity_id == null) continue
      const recorded = log.has_recording === true
      found.push({ marker, logId: log.id, activityId: log.activity_id, recorded, session })
    }
    first ??= logs[0]
    const pagination = page.additional_data?.pagination
    const isLast = pagination == null ? logs.length < logsPerPage : !pagination.more_items_in_collection
    if (isLast || logs.length === 0 || (allOlder(logs, since) && isFalling(first, logs.at(-1)))) break
    start = pagination?.next_start ?? start + logs.length
  }
  return found
}

async function activitiesOf(client: Client, logs: readonly OurLog[]): Promise<Map<string, WireActivity>> {
  const found = new Map<string, WireActivity>()
  for (const [session, own] of Map.groupBy(logs, (log) => log.session)) {
    for (let at = 0; at < own.length; at += idsPerRequest) {
      const ids = own.slice(at, at + idsPerRequest).map((log) => log.activityId)
      const page = await client(session, {
        endpoint: endpoints.activities,
        query: { ids: ids.join(','), limit: idsPerRequest },
        answer: activitiesPage,
        feature: 'check',
      })
      for (const activity of page.data ?? []) found.set(activity.id, activity)
    }
  }
  return found
}

/**
 * The one reference of ours in a note, in the line by which we write it. People quote the references of other calls in what
 * they write: where there are several nobody can say whose entry it is, and it is no copy of anything.
 */
function referenceIn(note: string | null | undefined, markers: ReadonlySet<string>): string | undefined {
  const words = (note ?? '').split(referenceLine('')).slice(1)
  const references = words.map((rest) => /^RF-[A-Z0-9]+/.exec(rest)?.[0] ?? '').filter((word) => word !== '')
  const [only, ...others] = new Set(references)
  return only !== undefined && others.length === 0 && markers.has(only) ? only : undefined
}

async function remove(
  client: Client,
  session: CrmSession,
  what: { endpoint: Endpoint; id: string },
): Promise<void> {
  try {
    await client(session, { ...what, answer: z.unknown(), feature: 'check' })
  } catch (error) {
    const kind = refusedAs(error)
    if (kind !== 'not-found' && kind !== 'gone') throw error
  }
}
