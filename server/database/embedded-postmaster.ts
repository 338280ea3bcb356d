/**
 * The postmaster (PostgreSQL's word for its first process, the parent of all others): found, asked, launched, shut down.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Account } from './embedded-account.ts'
import { binariesMissing, type PostgresBinaries } from './embedded-binaries.ts'
import { bareEnvironment, rootOf, superuser } from './embedded-cluster.ts'
import { EmbeddedPostgresError, errorCode } from './embedded-error.ts'
import { identify, isRunning, type ProcessIdentity, servesCluster } from './embedded-process.ts'

/** The only address it listens on. */
export const loopback = '127.0.0.1'

/** A postmaster that took a connection with our password. */
export interface Postmaster extends ProcessIdentity {
  readonly port: number
  /** set when this process is its parent */
  readonly child?: ChildProcess
}

/** Everything needed to reach and to launch the postmaster of one data folder. */
export interface Premises {
  /** the data folder, without symbolic links */
  readonly folder: string
  readonly cluster: string
  readonly account: Account | undefined
  readonly binaries: PostgresBinaries
  readonly password: string
  /** instead of, or besides, what it always runs with */
  readonly settings: Readonly<Record<string, string>>
}

/**
 * What `postmaster.pid` says, line by line: process id, data directory, start, port, socket folder, address, shared
 * memory, state. A killed postmaster leaves it behind.
 *
 * @see "Database File Layout" in the PostgreSQL manual
 */
export interface PidFile {
  readonly pid: number
  /** undefined while it has not got that far */
  readonly port: number | undefined
  readonly ready: boolean
}

/** @returns undefined when there is none: never started, or shut down properly */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  const lines = text?.split('\n') ?? []
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return {
    pid,
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    ready: lines[7]?.trim() === 'ready',
  }
}

/**
 * - `accepts`: it is this cluster's server and takes our password
 * - `not-yet`: nobody there, or starting, recovering, shutting down
 */
export type Answer = 'accepts' | 'not-yet'

