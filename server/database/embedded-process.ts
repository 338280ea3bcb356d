/** What the operating system says about a process, asked by its id. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { errorCode } from './embedded-error.ts'

/** A process that cannot be mistaken for a later one under the same id. */
export interface ProcessIdentity {
  readonly pid: number
  /** An opaque mark of the moment it started; letters and digits only, empty where the system does not tell. */
  readonly started: string
}

/** The fields of /proc/<pid>/stat after the command, which may itself hold blanks and brackets; see proc_pid_stat(5). */
function statFields(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // not Linux, or the process has gone
  }
}

/** Whether a process with this id runs. A zombie does not: in a container without an init nobody collects it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false // EPERM: it runs, as somebody else
  }
  return statFields(pid)?.[0] !== 'Z'
}

/** @returns the identity of the process that has this id now */
export function identify(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) }
}

/** Whether this very process, and not a later one with its id, still runs. */
export function stillRuns(identity: ProcessIdentity): boolean {
  return isRunning(identity.pid) && startOf(identity.pid) === identity.started
}

function startOf(pid: number): string {
  if (process.platform === 'linux') return statFields(pid)?.[19] ?? '' // field 22: clock ticks since boot
  if (process.platform === 'win32') return ''
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const text = asked.stdout?.trim() ?? ''
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/**
 * Whether a running process is a PostgreSQL of this cluster.
 *
 * PostgreSQL works inside its data directory, so the working directory tells, also for one started by hand. Another
 * account's working directory cannot be read; there the command line, which everybody may read, has to name it.
 */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false
  if (process.platform === 'linux')
    return workingFolder(pid) === cluster || argumentsOf(pid).includes(cluster)
  if (process.platform === 'win32') return true // no cheap way to ask; the connection that follows decides
  const asked = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return asked.stdout?.includes(cluster) ?? false
}

/** Every PostgreSQL process working in this cluster, postmaster or not. Empty where the system cannot be asked. */
export function processesOf(cluster: string): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => isRunning(pid) && workingFolder(pid) === cluster && isPostgres(pid))
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim() === 'postgres'
  } catch {
    return false // it has gone
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined // it has gone, or belongs to another account
  }
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // it has gone
  }
}
