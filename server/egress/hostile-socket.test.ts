import { hash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../../testing/until.ts'
import { failureOf } from '../failure.ts'
import { createEgress } from './index.ts'
import type { Sends } from './sent-fields.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Somebody else's server, which says over a WebSocket whatever it likes. @returns what we hear, and its end of the line */
async function connectTo(says: Buffer) {
  const server = createServer()
  const taken = new Promise<Duplex>((resolve) =>
    server.on('upgrade', (request, socket) => {
      const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
      const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade'
      socket.on('error', () => socket.destroy())
      socket.write(`${head}\r\nSec-WebSocket-Accept: ${hash('sha1', key, 'base64')}\r\n\r\n`)
      socket.write(says)
      resolve(socket)
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const egress = createEgress({ declared: [], privateHosts: [host] })
  const { signal } = new AbortController()
  const limits = { idleMs: 10_000, maxBytes: 1_000, allow: [host], provider: 'optimcall', sends, signal }
  const socket = await egress.connect({ url: `ws://${host}/`, ...limits })
  const theirs = await taken
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => theirs.destroy(),
    () => egress.close(),
  )
  return { messages: socket.messages[Symbol.asyncIterator](), theirs }
}

const many = (count: number, frame: number[]) =>
  Buffer.from(Array.from({ length: count }, () => frame).flat())
const hello = Buffer.from([0x81, 2, 0x68, 0x69])

describe('a hostile phone system', () => {
  it('cannot fill our memory with a message that never ends, of pieces with nothing in them', async () => {
    const begins = Buffer.from([0x01, 1, 0x61])
    const ends = Buffer.from([0x80, 1, 0x62])
    const { messages } = await connectTo(Buffer.concat([begins, many(20_000, [0x00, 0]), ends]))
    const failure = await messages.next().then(undefined, failureOf)
    expect(failure).toMatchObject({ code: 'provider-unavailable' })
  })

  it('is answered once, however many pings come at once, and a message in pieces is still whole', async () => {
    const pieces = Buffer.from([0x01, 0, 0x00, 1, 0x61, 0x80, 1, 0x62])
    const { messages, theirs } = await connectTo(Buffer.concat([many(5_000, [0x89, 0]), hello, pieces]))
    let answered = 0
    theirs.on('data', (bytes: Buffer) => {
      answered += bytes.length / 6 // as long as an empty pong of ours is
    })
    expect(await messages.next()).toMatchObject({ value: 'hi' })
    expect(await messages.next()).toMatchObject({ value: 'ab' })
    await until('it is answered', () => answered > 0)
    expect(answered).toBeLessThan(100)
  })
})
