import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallEvent } from '../calls/event.ts'
import type { MirrorEvent } from '../crms/contract.ts'
import { failed, failureOf } from '../failure.ts'
import { hourOf, type KeyRing } from '../keys/contract.ts'
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
    const name = `${String(request.arrivedAt).padStart(15, '0')}-${randomUUID()}`
    const sealed = this.#ring.installation.seal(placeOf(name), JSON.stringify(request), {
      by: 'arrival hour',
      hour: hourOf(request.arrivedAt),
    })
    const temporary = join(this.#folder, `${name}.part`)
    try {
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(sealed)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, join(this.#folder, name))
      await this.#syncFolder()
    } catch (error) {
      this.#count -= 1
      throw error
    }
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
    for (const name of await this.#names()) {
      const path = join(this.#folder, name)
      try {
        const sealed = await readFile(path)
        await apply(JSON.parse(this.#ring.installation.open(placeOf(name), sealed)) as SpooledRequest)
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
