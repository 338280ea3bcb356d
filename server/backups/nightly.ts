import { inForce } from '../../policy/index.ts'
import type { App } from '../app.ts'
import type { InstallationParts } from '../installation.ts'
import { nextNight } from '../privacy/rewrite.ts'
import { removeOldBackups } from './keep.ts'
import { makeBackup } from './make.ts'

type Parts = InstallationParts & Pick<App, 'jobs'>

/** Three hours, over which installations that share a disk or a server are spread by their ids. */
const night = { from: 0, minutes: 180 }

/** On whichever node; one that is planned keeps its time, and is made late rather than not at all. */
export async function planBackup({ jobs, ring }: Pick<Parts, 'jobs' | 'ring'>): Promise<void> {
  const at = nextNight({ id: ring.id, timeZone: 'UTC' }, new Date(), night)
  await jobs.add('backup', {}, { key: 'backup', at, keep: true, alone: true })
}

/** Makes the backup of the night. What goes wrong is tried again by the queue. */
export async function backUp(parts: Parts): Promise<void> {
  if (inForce().backupDays > 0) {
    const { organizations, bytes } = await makeBackup(parts, { to: parts.settings.backupsFolder })
    parts.log.info('backed-up', { count: organizations, bytes })
  }
  await removeOld(parts)
  await planBackup(parts)
}

const everyMs = 3_600_000

/** Old backups go on every node, because each may have a folder of its own. @returns what ends it */
export function tendBackups(installation: InstallationParts): () => void {
  const tend = () =>
    void removeOld(installation).catch((error) => installation.log.failure('backups-not-tended', error))
  tend()
  const timer = setInterval(tend, everyMs)
  return () => clearInterval(timer)
}

async function removeOld(installation: InstallationParts): Promise<void> {
  const { backups, files } = await removeOldBackups(installation)
  if (backups + files > 0) installation.log.info('backups-removed', { removed: backups + files })
}
