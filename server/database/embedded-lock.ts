/**
 * One process at a time may look for, create, start or stop the PostgreSQL of a data folder.
 *
 * Each process claims the folder with a file whose name no other process ever uses, and then looks around: if another
 * living process has claimed it too, the claim is withdrawn and tried again later. Of two that claim at once, at least
 * one sees the other, so two never hold it. Because a name is never used twice, the claim of a dead process can be
 * removed by anybody at any time; a single lock file could not: while one process removes the stale file another may
 * already have put its own in that place.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { identify, stillRuns } from './embedded-process.ts'

/** Longer than the longest honest start (initdb, then recovery after a crash). */
const patienceMs = 180_000

const claimName = /^postgres\.lock-(\d+)-([0-9a-z]*)-[0-9a-f]{8}$/

/**
 * Runs a task while no other process holds the folder.
 *
 * @throws {EmbeddedPostgresError} `locked` after three minutes of waiting
 * @throws the signal's reason when it is aborted while waiting
 */
export async function withFolderLock<T>(
  folder: string,
  task: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const claim = await claimFolder(folder, signal)
  try {
    return await task()
  } finally {
    await rm(claim, { force: true })
  }
}

async function claimFolder(folder: string, signal?: AbortSignal): Promise<string> {
  const self = identify(process.pid)
  const name = `postgres.lock-${self.pid}-${self.started}-${randomBytes(4).toString('hex')}`
  const claim = join(folder, name)
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    signal?.throwIfAborted()
    if ((await rivals(folder, name)).length === 0) {
      await writeFile(claim, '', { flag: 'wx', mode: 0o600 })
      if ((await rivals(folder, name)).length === 0) return claim
      await rm(claim, { force: true })
    }
    if (performance.now() > giveUpAt) throw await locked(folder, name)
    await delay(20 + Math.random() * 60) // apart from each other, or two would withdraw in step for ever
  }
}

/** The claims of other living processes; those of dead ones are removed on the way. */
async function rivals(folder: string, own: string): Promise<string[]> {
  const living: string[] = []
  for (const name of await readdir(folder)) {
    const match = claimName.exec(name)
    if (match === null || name === own) continue
    if (stillRuns({ pid: Number(match[1]), started: match[2] ?? '' })) living.push(name)
    else await rm(join(folder, name), { force: true })
  }
  return living
}

async function locked(folder: string, own: string): Promise<EmbeddedPostgresError> {
  const pid = claimName.exec((await rivals(folder, own))[0] ?? '')?.[1] ?? 'unknown'
  return new EmbeddedPostgresError(
    'locked',
    `Another process (${pid}) has been starting or stopping PostgreSQL in ${folder} for three minutes: end it and start again.`,
  )
}
