import { z } from 'zod'

/*
 * What a backup file holds, once it is decrypted: frames of one byte (what it is), four bytes (length of what follows, big
 * endian) and the content. Rows are PostgreSQL's own binary COPY stream, cut anywhere; everything else is JSON.
 *
 *   head, then per database: database, then per table: table, rows…, then end of table; then jobs…, then end
 *
 * The last frame says that it was written to the end. That nothing was changed, cut or put in another order is the
 * encryption's to say.
 */
export const formatVersion = 1
const mostBytes = 256 * 1024 * 1024 // PostgreSQL's largest value is 1 GB; ours are some kilobytes

const sequence = z.object({ name: z.string(), value: z.string(), called: z.boolean() })
const database = z.object({
  database: z.enum(['control', 'organization']),
  /** names of the migrations that had run */
  migrations: z.array(z.string()),
  sequences: z.array(sequence),
})
const table = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
const head = z.object({
  format: z.number(),
  /** id of the key ring that sealed what is inside */
  ring: z.string(),
  /** of the moment shown here, ISO 8601 UTC */
  takenAt: z.string(),
  part: z.union([
    z.object({ of: z.literal('installation') }),
    z.object({ of: z.literal('organization'), id: z.uuid() }),
  ]),
})
const job = z.object({
  task: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number()])),
  key: z.string(),
  /** real time, ISO 8601 UTC */
  at: z.string(),
  queue: z.string().nullable(),
})

export type Head = z.infer<typeof head>
export type JobFrame = z.infer<typeof job>
type DatabaseFrame = z.infer<typeof database>

export type Frame =
  | ({ kind: 'head' } & Head)
  | ({ kind: 'database' } & DatabaseFrame)
  | ({ kind: 'table' } & z.infer<typeof table>)
  | { kind: 'rows'; bytes: Buffer }
  | { kind: 'end of table' }
  | ({ kind: 'job' } & JobFrame)
  | { kind: 'end' }

const tags = {
  head: 'H',
  database: 'D',
  table: 'T',
  rows: 'r',
  'end of table': 't',
  job: 'J',
  end: 'E',
} as const satisfies Record<Frame['kind'], string>

export function encodeFrame(frame: Frame): Buffer {
  const { kind, ...content } = frame
  const body = frame.kind === 'rows' ? frame.bytes : Buffer.from(JSON.stringify(content), 'utf8')
  const start = Buffer.alloc(5)
  start.write(tags[kind], 'latin1')
  start.writeUInt32BE(body.length, 1)
  return Buffer.concat([start, body])
}

/** Not one of ours, or of another release. */
export class ForeignFile extends Error {
  override readonly name = 'ForeignFile'
}

/** @throws ForeignFile when the bytes are no frames, or stop before the last one */
export async function* decodeFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0)
  let ended = false
  for await (const piece of pieces) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece])
    while (held.length >= 5 && !ended) {
      const length = held.readUInt32BE(1)
      if (length > mostBytes) throw new ForeignFile('a frame is too long')
      if (held.length < 5 + length) break
      const frame = frameOf(held.toString('latin1', 0, 1), held.subarray(5, 5 + length))
      held = held.subarray(5 + length)
      ended = frame.kind === 'end'
      yield frame
    }
    if (ended && held.length > 0) throw new ForeignFile('something follows the end')
  }
  if (!ended) throw new ForeignFile('the end is missing')
}

function frameOf(tag: string, body: Buffer): Frame {
  if (tag === tags.rows) return { kind: 'rows', bytes: body }
  if (tag === tags.end) return { kind: 'end' }
  const content = parsed(body)
  switch (tag) {
    case tags.head:
      return { kind: 'head', ...head.parse(content) }
    case tags.database:
      return { kind: 'database', ...database.parse(content) }
    case tags.table:
      return { kind: 'table', ...table.parse(content) }
    case tags['end of table']:
      return { kind: 'end of table' }
    case tags.job:
      return { kind: 'job', ...job.parse(content) }
    default:
      throw new ForeignFile('a frame of no known kind')
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new ForeignFile('a frame is no JSON', { cause: error })
  }
}
