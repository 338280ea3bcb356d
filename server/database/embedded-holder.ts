/**
 * A process that holds the embedded PostgreSQL of a folder, for the tests to kill.
 *
 * `node embedded-holder.ts <folder>` prints one line of JSON once the server accepts connections, then stays. A line
 * on its standard input, or the end of that input, makes it stop the server and end.
 */
import { once } from 'node:events'
import { EmbeddedPostgresError, startEmbedded } from './embedded.ts'

/** What the holder prints. */
export type HolderReport =
  | { port: number; password: string; pid: number; adopted: boolean; startMs: number }
  | { code: string; message: string }

function report(line: HolderReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const begun = performance.now()
try {
  const held = await startEmbedded({ folder: process.argv[2] ?? '' })
  const { port, password, pid, adopted } = held
  report({ port, password, pid, adopted, startMs: Math.round(performance.now() - begun) })
  await Promise.race([once(process.stdin.resume(), 'data'), once(process.stdin, 'end')])
  await held.stop()
} catch (error) {
  const code = error instanceof EmbeddedPostgresError ? error.code : 'defect'
  report({ code, message: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
process.stdin.destroy()
