import { openInstallation } from '../installation.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../settings.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { checkPolicy, checkSeals } from './check-policy.ts'

/**
 * What a start and a rehearsal check of policy/, on the databases that the environment names.
 * @param options.types asks the compiler too, last and only when nothing else has complained, because it takes seconds
 * @returns one sentence for each complaint
 */
export async function complaints(options: { types: boolean }): Promise<string[]> {
  const failed: string[] = []
  const check = (sentence: string, holds: boolean) => {
    if (!holds) failed.push(sentence)
  }
  allowedHosts()
  const installation = await openInstallation(readSettings(), createLog('silent'))
  try {
    await checkSeals(installation, check)
  } finally {
    await installation.close({ leaveRunning: true })
  }
  await checkPolicy(check, { types: options.types && failed.length === 0 })
  return failed
}