/** @throws {EmbeddedPostgresError} `password-refused` */
export async function ask(premises: Premises, port: number): Promise<Answer> {
  const client = new Client({
    host: loopback,
    port,
    user: superuser,
    password: premises.password,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => undefined) // the server may die while we ask; the query then fails too
  try {
    await client.connect()
    const asked = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    return asked.rows[0]?.folder === premises.cluster ? 'accepts' : 'not-yet'
  } catch (cause) {
    const code = errorCode(cause)
    if (code === '53300') return 'accepts' // every connection is taken, after the password was checked
    if (code !== '28P01') return 'not-yet'
    throw new EmbeddedPostgresError(
      'password-refused',
      `The database in ${premises.cluster} does not take the password in ${premises.folder}/postgres.secret: restore the file that belongs to it.`,
      { cause },
    )
  } finally {
    await client.end().catch(() => undefined) // it may never have been connected
  }
}

/** Below the range systems take outgoing ports from (Linux 32768, others 49152), so that no outgoing connection,
 * not even one trying to reach the server while it is down, can sit on its port when it comes back. */
const ports = { from: 20_000, to: 32_000 }

/** @param wish taken if it is free */
export async function freePort(wish?: number): Promise<number> {
  if (wish !== undefined && (await isFree(wish))) return wish
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = ports.from + Math.floor(Math.random() * (ports.to - ports.from))
    if (await isFree(port)) return port
  }
  throw new EmbeddedPostgresError(
    'start-failed',
    `No free port between ${ports.from} and ${ports.to} was found for PostgreSQL: free some and start again.`,
  )
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().unref()
  try {
    server.listen(port, loopback)
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** Settings it always runs with; on the command line, where no `alter system` can change them. */
const settings = {
  listen_addresses: loopback,
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  max_wal_size: '256MB',
  // A reused segment keeps what stood in it until it is written over; one that is not reused is removed at a checkpoint.
  wal_recycle: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A log may hold no number, name or note, and an error's text can quote a value ("invalid input syntax for …").
  // At level "log" the server's own doings are written, errors of statements are not.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
} as const

/**
 * - `started`: it accepts connections
 * - `port-taken`, `old-processes`: it gave up because of the port, or of processes a killed postmaster left behind
 * - `another-started`: another postmaster was quicker
 */
export type Launch =
  | { outcome: 'started'; postmaster: Postmaster }
  | { outcome: 'port-taken' | 'old-processes' | 'another-started' }

/**
 * Launches a postmaster in a process group and session of its own, so that neither Ctrl-C in our terminal nor our own
 * death reaches it, and waits until it accepts connections. Recovery after a crash is part of that wait.
 *
 * @param options.stalePid the process id in a pid file left behind. Another process may have that id by now, which
 *   PostgreSQL would take for a living postmaster. Named as its grandparent (what pg_ctl does for the shell above it)
 *   it is overlooked, while PostgreSQL's own check for processes still attached to the shared memory remains.
 * @param options.signal aborted: the postmaster is shut down again
 * @throws {EmbeddedPostgresError} `start-failed`, `binaries-missing`, `password-refused`
 */
export async function launch(
  premises: Premises,
  options: { port: number; stalePid: number | undefined; signal: AbortSignal; giveUpAt: number },
): Promise<Launch> {
  const log = await openLog(premises.folder)
  const child = await spawnPostmaster(premises, options, log.handle).finally(() => log.handle.close())
  const { pid } = child
  if (pid === undefined) throw binariesMissing()
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  try {
    while (child.exitCode === null && child.signalCode === null) {
      options.signal.throwIfAborted()
      const file = await readPidFile(premises.cluster)
      if (file?.pid === pid && file.ready && (await ask(premises, options.port)) === 'accepts') {
        child.unref()
        return { outcome: 'started', postmaster: { ...identify(pid), port: options.port, child } }
      }
      if (performance.now() > options.giveUpAt) throw startFailed(log.path)
      await Promise.race([exited, delay(15)])
    }
  } catch (error) {
    child.kill('SIGINT')
    await exited
    throw error
  }
  return { outcome: await reasonOfExit(log) }
}

async function spawnPostmaster(
  premises: Premises,
  options: { port: number; stalePid: number | undefined },
  log: FileHandle,
): Promise<ChildProcess> {
  const flags = Object.entries({
    ...settings,
    ...premises.settings,
    port: String(options.port),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const stale = options.stalePid === undefined ? {} : { PG_GRANDPARENT_PID: String(options.stalePid) }
  const child = spawn(premises.binaries.postgres, ['-D', premises.cluster, ...flags], {
    ...premises.account,
    cwd: rootOf(premises.cluster),
    env: { ...bareEnvironment(), ...stale },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  await once(child, 'spawn').catch((cause: unknown) => {
    throw binariesMissing(cause)
  })
  return child
}

interface ServerLog {
  readonly path: string
  readonly handle: FileHandle
  /** bytes it held before; what follows is this launch's */
  readonly before: number
}

/** Past this size the log is set aside as `postgres.log.1`, over the one before. */
const logLimitBytes = 4 * 1024 * 1024

async function openLog(folder: string): Promise<ServerLog> {
  const path = join(folder, 'postgres.log')
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > logLimitBytes) await rename(path, `${path}.1`)
  return { path, handle: await open(path, 'a', 0o600), before: size > logLimitBytes ? 0 : size }
}

/** Its messages are English, whatever the machine speaks, because the cluster is made with the locale C. */
async function reasonOfExit(log: ServerLog): Promise<Exclude<Launch['outcome'], 'started'>> {
  const said = (await readFile(log.path)).subarray(log.before).toString('utf8')
  if (said.includes('pre-existing shared memory block')) return 'old-processes'
  if (said.includes('lock file "postmaster.pid" already exists')) return 'another-started'
  if (said.includes('could not create any TCP/IP sockets')) return 'port-taken'
  if (said.includes('error while loading shared libraries')) throw binariesMissing(new Error(said))
  throw startFailed(log.path)
}

/** @param path the server's log */
export function startFailed(path: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL did not start: the last lines of ${path} say why.`,
  )
}

const fastLimitMs = 60_000
const immediateLimitMs = 10_000

/**
 * Fast shutdown (SIGINT: transactions are rolled back, sessions ended, everything written), waited for. After a minute
 * immediate shutdown (SIGQUIT), which is safe too and costs a recovery at the next start.
 *
 * @throws {EmbeddedPostgresError} `start-failed` when it does not end at all
 */
export async function shutDown(premises: Premises, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl speaks to the postmaster by a named pipe.
    const stopping = spawn(premises.binaries.pgCtl, ['stop', '-D', premises.cluster, '-m', 'fast', '-w'], {
      env: bareEnvironment(),
    })
    await once(stopping, 'exit')
  } else {
    signalPostmaster(pid, 'SIGINT')
  }
  if (await isGone(pid, premises.cluster, fastLimitMs)) return
  signalPostmaster(pid, 'SIGQUIT')
  if (await isGone(pid, premises.cluster, immediateLimitMs)) return
  throw new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL (process ${pid}) in ${premises.cluster} does not stop: end that process.`,
  )
}

function signalPostmaster(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error // gone already is what we want
  }
}

async function isGone(pid: number, cluster: string, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs
  while (isRunning(pid) && servesCluster(pid, cluster)) {
    if (performance.now() > until) return false
    await delay(15)
  }
  return true
}
