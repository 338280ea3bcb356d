import type { Log } from './log.ts'

/**
 * Tells errors that nobody waits for by their ids. Left to itself Node would print them with their messages and causes, which
 * may quote a value.
 */
export function tellDefects(log: Log): void {
  process.on('unhandledRejection', (error) => {
    // A defect: nobody waited for this. It is told by its id, and the node goes on for everybody else.
    log.failure('unhandled', error)
  })
  process.on('uncaughtException', (error) => {
    log.failure('uncaught', error)
    process.exit(1)
  })
}
