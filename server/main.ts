import { failureOf } from './failure.ts'
import { createLog } from './log.ts'
import { readSettings } from './settings.ts'
import { type RunningServer, startServer } from './start.ts'
import { tellDefects } from './tell-defects.ts'

/** Starts one node and stops it in reverse order on SIGTERM or SIGINT. */
export async function main(): Promise<void> {
  const settings = readSettings()
  const log = createLog(settings.logLevel)
  const server = await startServer(settings)
  await inviteOperator(server)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    log.info('stopping')
    server.close().then(
      () => process.exit(0),
      (error) => {
        log.failure('stop', error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  tellDefects(log)
}

/** A new installation has nobody who could sign in: the first link is printed where it was started. */
async function inviteOperator({ app, url }: RunningServer): Promise<void> {
  if ((await app.organizations.list()).length > 0) return
  const token = await app.oneTimeTokens.make('operator-sign-in')
  process.stderr.write(`Sign in as the operator within 15 minutes: ${url}/sign-in#${token}\n`)
}

/** One sentence for whoever started it, and the exit status that says it did not start. */
export function explainAndExit(error: unknown): never {
  const failure = failureOf(error)
  const sentence =
    failure?.code === 'setting'
      ? failure.sentence
      : failure?.code === 'not-approved'
        ? 'Nobody has approved the documents yet: ringfence policy approve --by "Name, role".'
        : failure?.code === 'database-away'
          ? 'The database does not answer: start it, or check DATABASE_URL.'
          : isPlain(error)
            ? error.message
            : undefined
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`)
  else createLog('error', (line) => void process.stderr.write(line)).failure('start-failed', error)
  process.exit(1)
}

/** The embedded server's errors are sentences for the operator; a port that is taken is told by Node. */
function isPlain(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (error.name === 'EmbeddedPostgresError' || (error as { code?: string }).code === 'EADDRINUSE')
  )
}
