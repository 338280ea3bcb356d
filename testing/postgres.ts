import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../server/database/embedded.ts'
import { scratchFolder } from './scratch.ts'

/** Where a PostgreSQL is reached as its superuser. */
export interface PostgresServer {
  host: string
  port: number
  user: string
  password: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresServer
  }
}

/** Vitest's global setup: one real PostgreSQL for the whole run; each installation gets databases of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Files run side by side, and each has several nodes with connections of their own.
  const server = await ownPostgres({ max_connections: '300' })
  const { host, port, user, password } = server
  project.provide('postgres', { host, port, user, password })
  return () => server.close()
}

export interface OwnPostgres extends PostgresServer {
  /** everything it holds, once it is stopped */
  readonly folder: string
  /** Ends it at once, as a crash of it would; it comes back with `back`. */
  away(): Promise<void>
  /** Ends it in order, for good: what it held in memory has been written. */
  stop(): Promise<void>
  /** the same server at the same address */
  back(): Promise<void>
  close(): Promise<void>
}

/**
 * A PostgreSQL in a temporary folder, for tests that take it away or look at all of it.
 *
 * It waits for no disk: what a killed process has written is in the kernel's memory and survives it, so nothing that a test
 * can do needs more.
 */
export async function ownPostgres(more: Readonly<Record<string, string>> = {}): Promise<OwnPostgres> {
  const folder = await realpath(await mkdtemp(join(scratchFolder, 'ringfence-test-postgres-')))
  await chmod(folder, 0o711) // as root it runs as another account, which has to get in
  const start = () => startEmbedded({ folder, supervise: false, settings: { fsync: 'off', ...more } })
  let held = await start()
  const { host, port, user, password } = held
  const back = async () => {
    held = await start()
    if (held.port !== port) throw new Error('the test PostgreSQL came back at another port')
  }
  return {
    host,
    port,
    user,
    password,
    folder,
    stop: () => held.stop(),
    back,
    async away() {
      process.kill(held.pid, 'SIGKILL')
      while (isAlive(held.pid)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async close() {
      await held.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // ESRCH: it has ended
  }
}
