import { OneTimeTokens } from '../accounts/one-time-tokens.ts'
import { command, needed } from '../command.ts'
import { failed } from '../failure.ts'
import { HookKeys } from '../ingest/hook-keys.ts'
import { urlOf } from '../settings.ts'
import { tell, withInstallation, withSystems } from '../with-installation.ts'
import { connect } from './connect.ts'

export const connectCommands = {
  connect: command({
    help: [
      ['optimcall --org ID [--own-numbers +420222333444,…] [--json]', 'hook address and secret, shown once'],
      ['NAME --org ID', 'the same for another phone system, or a CRM, also of RINGFENCE_ADAPTERS'],
      ['pipedrive --org ID [--json]', "the address where the company's first user installs"],
    ],
    options: { org: 'text', 'own-numbers': 'text' },
    run: (values, adapter = '') =>
      withInstallation(async (installation) => {
        const { cluster, ring, settings } = installation
        const organization = await installation.organizations.get(needed(values, 'org'))
        if (adapter === 'pipedrive' && !settings.pipedrive)
          failed({
            code: 'setting',
            name: 'PIPEDRIVE_CLIENT_ID',
            sentence: 'Set PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET from the Developer Hub first.',
          })
        const ownNumbers = values['own-numbers']?.split(',')
        const made = await withSystems(installation, ({ phones, crms }) =>
          connect(
            {
              phones,
              crms,
              hooks: new HookKeys(cluster, ring),
              oneTimeTokens: new OneTimeTokens(cluster),
              url: urlOf(settings),
              changed: () => undefined, // told to the running nodes below, when everything is in place
            },
            organization,
            { side: crms.has(adapter) ? 'crm' : 'phone', adapter, ...(ownNumbers ? { ownNumbers } : {}) },
          ),
        )
        await tell(installation, (notices) => {
          notices.tell({ about: 'hooks' })
          notices.tell({ about: 'directory', organizationId: organization.id })
        })
        const lines = Object.entries(made).map(([key, value]) => `${key}: ${value}`)
        return { json: made, text: lines.join('\n') }
      }),
  }),
}
