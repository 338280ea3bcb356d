import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import {
  type JobHelpers,
  Logger,
  makeWorkerUtils,
  type Runner,
  run,
  runMigrations,
  type WorkerEvents,
  type WorkerUtils,
} from 'graphile-worker'
import type { JobPayload, TaskName } from '../../policy/index.ts'
import { clientOptions } from '../database/client-options.ts'
import type { Cluster } from '../database/cluster.ts'
import { undeclaredInJob } from '../declared-fields.ts'
import { describeDefect, failed, failureOf } from '../failure.ts'
import type { Log } from '../log.ts'
import { QueuePool } from './queue-pool.ts'
import { isKey, undeclaredQueued } from './queued.ts'

export type Task<Name extends TaskName = TaskName> = (payload: JobPayload<Name>) => Promise<void>
export type Tasks = { readonly [Name in TaskName]: Task<Name> }

export interface JobsOptions {
  /** a node not heard of for this long is dead; default 30 */
  silentSeconds?: number
  /** how often a node says that it lives; default 5 s */
  beatMs?: number
}

export interface AddOptions {
  key: string
  at?: Date
  /** a waiting job with this key keeps its earlier time */
  keep?: boolean
  /** waits while a job with this key runs, on whichever node; otherwise it would run beside it */
  alone?: boolean
  /** jobs of one queue run one after the other, on whichever node */
  queue?: string
}

/**
 * The statement that queues work, for whoever does it together with something else.
 * @throws RingfenceError `undeclared` before anything is stored, where it would carry what `policy/fields.ts` does not name
 */
export function addJob(
  task: string,
  payload: object,
  options: AddOptions,
): { sql: string; values: unknown[] } {
  // What is looked at is what is stored: an object may say of itself how it is written.
  const text = JSON.stringify(payload)
  if (undeclaredInJob(task, JSON.parse(text) as object).length > 0)
    failed({ code: 'undeclared', what: 'job' })
  if (![options.key, options.queue ?? options.key].every(isKey))
    failed({ code: 'undeclared', what: 'key of a job' })
  return {
    sql: `select graphile_worker.add_job($1, payload => $2::json, run_at => $3, job_key => $4, job_key_mode => $5,
                                        queue_name => $6, max_attempts => 1000)`,
    values: [
      task,
      text,
      options.at ?? new Date(),
      options.key,
      options.keep ? 'preserve_run_at' : 'replace',
      options.queue ?? (options.alone ? options.key : null),
    ],
  }
}

/**
 * Durable work in the control database. A job has a key, so that the same work is queued once; a node that dies leaves
 * its jobs locked, and the others take them over when it has been silent for 30 seconds (left alone, the queue would
 * wait four hours).
 */
export class Jobs {
  readonly #cluster: Cluster
  readonly #log: Log
  readonly #nodeId: string
  readonly #silentSeconds: number
  readonly #beatMs: number
  readonly #lockers = new Set<string>()
  /** jobs of this node: undefined while they run, then when they ended */
  readonly #endedAt = new Map<string, number | undefined>()
  #pool: QueuePool | undefined
  #utils: WorkerUtils | undefined
  #runner: Runner | undefined
  #beat: NodeJS.Timeout | undefined

  /** @param nodeId stays the same when a node starts again on its folder, so that its own old jobs are free at once */
  constructor(cluster: Cluster, log: Log, nodeId: string = randomUUID(), options: JobsOptions = {}) {
    this.#cluster = cluster
    this.#log = log
    this.#nodeId = nodeId
    this.#silentSeconds = options.silentSeconds ?? 30
    this.#beatMs = options.beatMs ?? 5_000
  }

