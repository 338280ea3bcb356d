import { command, needed } from '../command.ts'
import { Installations } from '../crms/installations.ts'
import type { LeftBehind } from '../crms/leave-crms.ts'
import { ownAppOf } from '../crms/own-app.ts'
import { failed } from '../failure.ts'
import { HookKeys } from '../ingest/hook-keys.ts'
import type { Installation } from '../installation.ts'
import type { Notices } from '../live/notices.ts'
import { PhoneAccesses } from '../phones/accesses.ts'
import type { Vendors } from '../privacy/policy-here.ts'
import { PolicyRecord } from '../privacy/policy-record.ts'
import { tell, withInstallation, withSystems } from '../with-installation.ts'
import { Counters } from './counters.ts'
import { deleteCustomer } from './delete-organization.ts'
import { Directories } from './directory.ts'
import { subscriptionCommands, subscriptionInWords, trialDayRefused } from './subscription-commands.ts'
import { customerAccount, customerAccounts } from './subscriptions.ts'

export const organizationCommands = {
  'org create': command({
    help: [
      ['--name … --country CZ --time-zone Europe/Prague [--language cs] [--trial-until YYYY-MM-DD] [--json]'],
    ],
    options: { name: 'text', country: 'text', 'time-zone': 'text', language: 'text', 'trial-until': 'text' },
    run: (values) =>
      withInstallation(async (installation) => {
        await new PolicyRecord(installation).expectInForce()
        const trialUntil = values['trial-until']
        const made = await installation.organizations
          .create({
            name: needed(values, 'name'),
            country: needed(values, 'country'),
            timeZone: needed(values, 'time-zone'),
            language: values.language === 'cs' ? 'cs' : 'en',
            ...(trialUntil === undefined ? {} : { trialUntil }),
          })
          .catch(trialDayRefused)
        const { id, name, country, timeZone } = made
        return { json: { id, name, country, timeZone }, text: `Made ${name}: ${id}` }
      }),
  }),
  'org list': command({
    help: [['[--json]']],
    options: {},
    run: () =>
      withInstallation(async ({ cluster }) => {
        const list = await customerAccounts(cluster)
        const lines = list.map(
          ({ id, country, name, subscription }) =>
            `${id}  ${country}  ${name}  ${subscriptionInWords(subscription)}`,
        )
        return { json: list, text: lines.join('\n') || 'No organization yet: ringfence org create --help' }
      }),
  }),
  ...subscriptionCommands,
  'org delete': command({
    help: [['--org ID --name … [--json]']],
    options: { org: 'text', name: 'text' },
    run: (values) =>
      withInstallation(async (installation) => {
        const { id, name } = await customerAccount(installation.cluster, needed(values, 'org'))
        if (needed(values, 'name') !== name)
          failed({
            code: 'setting',
            name: '--name',
            sentence: 'Nothing was deleted: --name must be the name of the organization.',
          })
        const left = await withSystems(installation, (systems) =>
          tell(installation, (notices) => deleted(installation, { ...systems, notices }, id)),
        )
        return { json: { deleted: id, left }, text: deletedInWords(id, left) }
      }),
  }),
}

async function deleted(
  { cluster, ring, clock, log, organizations }: Installation,
  systems: Vendors & { notices: Notices },
  organizationId: string,
): Promise<LeftBehind[]> {
  const counters = new Counters(organizations, log)
  const installations = new Installations({
    cluster,
    ring,
    counters,
    clock,
    appOf: async ({ connectionId }) => ownAppOf(await organizations.get(organizationId), connectionId),
  })
  const left = await deleteCustomer(
    {
      ...systems,
      cluster,
      organizations,
      installations,
      log,
      accesses: new PhoneAccesses({ cluster, ring }),
      directories: new Directories(systems.phones),
      hooks: new HookKeys(cluster, ring),
    },
    organizationId,
  )
  systems.notices.tell({ about: 'organization gone', organizationId })
  await counters.close()
  return left
}

const deletedInWords = (id: string, left: readonly LeftBehind[]): string =>
  [
    `Deleted ${id}: its keys, its database and everything in it.`,
    ...left.map(
      ({ crm, users, hooks }) =>
        `${crm} did not let us end everything: the app is still installed there for users: ${users}, hooks: ${hooks}. Uninstall it there.`,
    ),
  ].join('\n')
