import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallEvent } from '../calls/event.ts'
import type { MirrorEvent } from '../crms/contract.ts'
import { failed, failureOf } from '../failure.ts'
import { arrivalHourLivesHours, hourOf, type KeyRing } from '../keys/contract.ts'
import type { ReadyRecording } from '../phones/contract.ts'

/** Verified events of one request, as they wait for a database that is away. */
export type SpooledRequest = {
  organizationId: string
  connectionId: string
  /** milliseconds since 1970 UTC: retention counts from the real arrival */
  arrivedAt: number
} & (
  | { side: 'phone'; events: CallEvent[]; recordings?: readonly ReadyRecording[] }
  | { side: 'crm'; events: MirrorEvent[] }
)

/**
 * A bounded folder of sealed requests. Vendors give up within seconds and some never send again, so what was verified is
 * kept here while the database is away, sealed under the arrival hour's key (which dies after 48 h), and applied in
 * order when it is back. A file is named by its arrival, so that names say nothing else.
 */
export class Spool {
  readonly #folder: string
  readonly #ring: KeyRing
  readonly #limit: number
  #count = 0
  /** requests on their way to the disk; whoever changes all files waits for them, and new ones wait for that */
  readonly #putting = new Set<Promise<void>>()
  #changing: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, ring: KeyRing, limit: number) {
    this.#folder = folder
    this.#ring = ring
    this.#limit = limit
  }

  static async open(options: { folder: string; ring: KeyRing; limit?: number }): Promise<Spool> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    const spool = new Spool(options.folder, options.ring, options.limit ?? 20_000)
    spool.#count = (await spool.#names()).length
    return spool
  }

  get waiting(): number {
    return this.#count
  }

  /** On disk when it returns. @throws RingfenceError `busy` when the spool is full */
  async put(request: SpooledRequest): Promise<void> {
    if (this.#count >= this.#limit) failed({ code: 'busy', what: 'spool', retryAfterSeconds: 30 })
    this.#count += 1
    await this.#changing
    const put = this.#put(request)
    this.#putting.add(put)
    await put.finally(() => this.#putting.delete(put))
  }

  async #put(request: SpooledRequest): Promise<void> {
    const name = `${String(request.arrivedAt).padStart(15, '0')}-${randomUUID()}`
    const sealed = this.#ring.installation.seal(placeOf(name), request, {
      by: 'arrival hour',
      hour: hourOf(request.arrivedAt),
    })
    try {
      await this.#write(name, sealed)
    } catch (error) {
      this.#count -= 1
      throw error
    }
  }

  async #write(name: string, sealed: Buffer): Promise<void> {
    const temporary = join(this.#folder, `${name}.part`)
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(sealed)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(this.#folder, name))
    await this.#syncFolder()
  }

  /**
   * Takes out of what waits whatever `keep` leaves out, seals the rest under new keys, and destroys the old ones: what
   * stood in files that are gone, applied ones too, is unreadable from then on. Nothing is done where nothing has waited
   * for as long as such a key lives.
   */
  async renew(keep: (request: SpooledRequest) => SpooledRequest | undefined, now: number): Promise<void> {
    const changed = this.#changing.then(async () => {
      await Promise.allSettled(this.#putting)
      const used = (await stat(this.#folder)).mtimeMs
      const names = await this.#names()
      if (names.length === 0 && used < Date.now() - (arrivalHourLivesHours + 2) * 3_600_000) return
      const { installation } = this.#ring
      await installation.renew(
        Array.from({ length: arrivalHourLivesHours + 3 }, (_, back) => ({
          by: 'arrival hour' as const,
          hour: hourOf(now) + 1 - back,
        })),
      )
      for (const name of names) await this.#renewFile(name, keep)
      await installation.destroyRetiring()
    })
    this.#changing = changed.catch(() => undefined)
    await changed
  }

  async #renewFile(
    name: string,
    keep: (request: SpooledRequest) => SpooledRequest | undefined,
  ): Promise<void> {
    const { installation } = this.#ring
    const sealed = await readFile(join(this.#folder, name))
    let kept: SpooledRequest | undefined
    try {
      kept = keep(JSON.parse(installation.open(placeOf(name), sealed)) as SpooledRequest)
    } catch (error) {
      if (failureOf(error)?.code !== 'unreadable') throw error // its hour is over: it is applied by nobody
    }
    if (kept) {
      const key = { by: 'arrival hour', hour: hourOf(kept.arrivedAt) } as const
      return this.#write(name, installation.seal(placeOf(name), JSON.stringify(kept), key))
    }
    await rm(join(this.#folder, name), { force: true })
    this.#count = Math.max(0, this.#count - 1)
  }

  /**
   * Applies what waits, oldest first, and removes each once it is applied. A crash in between applies one twice, which
   * changes nothing. Stops at the first that cannot be applied because the database is away again.
   * @returns how many were applied
   */
  async drain(
    apply: (request: SpooledRequest) => Promise<void>,
    onBroken: (error: unknown) => void,
  ): Promise<number> {
    let applied = 0
    await this.#changing
    for (const name of await this.#names()) {
      const path = join(this.#folder, name)
      try {
        const request = await this.#read(name)
        if (!request) continue // taken out meanwhile
        await apply(request)
        applied += 1
      } catch (error) {
        if (failureOf(error)?.code === 'database-away') return applied
        // Its key has died or its organization is gone: it can never be applied, and must not hold up the others.
        onBroken(error)
      }
      await rm(path, { force: true })
      this.#count = Math.max(0, this.#count - 1)
    }
    return applied
  }

  /** @throws RingfenceError `unreadable` */
  async #read(name: string): Promise<SpooledRequest | undefined> {
    await this.#changing
    const read = async () => {
      const sealed = await readFile(join(this.#folder, name))
      return JSON.parse(this.#ring.installation.open(placeOf(name), sealed)) as SpooledRequest
    }
    const reading = read()
    const done = reading.then(
      () => undefined,
      () => undefined,
    )
    this.#putting.add(done)
    try {
      return await reading
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return undefined
      throw error
    } finally {
      this.#putting.delete(done)
    }
  }

  async #names(): Promise<string[]> {
    const names = (await readdir(this.#folder)).sort()
    // A half written file was never acknowledged.
    await Promise.all(
      names
        .filter((name) => name.endsWith('.part'))
        .map(async (name) => {
          const path = join(this.#folder, name)
          const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
          if (age > 60_000) await rm(path, { force: true })
        }),
    )
    return names.filter((name) => !name.endsWith('.part'))
  }

  async #syncFolder(): Promise<void> {
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
}

const placeOf = (name: string) => ({ table: 'spool', column: 'request', row: name })
