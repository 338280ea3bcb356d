import { resolve } from 'node:path'
import { command } from '../command.ts'
import { failed, failureOf } from '../failure.ts'
import { declarationsHere } from '../privacy/policy-here.ts'
import { readSettings } from '../settings.ts'
import { withInstallation } from '../with-installation.ts'
import { makeBackup } from './make.ts'
import { type Restored, restore } from './restore.ts'

export const backupCommands = {
  backup: command({
    help: [
      [
        '[--org ID] [--to FOLDER] [--json]',
        'everything, or one organization, encrypted, into a folder of its own',
      ],
    ],
    options: { org: 'text', to: 'text' },
    run: ({ org, to }) =>
      withInstallation(async (installation) => {
        const folder = to === undefined ? installation.settings.backupsFolder : resolve(to)
        const made = await makeBackup(installation, { to: folder, organizationId: org }).catch((error) =>
          explained(error, org),
        )
        const text = [
          `Backed up ${counted(made.organizations, 'organization')} to ${made.path} (${size(made.bytes)}).`,
          ...made.failed.map((id) => `Organization ${id} could not be read: it is NOT in this backup.`),
          ...(to === undefined
            ? []
            : ['A copy outside of RINGFENCE_BACKUPS is yours to delete when its time is over.']),
        ].join('\n')
        return { json: made, text, wrong: made.failed.length > 0 }
      }),
  }),
  restore: command({
    help: [
      [
        '[FILE|FOLDER] [--org ID] [--replace] [--json]',
        'puts a backup back, by default the newest; the server must not run\n(docs/guide/backup.md)',
      ],
    ],
    options: { org: 'text', replace: 'flag' },
    run: async ({ org, replace }, from) => {
      const settings = readSettings()
      const done = await restore(settings, await declarationsHere(settings), {
        from: resolve(from ?? settings.backupsFolder),
        organizationId: org,
        replace,
      })
      return { json: done, text: restoredInWords(done) }
    },
  }),
}

const restoredInWords = (done: Restored): string =>
  [
    ...(done.keysFromCopy ? ['Took the keys from their second copy.'] : []),
    `Restored ${counted(done.organizations.length, 'organization')} as of ${done.takenAt.toISOString()}.`,
    ...done.deleted.map(
      (id) => `Organization ${id} was deleted since, or its subscription ended: nothing of it came back.`,
    ),
    ...done.missing.map(
      (id) =>
        `Organization ${id} has keys here and is NOT in this backup: it was made later, or its file is missing.`,
    ),
    `Removed again what ended after that: ${counted(done.erasures, 'erased person', 'erased people')}, ${counted(done.ends, 'uninstall or disconnection', 'uninstalls and disconnections')}.`,
    `Queued again: ${counted(done.jobs, 'job')}. Calls that may have been logged since are asked for first.`,
    'Everybody signs in anew. Start the server now.',
  ].join('\n')

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
