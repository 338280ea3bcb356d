import { hash, randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { ExchangeError, flatten } from './exchange.ts'
import { clientFrame, FrameError, FrameReader, opcodes } from './frames.ts'

/** A WebSocket that is open. */
export interface OpenSocket {
  /** sends one text message; nothing happens once it is closed */
  send(text: string): void
  /**
   * Text messages as they come, read once. While nobody asks for the next one nothing is read from the line, so what is
   * held is one read of the socket and the message being put together.
   * Ends when the other side says good-bye or `close` was called.
   * @throws {ExchangeError} when it breaks, keeps still although it was asked, or sends what is too large
   */
  messages: AsyncIterable<string>
  /** says good-bye and closes, at once */
  close(): void
  /** how long nothing had come when it was given up for its silence; 0 in every other case */
  readonly silentMs: number
}

interface SocketRequest {
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  /** from the name look-up to the answer */
  openMs: number
  /** how long the other side may keep still before it is asked for a sign of life, and then until it has to give one */
  idleMs: number
  /** the largest message that is read */
  maxBytes: number
  signal: AbortSignal
}

/** The other side answered, but with no WebSocket. */
export class OpeningRefusedError extends Error {
  readonly status: number
  constructor(status: number) {
    super(`status ${status}`)
    this.name = 'OpeningRefusedError'
    this.status = status
  }
}

/**
 * Opens a WebSocket.
 *
 * The frames are read here and not by undici's own class, which keeps from its user with which status it was refused and
 * reads on while nobody asks for more.
 * @throws {OpeningRefusedError}
 * @throws {ExchangeError}
 */
export function openSocket(dispatcher: Dispatcher, request: SocketRequest): Promise<OpenSocket> {
  const key = randomBytes(16).toString('base64')
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    const giveUp = () => fail(new ExchangeError('timed-out', controller !== undefined))
    const timer = setTimeout(giveUp, request.openMs)
    request.signal.addEventListener('abort', giveUp, { once: true })
    const settle = () => {
      clearTimeout(timer)
      request.signal.removeEventListener('abort', giveUp)
    }
    function fail(error: Error) {
      settle()
      controller?.abort(error)
      reject(error)
    }
    dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: 'GET',
        upgrade: 'websocket',
        headers: { ...request.headers, 'sec-websocket-version': '13', 'sec-websocket-key': key },
      },
      {
        onRequestStart(started) {
          controller = started
          if (request.signal.aborted) giveUp()
        },
        onRequestUpgrade(_, status, fields, socket) {
          settle()
          if (status === 101 && isAnswerTo(key, flatten(fields))) resolve(new Socket(socket, request))
          else {
            socket.destroy()
            reject(new ExchangeError('broken', true))
          }
        },
        onResponseStart(_, status) {
          if (status >= 200) fail(new OpeningRefusedError(status))
        },
        onResponseError(_, error) {
          fail(error instanceof OpeningRefusedError ? error : new ExchangeError('broken', true, error))
        },
      },
    )
  })
}

/** @see https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
function isAnswerTo(key: string, headers: Record<string, string>): boolean {
  const accept = hash('sha1', `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'base64')
  return (
    headers['upgrade']?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-accept'] === accept &&
    headers['sec-websocket-extensions'] === undefined
  )
}

/** Pieces of one message. Empty ones cost nothing to send, and each is an object here. */
const mostParts = 10_000

/** A peer that does not take our good-bye is not waited for. */
const goodByeMs = 1_000

class Socket implements OpenSocket {
  readonly messages: AsyncIterable<string>
  readonly #socket: Duplex
  readonly #idleMs: number
  #closed = false
  #patience: NodeJS.Timeout | undefined
  #silentMs = 0

  constructor(socket: Duplex, limits: { idleMs: number; maxBytes: number }) {
    this.#socket = socket
    this.#idleMs = limits.idleMs
    // It is told to whoever reads; between two reads nobody listens.
    socket.on('error', () => undefined)
    this.messages = this.#read(limits.maxBytes)
  }

  get silentMs(): number {
    return this.#silentMs
  }

  send(text: string): void {
    this.#write(opcodes.text, Buffer.from(text))
  }

  close(): void {
    if (this.#closed) return
    const code = Buffer.alloc(2)
    code.writeUInt16BE(1000)
    this.#write(opcodes.close, code)
    this.#closed = true
    clearTimeout(this.#patience)
    this.#socket.end(() => this.#socket.destroy())
    setTimeout(() => this.#socket.destroy(), goodByeMs).unref()
  }

  async *#read(maxBytes: number): AsyncGenerator<string> {
    const frames = new FrameReader(maxBytes)
    let parts: Buffer[] = []
    let size = 0
    let ping: Buffer | undefined
    // Only the last one, as RFC 6455 allows (5.5.3): who asks a million times is not answered as often.
    const pong = () => {
      if (ping && !this.#socket.writableNeedDrain) this.#write(opcodes.pong, ping)
      ping = undefined
    }
    try {
      this.#wait()
      for await (const piece of this.#socket as AsyncIterable<Buffer>) {
        clearTimeout(this.#patience)
        for (const { opcode, final, body } of frames.take(piece)) {
          if (this.#closed) return
          if (opcode === opcodes.ping) ping = body
          if (opcode === opcodes.close) return this.close()
          // Nobody sends us bytes; what is no text is passed over.
          if (opcode !== opcodes.text && (opcode !== opcodes.continuation || parts.length === 0)) continue
          size += body.length
          if (size > maxBytes) throw new FrameError('too-large')
          if (parts.push(body) > mostParts) throw new FrameError('broken')
          if (!final) continue
          const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
          parts = []
          size = 0
          pong()
          yield text
        }
        pong()
        this.#wait()
      }
      if (!this.#closed) throw new ExchangeError('broken', true)
    } catch (error) {
      if (this.#closed) return
      if (error instanceof ExchangeError) throw error
      throw new ExchangeError(error instanceof FrameError ? error.why : 'broken', true, error)
    } finally {
      clearTimeout(this.#patience)
      this.#socket.destroy()
    }
  }

  /** From now on it is the other side's turn. Any byte is a sign of life. */
  #wait(): void {
    if (this.#closed) return
    this.#patience = setTimeout(() => {
      this.#write(opcodes.ping, Buffer.alloc(0))
      this.#patience = setTimeout(() => {
        this.#silentMs = 2 * this.#idleMs
        this.#socket.destroy(new ExchangeError('timed-out', true))
      }, this.#idleMs)
    }, this.#idleMs)
  }

  #write(opcode: number, body: Buffer): void {
    if (!this.#closed && this.#socket.writable) this.#socket.write(clientFrame(opcode, body))
  }
}
