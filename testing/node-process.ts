/**
 * One node as a process of its own, for tests that kill it: settings from the environment, shortened waits as JSON in
 * the first argument. It ends with whoever started it.
 */
import { explainAndExit } from '../server/main.ts'
import { readSettings } from '../server/settings.ts'
import { startServer } from '../server/start.ts'
import type { StartOptions } from '../server/start-options.ts'

try {
  const server = await startServer(readSettings(), JSON.parse(process.argv[2] ?? '{}') as StartOptions)
  const stop = () => void server.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.stdin.resume().once('end', stop)
} catch (error) {
  explainAndExit(error)
}
