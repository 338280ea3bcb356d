import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const opcodes = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const largestMessageBytes = 1024 * 1024

/** The server's side of one WebSocket (RFC 6455), text messages only, no extensions. */
export class Channel {
  readonly #socket: Duplex
  readonly #on: { text(text: string): void; closed(): void }
  #received = Buffer.alloc(0)
  #message: Buffer[] = []
  #silent = false

  constructor(socket: Duplex, head: Buffer, on: { text(text: string): void; closed(): void }) {
    this.#socket = socket
    this.#on = on
    socket.on('data', (piece: Buffer) => this.#take(piece))
    socket.once('close', () => on.closed())
    // The HTTP server leaves a socket open whose other side has gone.
    socket.once('end', () => socket.destroy())
    // A caller that breaks off is none of our errors.
    socket.on('error', () => socket.destroy())
    if (head.length > 0) socket.unshift(head)
  }

  send(text: string): void {
    this.#write(opcodes.text, Buffer.from(text))
  }

  ping(): void {
    this.#write(opcodes.ping, Buffer.from('sandbox'))
  }

  /** Says good-bye and ends. */
  close(code: number): void {
    const body = Buffer.alloc(2)
    body.writeUInt16BE(code)
    this.#write(opcodes.close, body)
    this.#socket.end()
  }

  /** Bytes that the other side has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.writableLength
  }

  /** The line is cut: no good-bye. */
  cut(): void {
    this.#socket.destroy()
  }

  /** From now on nothing comes from here and nothing is answered, while the line stays open. */
  fallSilent(): void {
    this.#silent = true
  }

  #write(opcode: number, body: Buffer): void {
    if (this.#silent || this.#socket.destroyed || this.#socket.writableEnded) return
    const length =
      body.length < 126
        ? Buffer.of(body.length)
        : body.length < 65_536
          ? Buffer.of(126, body.length >> 8, body.length & 0xff)
          : lengthOf64(body.length)
    this.#socket.write(Buffer.concat([Buffer.of(0x80 | opcode), length, body]))
  }

  #take(piece: Buffer): void {
    this.#received = Buffer.concat([this.#received, piece])
    for (;;) {
      const frame = readFrame(this.#received)
      if (frame === undefined) return
      if (frame === 'refused') {
        this.close(1002)
        return
      }
      this.#received = this.#received.subarray(frame.bytes)
      this.#frame(frame)
    }
  }

  #frame({ opcode, final, body }: Frame): void {
    if (this.#silent) return
    if (opcode === opcodes.ping) this.#write(opcodes.pong, body)
    if (opcode === opcodes.close) {
      this.#write(opcodes.close, body)
      this.#socket.end()
    }
    if (opcode !== opcodes.text && opcode !== opcodes.continuation) return
    this.#message.push(body)
    if (!final) return
    const text = Buffer.concat(this.#message).toString('utf8')
    this.#message = []
    this.#on.text(text)
  }
}

type Frame = { opcode: number; final: boolean; body: Buffer; bytes: number }

/** The first frame of a client, unmasked. Undefined: not all of it is there. `refused`: unmasked, or too large. */
export function readFrame(received: Buffer): Frame | 'refused' | undefined {
  if (received.length < 2) return undefined
  const [first = 0, second = 0] = received
  const short = second & 0x7f
  const head = short === 126 ? 4 : short === 127 ? 10 : 2
  if (received.length < head) return undefined
  const length =
    short === 126 ? received.readUInt16BE(2) : short === 127 ? Number(received.readBigUInt64BE(2)) : short
  // What a client sends must be masked.
  if ((second & 0x80) === 0 || length > largestMessageBytes) return 'refused'
  const bytes = head + 4 + length
  if (received.length < bytes) return undefined
  const mask = received.subarray(head, head + 4)
  const body = Buffer.from(received.subarray(head + 4, bytes))
  for (let i = 0; i < body.length; i += 1) body[i] = (body[i] ?? 0) ^ (mask[i % 4] ?? 0)
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, body, bytes }
}

/** Whether this request wants a WebSocket of the only version there is. */
export function asksForWebSocket(request: IncomingMessage): boolean {
  return (
    request.method === 'GET' &&
    request.headers.upgrade?.toLowerCase() === 'websocket' &&
    request.headers['sec-websocket-version'] === '13' &&
    Buffer.from(request.headers['sec-websocket-key'] ?? '', 'base64').length === 16
  )
}

/** The answer that opens the WebSocket. */
export function openingAnswer(request: IncomingMessage): string {
  const accept = hash('sha1', `${request.headers['sec-websocket-key']}${guid}`, 'base64')
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`
}

function lengthOf64(length: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = 127
  bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}
