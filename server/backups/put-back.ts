import pg from 'pg'
import type { Cluster } from '../database/cluster.ts'
import { withOwnConnection } from '../database/copy.ts'
import type { EndEntry, KeyRing } from '../keys/index.ts'
import { makeDatabase } from '../organizations/organization-database.ts'
import { newDatabaseName } from '../organizations/organizations.ts'
import { besideOf, clearUnfinished, note } from './beside.ts'
import { FrameReader } from './fill.ts'
import { fillControl, fillOrganization } from './fill-database.ts'
import type { JobFrame } from './frames.ts'
import { putInPlace } from './put-in-place.ts'
import { framesOf, type Part } from './read.ts'

export interface PutBack {
  /** ids of organizations that are here now */
  organizations: string[]
  /** how many were queued again */
  jobs: number
}

/**
 * Puts parts of a backup back. Everything is made beside what there is: a database for each organization, and one for the
 * rows of the control database, filled as they were then and brought up to date. One transaction of the control database
 * then puts them in place; until it commits nothing has changed, and what was made for it is dropped.
 */
export async function putBack(
  { cluster, ring }: { cluster: Cluster; ring: KeyRing },
  parts: readonly Part[],
): Promise<PutBack> {
  await clearUnfinished(cluster)
  const beside = besideOf(cluster.control.target.database)
  const made = new Map<string, string>() // id of an organization → its new database
  const jobs: JobFrame[] = []
  try {
    await withOwnConnection(cluster.control.target, (client) =>
      client.query(`create database ${pg.escapeIdentifier(beside)}`),
    )
    for (const part of parts) {
      const frames = new FrameReader(framesOf(part.path, part.keys))
      try {
        await frames.take('head')
        await fillControl(cluster, beside, frames)
        if (part.part.of !== 'organization') continue
        const { id } = part.part
        const database = newDatabaseName()
        made.set(id, database)
        await note(cluster, beside, database)
        await makeDatabase(cluster, database, ring.organization(id))
        await fillOrganization(cluster, { database, takenAt: part.takenAt }, frames)
        while ((await frames.peek())?.kind === 'job') jobs.push(await frames.take('job'))
        await frames.take('end')
      } finally {
        await frames.close()
      }
    }
    const deleted = parts.flatMap((part) => [...endedSince(ring, part, ['organization deleted'])])
    await putInPlace(cluster, beside, { made, jobs, deleted })
    return { organizations: [...made.keys()], jobs: jobs.length }
  } finally {
    await clearUnfinished(cluster)
  }
}

/** @returns ids of organizations that ended in one of these ways after what is put back was saved */
export function endedSince(
  ring: KeyRing,
  { takenAt }: Pick<Part, 'takenAt'>,
  ways: readonly EndEntry['end'][],
): Set<string> {
  const ended = ring.ends().filter(({ end, at }) => ways.includes(end) && new Date(at) >= new Date(takenAt))
  return new Set(ended.map(({ organization }) => organization))
}
