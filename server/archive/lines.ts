import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from './manifest.ts'
import { isOwnFile } from './own-file.ts'

/** No line of ours comes near it: a note has 10,000 characters at most. */
const longestLine = 16 * 1024 * 1024

/** A file of lines as it is written: readable by its owner alone, counted and hashed on the way. */
export class LinesFile {
  readonly #file: FileHandle
  readonly #hash = createHash('sha256')
  rows = 0
  bytes = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async create(path: string): Promise<LinesFile> {
    return new LinesFile(await open(path, 'wx', 0o600))
  }

  async add(rows: readonly unknown[]): Promise<void> {
    if (rows.length === 0) return
    const text = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), 'utf8')
    this.#hash.update(text)
    this.rows += rows.length
    this.bytes += text.length
    await this.#file.writeFile(text)
  }

  /** On the disk when it returns. */
  async end(): Promise<{ rows: number; bytes: number; sha256: string }> {
    await this.#file.sync()
    await this.#file.close()
    return { rows: this.rows, bytes: this.bytes, sha256: this.#hash.digest('hex') }
  }

  /** Whatever it is, it is not whole. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined) // closed already: there is nothing more to give up
  }
}

/** What was promised of a file that is read. */
interface Promised {
  path: string
  rows: number
  bytes: number
  sha256: string
}

/**
 * The lines of a file of an archive, in groups. Only a line feed ends one: other separators may stand inside a text.
 * @throws RingfenceError `setting` after the last line when the file is not the one that was promised
 */
export async function* readLines(
  folder: string,
  promised: Promised,
  group: number,
): AsyncGenerator<unknown[], void, undefined> {
  if (!(await isOwnFile(folder, promised.path))) damaged(promised.path)
  const hash = createHash('sha256')
  let rest: Buffer[] = []
  let restBytes = 0
  let bytes = 0
  let rows = 0
  let lines: unknown[] = []
  const pieces = createReadStream(join(folder, promised.path), { highWaterMark: 256 * 1024 })
  for await (const chunk of pieces as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line =
        rest.length > 0 ? Buffer.concat([...rest, chunk.subarray(from, end)]) : chunk.subarray(from, end)
      rest = []
      restBytes = 0
      from = end + 1
      rows += 1
      lines.push(parsed(line, promised.path, rows))
      if (lines.length < group) continue
      yield lines
      lines = []
    }
    if (from < chunk.length) {
      rest.push(chunk.subarray(from))
      restBytes += chunk.length - from
      if (restBytes > longestLine) damaged(promised.path)
    }
  }
  const isWhole = bytes === promised.bytes && rows === promised.rows && restBytes === 0
  if (!isWhole || hash.digest('hex') !== promised.sha256) damaged(promised.path)
  if (lines.length > 0) yield lines
}

function parsed(line: Buffer, path: string, row: number): unknown {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch {
    return refuse(`${path} of this export is damaged in line ${row}.`) // the parser's message would quote the line
  }
}

function damaged(path: string): never {
  return refuse(`${path} of this export is damaged or was cut short.`)
}
