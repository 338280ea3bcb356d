import { resolve } from 'node:path'
import { failed, failureOf } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { declarationsHere } from '../privacy/policy-here.ts'
import type { Settings } from '../settings.ts'
import { makeBackup } from './make.ts'
import { restore } from './restore.ts'

/** What a command did, for programs and for people. */
interface Told {
  json: unknown
  text: string
}

/** `ringfence backup` */
export async function backupCommand(
  installation: Installation,
  { org, to }: { org?: string | undefined; to?: string | undefined },
): Promise<Told & { whole: boolean }> {
  const folder = to === undefined ? installation.settings.backupsFolder : resolve(to)
  const made = await makeBackup(installation, { to: folder, organizationId: org }).catch((error: unknown) =>
    explained(error, org),
  )
  return {
    json: made,
    text: [
      `Backed up ${counted(made.organizations, 'organization')} to ${made.path} (${size(made.bytes)}).`,
      ...made.failed.map((id) => `Organization ${id} could not be read: it is NOT in this backup.`),
      ...(to === undefined
        ? []
        : ['A copy outside of RINGFENCE_BACKUPS is yours to delete when its time is over.']),
    ].join('\n'),
    whole: made.failed.length === 0,
  }
}

/** `ringfence restore` */
export async function restoreCommand(
  settings: Settings,
  { from, org, replace }: { from: string | undefined; org?: string | undefined; replace: boolean },
): Promise<Told> {
  const done = await restore(settings, await declarationsHere(settings), {
    from: resolve(from ?? settings.backupsFolder),
    organizationId: org,
    replace,
  })
  const { organizations, deleted, keysFromCopy, erasures, ends, jobs, takenAt } = done
  return {
    json: done,
    text: [
      ...(keysFromCopy ? ['Took the keys from their second copy.'] : []),
      `Restored ${counted(organizations.length, 'organization')} as of ${takenAt.toISOString()}.`,
      ...deleted.map(
        (id) => `Organization ${id} was deleted since, or its subscription ended: nothing of it came back.`,
      ),
      `Removed again what ended after that: ${counted(erasures, 'erased person', 'erased people')}, ${counted(ends, 'uninstall or disconnection', 'uninstalls and disconnections')}.`,
      `Queued again: ${counted(jobs, 'job')}. Calls that may have been logged since are asked for first.`,
      'Everybody signs in anew. Start the server now.',
    ].join('\n'),
  }
}

function explained(error: unknown, org: string | undefined): never {
  const code = failureOf(error)?.code
  if (code === 'not-found')
    failed({
      code: 'setting',
      name: '--org',
      sentence: `There is no organization ${org}: ringfence org list shows all.`,
    })
  if (code === 'busy')
    failed({
      code: 'setting',
      name: 'backup',
      sentence: 'Another backup is being made: try again when it has ended.',
    })
  throw error
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} kB`
  return bytes < 1_000_000_000
    ? `${Math.ceil(bytes / 1_000_000)} MB`
    : `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
