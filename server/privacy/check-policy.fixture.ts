import { openInstallation } from '../installation.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../settings.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { checkPolicy, checkSeals } from './check-policy.ts'

/** What a start and a rehearsal check of policy/, as a process of its own: its exit status says whether all holds. */
const failed: string[] = []
const check = (sentence: string, holds: boolean) => {
  if (!holds) failed.push(sentence)
}
allowedHosts()
const installation = await openInstallation(readSettings(), createLog('silent'))
await checkSeals(installation, check)
await installation.close({ leaveRunning: true })
// The compiler takes seconds, so it is asked last, and only when nothing else has complained.
if (failed.length === 0) await checkPolicy(check)
for (const sentence of failed) process.stdout.write(`${sentence}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
