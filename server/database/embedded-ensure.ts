/** From whatever is found in the data folder to one postmaster that accepts connections. */
import { setTimeout as delay } from 'node:timers/promises'
import { errorCode } from './embedded-error.ts'
import {
  ask,
  freePort,
  launch,
  type Postmaster,
  type Premises,
  readPidFile,
  startFailed,
} from './embedded-postmaster.ts'
import { identify, processesOf, servesCluster } from './embedded-process.ts'

/** Recovery replays at most max_wal_size; this is many times what that takes on a slow disk. */
const limitMs = 120_000

/** How long processes of a killed postmaster may take to notice and end by themselves. */
const orphanPatienceMs = 2000

/** What `ensurePostmaster` needs beside the premises. */
export interface EnsureOptions {
  /** its port before; other ports are tried only when `insist` is not set and this one is taken */
  readonly port: number | undefined
  readonly insist: boolean
  readonly signal: AbortSignal
  readonly log: (code: string) => void
}

/**
 * Adopts the living postmaster, or launches one. Call it only while holding the folder's lock.
 *
 * Each turn of the loop looks again, because everything may change between two looks:
 *
 * - pid file, its process is a PostgreSQL of this cluster and takes our password: adopted
 * - the same, but it does not take connections: it is starting, recovering or shutting down; wait
 * - pid file, but its process is dead or something else: left by a killed postmaster; launch
 * - no pid file: launch
 * - launched, but processes of a killed postmaster still hold the shared memory: wait for them. One busy with a long
 *   statement does not notice its parent's death; after two seconds it is told to quit at once (SIGQUIT), as the
 *   postmaster would have done. What it had not committed is lost with its client anyway.
 *
 * @throws {EmbeddedPostgresError} `start-failed` after two minutes, or what the launch throws
 * @throws the signal's reason when it is aborted
 */
export async function ensurePostmaster(
  premises: Premises,
  options: EnsureOptions,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const giveUpAt = performance.now() + limitMs
  let orphansSince: number | undefined
  for (;;) {
    options.signal.throwIfAborted()
    if (performance.now() > giveUpAt) throw startFailed(`${premises.folder}/postgres.log`)
    const file = await readPidFile(premises.cluster)
    if (file !== undefined && servesCluster(file.pid, premises.cluster)) {
      if (file.port !== undefined && (await ask(premises, file.port)) === 'accepts') {
        options.log('postgres-adopted')
        return { postmaster: { ...identify(file.pid), port: file.port }, adopted: true }
      }
      await delay(30)
      continue
    }
    const port =
      options.insist && options.port !== undefined ? options.port : await freePort(options.port ?? file?.port)
    const launched = await launch(premises, { port, stalePid: file?.pid, signal: options.signal, giveUpAt })
    if (launched.outcome === 'started') {
      options.log('postgres-started')
      return { postmaster: launched.postmaster, adopted: false }
    }
    options.log(`postgres-${launched.outcome}`)
    if (launched.outcome === 'old-processes') {
      orphansSince ??= performance.now()
      if (performance.now() - orphansSince > orphanPatienceMs) quitOrphans(premises.cluster)
    }
    await delay(launched.outcome === 'another-started' ? 30 : 100)
  }
}

/** Only while there is no living postmaster: all that work in the cluster then are orphans. */
function quitOrphans(cluster: string): void {
  for (const pid of processesOf(cluster)) {
    try {
      process.kill(pid, 'SIGQUIT')
    } catch (error) {
      if (errorCode(error) !== 'ESRCH' && errorCode(error) !== 'EPERM') throw error // gone, or not ours to end
    }
  }
}
