import { createHash, randomBytes, randomInt } from 'node:crypto'
import { open, readdir, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failed } from '../failure.ts'
import { isMissing } from './durable-files.ts'

export type WriterLock = <T>(work: () => Promise<T>) => Promise<T>

/*
 * One writer at a time over processes, by files in the folder.
 *
 * Whoever wants to write puts up a flag (a file whose name is never used twice) and then looks around: is another flag
 * up, it takes its own down and tries again a random moment later. Flag first, look afterwards: of two that come at the
 * same time at least one sees the other. A flag whose owner died may be taken down by anybody, because its name cannot
 * meanwhile have become somebody else's; this is what a single lock file cannot offer.
 *
 * An owner counts as dead when its process is gone (same machine), or when its flag was not touched for 30 s (another
 * machine; owners touch it every 5 s). A machine that sleeps for longer may wake up beside a second writer: nodes that
 * share a folder should use a lock in the control database instead.
 */
const flagName = /^writer-([0-9a-f]{8})-(\d+)-([0-9a-f]{16})\.lock$/
const thisMachine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const ownFlags = new Set<string>()
const touchEveryMs = 5_000
const deadAfterMs = 30_000
const giveUpAfterMs = 120_000

/** @throws RingfenceError `busy` when another writer holds the lock for two minutes */
export function fileLock(folder: string): WriterLock {
  return async (work) => {
    const flag = await acquire(folder)
    const path = join(folder, flag)
    const touch = () => {
      const now = new Date()
      // a flag that cannot be touched looks dead to others after 30 s, which the work itself would survive
      utimes(path, now, now).catch(() => undefined)
    }
    const timer = setInterval(touch, touchEveryMs)
    try {
      return await work()
    } finally {
      clearInterval(timer)
      await takeDown(folder, flag)
    }
  }
}

async function acquire(folder: string): Promise<string> {
  const seen: Sightings = new Map()
  const giveUpAt = performance.now() + giveUpAfterMs
  while (performance.now() < giveUpAt) {
    const flag = `writer-${thisMachine}-${process.pid}-${randomBytes(8).toString('hex')}.lock`
    ownFlags.add(flag)
    await (await open(join(folder, flag), 'wx', 0o600)).close()
    if (await isAlone(folder, flag, seen)) return flag
    await takeDown(folder, flag)
    do await sleep(randomInt(1, 25))
    while (!(await isAlone(folder, undefined, seen)) && performance.now() < giveUpAt)
  }
  return failed({ code: 'busy', what: 'key ring', retryAfterSeconds: 60 })
}

/** name of a flag → when it was last touched, and since when (own clock) that has not changed */
type Sightings = Map<string, { touchedMs: number; since: number }>

async function isAlone(folder: string, own: string | undefined, seen: Sightings): Promise<boolean> {
  let alone = true
  for (const name of await readdir(folder)) {
    if (name === own || !flagName.test(name)) continue
    if (await isDead(folder, name, seen)) await takeDown(folder, name)
    else alone = false
  }
  return alone
}

async function isDead(folder: string, name: string, seen: Sightings): Promise<boolean> {
  const [, machine, pid] = flagName.exec(name) ?? []
  if (machine === thisMachine && !runs(Number(pid), name)) return true
  const touchedMs = await touchedAt(join(folder, name))
  if (touchedMs === undefined) return false // just taken down: the next look will not find it
  const sighting = seen.get(name)
  if (sighting?.touchedMs !== touchedMs) {
    seen.set(name, { touchedMs, since: performance.now() })
    return false
  }
  return performance.now() - sighting.since > deadAfterMs
}

/** A flag with our own process id that we did not put up is of an earlier process: in containers ids repeat. */
function runs(pid: number, name: string): boolean {
  if (pid === process.pid) return ownFlags.has(name)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function touchedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function takeDown(folder: string, name: string): Promise<void> {
  try {
    await unlink(join(folder, name))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  ownFlags.delete(name)
}
