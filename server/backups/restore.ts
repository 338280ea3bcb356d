import { join } from 'node:path'
import type { Declaration } from '../../policy/index.ts'
import { failed } from '../failure.ts'
import { Spool } from '../ingest/spool.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import { holdsKeyRing, takeFromCopy } from '../keys/index.ts'
import { createLog, type Log } from '../log.ts'
import { Organizations } from '../organizations/organizations.ts'
import { forgetWaiting } from '../privacy/erase-waiting.ts'
import { goByPolicyInForce } from '../privacy/follow-policy.ts'
import { readKeys } from '../privacy/key-reading.ts'
import { PolicyRecord } from '../privacy/policy-record.ts'
import { replayErasures } from '../privacy/replay-erasures.ts'
import type { Settings } from '../settings.ts'
import { whileNobodyServes } from './alone.ts'
import { keptSince } from './keep.ts'
import { endedSince, putBack } from './put-back.ts'
import { checkPart, filesToRestore, type Part } from './read.ts'
import { replayEnds } from './replay-ends.ts'

export interface RestoreWish {
  /** a file, a backup's folder, or a folder of backups: then its newest */
  from: string
  /** only this one */
  organizationId?: string | undefined
  /** take the place of organizations that are here */
  replace: boolean
}

export interface Restored {
  /** the instant the backup shows */
  takenAt: Date
  organizations: string[]
  /** in the backup, and deleted since, or their subscription ended: their keys are gone, and nothing comes back */
  deleted: string[]
  /** there are keys of them here, and they are neither here nor in the backup: made since, or their files are missing */
  missing: string[]
  keysFromCopy: boolean
  jobs: number
  /** what was removed again, because it had ended after the backup was made */
  erasures: number
  ends: number
}

/**
 * Restores a backup into databases that no server works on. Every file is read to its end before anything is changed; then
 * everything is put in place in one instant, and whoever was erased and whatever was uninstalled since is removed again,
 * before anybody is let in (L-E.3). A server that is started after a restore was killed half way does the same.
 *
 * @throws RingfenceError `setting` with one sentence, and nothing was changed
 */
export async function restore(
  settings: Settings,
  declarations: readonly Declaration[],
  wish: RestoreWish,
  log: Log = createLog('silent'),
): Promise<Restored> {
  const files = await filesToRestore(wish.from, wish.organizationId)
  const keysFromCopy = await takeFromCopy({
    folder: settings.keysFolder,
    copyFolder: settings.keysCopyFolder,
    dataFolder: settings.dataFolder,
    masterKey: settings.masterKey,
  })
  if (!holdsKeyRing(settings.keysFolder))
    refuse(
      'There are no keys here: put the newest keys into RINGFENCE_KEYS, or name their second copy in RINGFENCE_KEYS_COPY.',
    )
  const installation = await openInstallation(settings, log)
  try {
    return await whileNobodyServes(installation.cluster, async () => {
      await goByPolicyInForce(new PolicyRecord(installation), declarations)
      const { parts, deleted } = await partsOf(installation, files, wish)
      await prepareQueue(installation)
      const { organizations, jobs } = await putBack(installation, parts)
      const missing = wish.organizationId === undefined ? await notHere(installation, deleted) : []
      const here = {
        ...installation,
        organizations: new Organizations(installation.cluster, installation.ring),
      }
      await goByPolicyInForce(new PolicyRecord(here), declarations)
      const ends = await replayEnds(here)
      const spool = await Spool.open({ folder: join(settings.dataFolder, 'spool'), ring: here.ring })
      const erasures = await replayErasures({
        ...here,
        forgetWaiting: (organization, entry) => forgetWaiting({ ...here, spool }, organization, entry),
      })
      const takenAt = new Date(parts[0]?.takenAt ?? 0)
      return { takenAt, organizations, deleted, missing, keysFromCopy, jobs, erasures, ends }
    })
  } finally {
    await installation.close({ leaveRunning: installation.cluster.embedded?.adopted ?? false })
  }
}

/** The files that are put back, each read to its end. */
async function partsOf(
  { ring, clock, organizations }: Installation,
  files: readonly string[],
  wish: RestoreWish,
): Promise<{ parts: Part[]; deleted: string[] }> {
  const here = new Map((await organizations.list()).map((organization) => [organization.id, organization]))
  const expected = { ring: ring.id, keys: ring.backupKeys(), since: keptSince(clock) }
  const parts: Part[] = []
  const deleted: string[] = []
  for (const file of files) {
    const read = await checkPart(file, expected)
    if (read.part.of === 'installation') {
      parts.unshift(read)
      continue
    }
    const { id } = read.part
    if (wish.organizationId !== undefined && wish.organizationId !== id)
      refuse(`${file} holds another organization: ${id}.`)
    // One that began anew has keys again, and nothing of before.
    if (
      !ring.hasOrganization(id) ||
      endedSince(ring, read, ['organization deleted', 'end of subscription']).has(id)
    ) {
      deleted.push(id)
      continue
    }
    if (here.has(id) && !wish.replace)
      refuse(
        `Organization ${id} is here already: restore with --replace to put it back to what it was on ${read.takenAt}.`,
      )
    if (parts.some(({ part }) => part.of === 'organization' && part.id === id))
      refuse(`${file} holds organization ${id}, which another file of this backup holds too.`)
    parts.push(read)
  }
  if (wish.organizationId !== undefined && deleted.length > 0)
    refuse(
      `Organization ${wish.organizationId} was deleted, or its subscription ended: its keys are destroyed, and nothing of it comes back.`,
    )
  return { parts, deleted }
}

/** A file that somebody forgot to copy is missed by nobody else. */
async function notHere({ cluster, settings }: Installation, deleted: readonly string[]): Promise<string[]> {
  const rows = await cluster.control.transaction((db) =>
    db.rows<{ id: string }>('select id from organizations order by id'),
  )
  const known = new Set([...rows.map(({ id }) => id), ...deleted])
  const { held } = await readKeys(settings.keysFolder, settings.masterKey)
  return held.map(({ organizationId }) => organizationId).filter((id) => !known.has(id))
}

/** On a new machine no server has made the queue yet. */
async function prepareQueue({ cluster, log }: Installation): Promise<void> {
  const jobs = new Jobs(cluster, log)
  try {
    await jobs.prepare()
  } finally {
    await jobs.stop()
  }
}

function refuse(sentence: string): never {
  return failed({ code: 'setting', name: 'restore', sentence })
}
