import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inForce } from '../../policy/index.ts'
import type { Cluster } from '../database/cluster.ts'
import { failed, RingfenceError } from '../failure.ts'
import { flushFolder } from '../keys/durable-files.ts'
import type { KeyRing } from '../keys/index.ts'
import type { Log } from '../log.ts'
import type { Organizations } from '../organizations/organizations.ts'
import { whileNobodyBacksUp } from './alone.ts'
import { installationFile, nameOf, organizationFile, removeUnfinished, unfinishedName } from './folder.ts'
import { makeIdentity, writeSealed } from './sealed-file.ts'
import { installationFrames, organizationFrames } from './snapshot.ts'

export interface BackupParts {
  cluster: Cluster
  organizations: Organizations
  ring: KeyRing
  log: Log
}

export interface Backup {
  /** the folder it lies in */
  path: string
  /** the instant it shows */
  takenAt: Date
  organizations: number
  bytes: number
  /** ids of organizations whose database could not be read; undefined reading is no reason to lose the others */
  failed: string[]
}

/**
 * Backs up everything, or one organization, into a folder of its own. The key of this backup is made and kept on both disks
 * before the first byte is written to it.
 *
 * @param options.to the folder that backups are kept in
 * @throws RingfenceError `setting` when the policy in force allows no backups, `busy` while another one is made,
 *   `not-found` when there is no such organization
 */
export async function makeBackup(
  parts: BackupParts,
  options: { to: string; organizationId?: string | undefined },
): Promise<Backup> {
  if (inForce().backupDays < 1)
    failed({
      code: 'setting',
      name: 'policy/',
      sentence:
        'The policy in force says nothing of backups: they are made from the day on which its new version takes effect.',
    })
  return whileNobodyBacksUp(parts.cluster, async () => {
    const { takenAt, organizations } = await wanted(parts.cluster, options.organizationId)
    await mkdir(options.to, { recursive: true, mode: 0o700 })
    await removeUnfinished(options.to)
    const identity = await makeIdentity()
    await parts.ring.addBackupKey({ id: randomUUID(), at: takenAt.toISOString(), identity })
    const folder = join(options.to, unfinishedName(takenAt))
    await mkdir(folder, { mode: 0o700 })
    try {
      const shown = { ring: parts.ring.id, takenAt: takenAt.toISOString() }
      const told = { organizations: 0, bytes: 0, failed: [] as string[] }
      for (const one of organizations) {
        const frames = organizationFrames(parts.cluster, one, shown)
        try {
          await upToDate(parts, one.id)
          told.bytes += await writeSealed(join(folder, organizationFile(one.id)), identity, frames)
          told.organizations += 1
        } catch (error) {
          await rm(join(folder, organizationFile(one.id)), { force: true })
          parts.log.failure('organization-not-backed-up', error, { organizationId: one.id })
          told.failed.push(one.id)
        }
      }
      // Last, because this file says that the backup is one of everything.
      if (options.organizationId === undefined)
        told.bytes += await writeSealed(
          join(folder, installationFile),
          identity,
          installationFrames(parts.cluster, shown),
        )
      await flushFolder(folder)
      const path = join(options.to, nameOf(takenAt))
      await rename(folder, path)
      await flushFolder(options.to)
      return { path, takenAt, ...told }
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw asSentence(error)
    }
  })
}

/** One that nobody has used yet has no tables. */
async function upToDate({ organizations }: BackupParts, id: string): Promise<void> {
  await (await organizations.get(id)).transaction(async () => undefined, 'owner')
}

async function wanted(
  cluster: Cluster,
  organizationId: string | undefined,
): Promise<{ takenAt: Date; organizations: { id: string; database: string }[] }> {
  return cluster.control.transaction(async (db) => {
    const clock = await db.row<{ now: Date }>('select ringfence.now() as now')
    const organizations = await db.rows<{ id: string; database: string }>(
      `select id, database_name as database from organizations
       where state = 'active' and ($1::text is null or id::text = $1) order by created_at, id`,
      [organizationId ?? null],
    )
    if (organizationId !== undefined && organizations.length === 0)
      failed({ code: 'not-found', what: 'organization' })
    return { takenAt: clock?.now ?? new Date(), organizations }
  })
}

/** The disk's own refusals, for the operator. */
function asSentence(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  if (!['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO'].includes(code)) return error
  return new RingfenceError(
    {
      code: 'setting',
      name: 'RINGFENCE_BACKUPS',
      sentence: `The backup could not be written (${code}): give the folder space and make it writable.`,
    },
    error,
  )
}
