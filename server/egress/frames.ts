import { randomBytes } from 'node:crypto'

export const opcodes = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const

export interface Frame {
  opcode: number
  final: boolean
  body: Buffer
}

/** What came is no frame of a server, or is larger than is read. */
export class FrameError extends Error {
  readonly why: 'broken' | 'too-large'
  constructor(why: 'broken' | 'too-large') {
    super(why)
    this.name = 'FrameError'
    this.why = why
  }
}

/**
 * Reads what a WebSocket server sends, in whatever pieces it comes. A frame that says it will be too large is refused by
 * what it says, before its body is waited for.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export class FrameReader {
  readonly #maxBytes: number
  #received: Buffer = Buffer.alloc(0)

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The frames that are whole now. @throws {FrameError} */
  *take(piece: Buffer): Generator<Frame> {
    this.#received = this.#received.length === 0 ? piece : Buffer.concat([this.#received, piece])
    for (let frame = this.#next(); frame; frame = this.#next()) yield frame
  }

  #next(): Frame | undefined {
    const bytes = this.#received
    if (bytes.length < 2) return undefined
    const [first = 0, second = 0] = bytes
    const short = second & 0x7f
    const head = short === 126 ? 4 : short === 127 ? 10 : 2
    // No extension was agreed on, a server does not mask, and control frames are short and whole.
    const wrong =
      (first & 0x70) !== 0 || second !== short || ((first & 0x08) !== 0 && !(first & 0x80 && head === 2))
    if (wrong) throw new FrameError('broken')
    if (bytes.length < head) return undefined
    const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
    if (length > this.#maxBytes) throw new FrameError('too-large')
    if (bytes.length < head + length) return undefined
    this.#received = bytes.subarray(head + length)
    return { opcode: first & 0x0f, final: (first & 0x80) !== 0, body: bytes.subarray(head, head + length) }
  }
}

/** One whole frame as a client sends it: masked, so that nothing on the way takes it for a request. */
export function clientFrame(opcode: number, body: Buffer, mask = randomBytes(4)): Buffer {
  const length =
    body.length < 126
      ? Buffer.of(0x80 | body.length)
      : body.length < 65_536
        ? Buffer.of(0x80 | 126, body.length >> 8, body.length & 0xff)
        : length64(body.length)
  const masked = body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([Buffer.of(0x80 | opcode), length, mask, masked])
}

function length64(length: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = 0x80 | 127
  bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}
