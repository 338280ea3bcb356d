import { command, type Told } from '../command.ts'
import { portalSettings } from '../crms/own-app.ts'
import { failed } from '../failure.ts'
import type { Installation } from '../installation.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { ConnectionSettings } from '../phones/contract.ts'
import type { Vendors } from '../privacy/policy-here.ts'
import { withInstallation, withSystems } from '../with-installation.ts'
import { exportOrganization } from './export.ts'
import { importOrganization } from './import.ts'
import { queueUnfinished } from './unfinished.ts'

export const archiveCommands = {
  export: command({
    help: [
      [
        'ORGANIZATION --to FOLDER [--json]',
        'everything of it in open formats, readable, without credentials',
      ],
    ],
    options: { to: 'text' },
    run: ({ to }, organization) =>
      withInstallation((installation) =>
        withSystems(installation, (systems) => exported(installation, systems, { organization, to })),
      ),
  }),
  import: command({
    help: [['FOLDER [--as NAME] [--json]', 'makes a new organization out of an export']],
    options: { as: 'text' },
    run: ({ as: name }, from) => withInstallation((installation) => imported(installation, { from, name })),
  }),
}

const damage = (sentence: string): never => failed({ code: 'setting', name: 'archive', sentence })

/** @param wish.organization its id, or its name where no other has it; `wish.to` a folder that is empty or not there */
async function exported(
  installation: Installation,
  vendors: Vendors,
  wish: { organization: string | undefined; to: string | undefined },
): Promise<Told> {
  if (wish.organization === undefined || wish.to === undefined)
    return damage('ringfence export ORGANIZATION --to FOLDER: ringfence --help shows how.')
  const organization = await named(installation.organizations, wish.organization)
  const manifest = await exportOrganization(
    { ...installation, settingsOf: settingsOf(vendors) },
    organization,
    wish.to,
  )
  const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0)
  return {
    json: manifest,
    text: [
      `Exported ${organization.name}: ${rows} rows in ${manifest.files.length} files.`,
      'The folder holds personal data that anybody can read who has it. Keep it encrypted, and delete it when it has served.',
      'Credentials are not in it: after an import the CRM and the phone system are connected again.',
    ].join('\n'),
  }
}

/** @param wish.name of the new organization; default: the one it had */
async function imported(
  installation: Installation,
  wish: { from: string | undefined; name: string | undefined },
): Promise<Told> {
  if (wish.from === undefined)
    return damage('ringfence import FOLDER [--as NAME]: ringfence --help shows how.')
  const made = await importOrganization(installation, wish.from, { name: wish.name })
  const { id, name, rows, leftOut, notKeptAway } = made
  const jobs = new Jobs(installation.cluster, installation.log)
  await jobs.prepare()
  await queueUnfinished(jobs, await installation.organizations.get(id))
  await jobs.stop()
  const many = (count: number, sentence: string) => (count > 0 ? [`${count} ${sentence}`] : [])
  return {
    json: made,
    text: [
      `Imported ${name} as ${id}: ${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows.`,
      ...many(leftOut.timeOver, 'rows whose time was over were left out.'),
      ...many(leftOut.erased, 'rows of people who were erased were left out.'),
      ...many(leftOut.unknowable, 'rows of which only a keyed hash was left were left out.'),
      ...many(leftOut.withThem, 'rows that belonged to one of these were left out with it.'),
      ...many(
        notKeptAway,
        'erased numbers and persons were known by a keyed hash alone: if the CRM still has them, remove them there before it is connected.',
      ),
      'Connect its CRM and its phone system again; until then it only remembers.',
    ].join('\n'),
  }
}

/** What may be set for a connection, and what of it is secret. */
export const settingsOf =
  ({ phones, crms }: Vendors) =>
  (side: string, adapter: string): ConnectionSettings | undefined =>
    side === 'phone' ? phones.get(adapter)?.settings : crms.has(adapter) ? portalSettings : undefined

async function named(organizations: Organizations, wanted: string): Promise<Organization> {
  const all = await organizations.list()
  const found = all.filter(({ id, name }) => id === wanted || name === wanted)
  const [one] = found
  if (!one) return damage('There is no such organization: ringfence org list shows all.')
  return found.length === 1 ? one : damage('Several organizations have this name: give the id.')
}
