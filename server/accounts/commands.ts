import { command } from '../command.ts'
import { urlOf } from '../settings.ts'
import { withInstallation } from '../with-installation.ts'
import { OneTimeTokens } from './one-time-tokens.ts'

export const accountCommands = {
  'sign-in': command({
    help: [['', 'a link for the operator, good once, for 15 minutes']],
    options: {},
    run: () =>
      withInstallation(async ({ settings, cluster }) => {
        const token = await new OneTimeTokens(cluster).make('operator-sign-in')
        const link = `${urlOf(settings)}/sign-in#${token}`
        return { json: { link }, text: `Open this link within 15 minutes; it works once:\n${link}` }
      }),
  }),
}