  /** Makes the queue's tables. */
  async prepare(): Promise<void> {
    this.#pool ??= this.#makePool()
    const options = { pgPool: this.#pool, logger: quiet }
    await runMigrations(options)
    this.#utils = await makeWorkerUtils(options)
  }

  /**
   * Starts working. Whatever this node left locked when it died is freed first.
   * @throws RingfenceError `setting` where the queue holds what `policy/fields.ts` does not declare
   */
  async start(tasks: Tasks, concurrency = 6): Promise<void> {
    if (!this.#pool || !this.#utils) await this.prepare()
    await this.#freeOwn()
    // A job replaced while it ran is never run again; where its node was killed it would stay for ever.
    await this.#utils?.cleanup({ tasks: ['DELETE_PERMAFAILED_JOBS'] })
    const [undeclared] = await this.#cluster.control.transaction(undeclaredQueued)
    if (undeclared) failed({ code: 'setting', name: 'policy/', sentence: `In the queue, ${undeclared}.` })
    const events: WorkerEvents = new EventEmitter()
    // Jobs are locked in the name of the pool, or of a worker of it: both are told to the others with the next beat.
    events.on('pool:create', ({ workerPool }) => this.#lockers.add(workerPool.id))
    events.on('worker:create', ({ worker }) => this.#lockers.add(worker.workerId))
    if (this.#pool) this.#pool.working = true
    this.#runner = await run({
      ...(this.#pool ? { pgPool: this.#pool } : {}),
      events,
      logger: quiet,
      concurrency,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList: Object.fromEntries(
        Object.entries(tasks).map(([name, task]) => [name, this.#guarded(name, task as Task)]),
      ),
    })
    this.#runner.promise.catch((error) => this.#log.failure('jobs-stopped', error))
    await this.#sayAlive()
    this.#beat = setInterval(
      () =>
        void this.#sayAlive()
          .then(() => this.#freeSilent())
          .then(() => this.#freeForgotten()),
      this.#beatMs,
    )
  }

  /** Queues work, see `addJob`. A job with the same key that has not begun is replaced: its time becomes this one. */
  async add<Name extends TaskName>(
    task: Name,
    payload: JobPayload<Name>,
    options: AddOptions,
  ): Promise<void> {
    const { sql, values } = addJob(task, payload, options)
    await this.#cluster.control.transaction(async (db) => db.send(sql, values))
  }

  /** How many jobs wait or run. */
  async pending(): Promise<number> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ count: string }>('select count(*) as count from graphile_worker.jobs'),
    )
    return Number(row?.count ?? 0)
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat)
    await this.#runner?.stop().catch((error) => this.#log.failure('jobs-stop', error))
    await this.#cluster.control
      .transaction((db) => db.rows('delete from nodes where id = $1', [this.#nodeId]))
      .catch(() => undefined) // the database may be gone first; a silent node is found by its silence
    await this.#utils?.release()
    await this.#pool?.end().catch(() => undefined)
  }

  #makePool(): QueuePool {
    const target = clientOptions(this.#cluster.control.target)
    return new QueuePool({ ...target, max: 8, idleTimeoutMillis: 30_000 })
  }

  /** The queue keeps a failed job's message, so only codes may be thrown into it. */
  #guarded(name: string, task: Task) {
    return async (payload: unknown, { job }: JobHelpers): Promise<void> => {
      this.#endedAt.set(job.id, undefined)
      try {
        await task(payload as JobPayload<TaskName>) // what was queued was looked at
      } catch (error) {
        const failure = failureOf(error)
        if (failure) {
          this.#log.warn('job-failed', { task: name, code: failure.code })
          throw new Error(failure.code)
        }
        const defect = describeDefect(error)
        this.#log.error('job-defect', { task: name, ...defect })
        throw new Error(defect.id)
      } finally {
        this.#endedAt.set(job.id, Date.now())
      }
    }
  }

  async #sayAlive(): Promise<void> {
    await this.#cluster.control
      .transaction((db) =>
        db.rows(
          `insert into nodes (id, workers, seen_at) values ($1, $2, now())
           on conflict (id) do update set workers = excluded.workers, seen_at = excluded.seen_at`,
          [this.#nodeId, [...this.#lockers]],
        ),
      )
      .catch((error) => this.#log.failure('heartbeat-missed', error))
  }

  async #freeOwn(): Promise<void> {
    const row = await this.#cluster.control.transaction((db) =>
      db.row<{ workers: string[] }>('select workers from nodes where id = $1', [this.#nodeId]),
    )
    if (row && row.workers.length > 0) await this.#utils?.forceUnlockWorkers(row.workers)
  }

  /**
   * Frees what is locked in the name of nobody who lives: a node that has been silent, or one that died before its first
   * beat. A job freed by mistake would run twice, which every task stands.
   */
  async #freeSilent(): Promise<void> {
    try {
      const dead = await this.#cluster.control.transaction(async (db) => {
        db.send('delete from nodes where seen_at < now() - make_interval(secs => $1)', [this.#silentSeconds])
        return db.rows<{ locked_by: string }>(
          `select distinct locked_by from graphile_worker.jobs j
           where locked_at < now() - make_interval(secs => $1)
             and not exists (select from nodes where j.locked_by = any(workers))
           order by locked_by`,
          [this.#silentSeconds],
        )
      })
      if (dead.length === 0) return
      await this.#utils?.forceUnlockWorkers(dead.map((row) => row.locked_by))
      this.#log.info('jobs-taken-over', { lockers: dead.length })
    } catch (error) {
      this.#log.failure('take-over-failed', error)
    }
  }

  /**
   * Frees what is locked by ourselves and does not run: the database broke off when the queue was told of its end. Whoever
   * lives is never silent, so nobody else would free it.
   */
  async #freeForgotten(): Promise<void> {
    const silentMs = this.#silentSeconds * 1000
    for (const [id, endedAt] of this.#endedAt)
      if (endedAt !== undefined && endedAt < Date.now() - silentMs) this.#endedAt.delete(id)
    try {
      const forgotten = await this.#cluster.control.transaction((db) =>
        db.rows(
          `select id from graphile_worker.jobs
           where locked_by = any($1) and locked_at < now() - make_interval(secs => $2) and not id = any($3::bigint[])
           order by id`,
          [[...this.#lockers], this.#silentSeconds, [...this.#endedAt.keys()]],
        ),
      )
      if (forgotten.length === 0) return
      await this.#utils?.forceUnlockWorkers([...this.#lockers])
      this.#log.warn('jobs-freed', { jobs: forgotten.length })
    } catch (error) {
      this.#log.failure('take-over-failed', error)
    }
  }
}

/** The queue's own log lines quote payloads and errors; ours say what is needed. */
const quiet = new Logger(() => () => undefined)
