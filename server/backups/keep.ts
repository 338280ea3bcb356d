import { inForce } from '../../policy/index.ts'
import type { Clock } from '../clock.ts'
import type { Installation } from '../installation.ts'
import type { Organization } from '../organizations/organization.ts'
import { isWhole, listBackups, organizationFile, removeOfGone, removeOlder } from './folder.ts'

const dayMs = 86_400_000
/** One a day; later than two days ago something is wrong. */
const expectedEveryMs = 2 * dayMs

type KeepingParts = Pick<Installation, 'ring' | 'clock' | 'settings'>

/** Backups from before this instant are not kept, and not restored. */
export const keptSince = (clock: Clock): Date => new Date(clock.ms() - inForce().backupDays * dayMs)

/**
 * Removes what is older than `policy/` allows: the keys first, so that copies elsewhere are unreadable too, then the files,
 * and files of organizations that are gone. May run on every node, and again.
 */
export async function removeOldBackups({
  ring,
  clock,
  settings,
}: KeepingParts): Promise<{ backups: number; files: number }> {
  const before = keptSince(clock)
  await ring.destroyBackupKeys({ madeBefore: before })
  return {
    backups: await removeOlder(settings.backupsFolder, before),
    files: await removeOfGone(settings.backupsFolder, (id) => ring.hasOrganization(id)),
  }
}

/** What is wrong with the backups: one that is older than declared, or an organization without one from the last two days. */
export async function backupProblems(
  { ring, clock, settings }: KeepingParts,
  organizations: readonly Pick<Organization, 'id' | 'createdAt'>[],
): Promise<string[]> {
  const told: string[] = []
  const { backupDays } = inForce()
  const before = keptSince(clock)
  const backups = await listBackups(settings.backupsFolder)
  const old = backups.filter(({ takenAt }) => takenAt < before).length
  if (old > 0) told.push(`backups older than ${backupDays} days are kept: ${old}`)
  const keys = ring.backupKeys().filter(({ at }) => at < before.toISOString()).length
  if (keys > 0) told.push(`keys of backups older than ${backupDays} days are kept: ${keys}`)
  const expectedBy = new Date(clock.ms() - expectedEveryMs)
  const fresh = backups.filter(({ takenAt }) => takenAt > expectedBy)
  for (const { id } of organizations.filter(({ createdAt }) => createdAt < expectedBy))
    if (!fresh.some((backup) => isWhole(backup) && backup.files.includes(organizationFile(id))))
      told.push(`there is no backup from the last 48 hours, organization ${id}`)
  return told
}
