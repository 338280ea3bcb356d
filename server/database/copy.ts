import pg from 'pg'
import { clientOptions } from './client-options.ts'
import { asAway, type Target } from './connections.ts'

/**
 * Rows by the gross, with PostgreSQL's own COPY in its binary form: neither the server nor this process ever holds a table.
 *
 * A connection of its own, outside of the pool and without pipelining: the pool's connections send one statement after the
 * other, and a COPY takes the whole connection.
 */
export async function ownConnection(target: Target): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientOptions(target),
    connectionTimeoutMillis: 10_000,
    application_name: 'ringfence backup',
  })
  // Told to whoever waits for a statement; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw asAway(error)
  })
  return client
}

export async function withOwnConnection<T>(
  target: Target,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await ownConnection(target)
  try {
    return await work(client)
  } catch (error) {
    throw asAway(error)
  } finally {
    await endOf(client)
  }
}

/** One that is cut has nothing left to say. */
export const endOf = (client: pg.Client): Promise<void> => client.end().catch(() => undefined)

/** What the socket may bring while whoever reads is busy. */
const mostHeld = 256 * 1024
const pieceBytes = 64 * 1024

/**
 * The bytes of `copy … to stdout`. Whoever reads slowly makes the server wait.
 * @throws whatever the server refuses
 */
export async function* copyOut(client: pg.Client, sql: string): AsyncGenerator<Buffer> {
  const reading = new Reading(sql)
  client.query(reading)
  try {
    for (;;) {
      const piece = await reading.next()
      if (piece === undefined) return
      yield piece
    }
  } finally {
    reading.leave()
  }
}

/** The parts of pg's own connection that a statement of another kind may use. */
interface Wire {
  stream: {
    pause(): void
    resume(): void
    writableNeedDrain: boolean
    on(event: string, fn: () => void): void
    off(event: string, fn: () => void): void
  }
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(why: string): void
  sync(): void
}

/** One statement, as pg wants it: it says what has come, and is asked what is to be sent. */
abstract class CopyStatement {
  readonly sql: string
  protected wire: Wire | undefined
  protected error: unknown
  protected ended = false
  #wake: (() => void) | undefined

  constructor(sql: string) {
    this.sql = sql
  }

  submit(connection: unknown): null {
    this.wire = connection as Wire
    this.wire.query(this.sql)
    return null
  }

  handleError(error: unknown): void {
    this.error = error
    this.ended = true
    this.wake()
  }

  handleReadyForQuery(): void {
    this.ended = true
    this.wake()
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}

  protected wake(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  protected async changed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
  }
}

class Reading extends CopyStatement {
  #rows: Buffer[] = []
  #held = 0
  #left = false

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#left) return
    this.#rows.push(Buffer.from(chunk)) // the connection uses the same memory for what comes next
    this.#held += chunk.length
    if (this.#held >= mostHeld) this.wire?.stream.pause()
    if (this.#held >= pieceBytes) this.wake()
  }

  /** @returns undefined after the last */
  async next(): Promise<Buffer | undefined> {
    while (!this.ended && this.#held < pieceBytes) await this.changed()
    if (this.error) throw this.error
    if (this.#rows.length === 0) return undefined
    const piece = Buffer.concat(this.#rows)
    this.#rows = []
    this.#held = 0
    this.wire?.stream.resume()
    return piece
  }

  /** Nobody reads on: the rest is let pass, so that the connection can be ended. */
  leave(): void {
    this.#left = true
    this.#rows = []
    this.wire?.stream.resume()
  }
}

/** Sends to `copy … from stdin`. @throws whatever the server refuses, or the source; then nothing was stored */
export async function copyIn(
  client: pg.Client,
  sql: string,
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  const writing = new Writing(sql)
  client.query(writing)
  await writing.begin()
  try {
    for await (const piece of pieces) await writing.send(piece)
  } catch (error) {
    await writing.fail()
    throw error
  }
  await writing.finish()
}

class Writing extends CopyStatement {
  #ready = false

  handleCopyInResponse(): void {
    this.#ready = true
    this.wake()
  }

  async begin(): Promise<void> {
    while (!this.ended && !this.#ready) await this.changed()
    this.#refuse()
  }

  async send(piece: Buffer): Promise<void> {
    this.#refuse()
    this.wire?.sendCopyFromChunk(piece)
    const stream = this.wire?.stream
    if (stream?.writableNeedDrain)
      await new Promise<void>((resolve) => {
        const done = () => {
          stream.off('drain', done)
          stream.off('close', done)
          resolve()
        }
        stream.on('drain', done)
        stream.on('close', done) // then the statement says what happened
      })
  }

  async finish(): Promise<void> {
    this.#refuse()
    this.wire?.endCopyFrom()
    while (!this.ended) await this.changed()
    this.#refuse()
  }

  async fail(): Promise<void> {
    if (this.ended) return
    this.wire?.sendCopyFail('given up')
    while (!this.ended) await this.changed()
  }

  #refuse(): void {
    if (this.error) throw this.error
  }
}
