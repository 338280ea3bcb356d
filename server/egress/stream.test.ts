import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOf } from '../failure.ts'
import { createEgress, type Egress, type RefusedRequest } from './index.ts'
import type { Sends } from './sent-fields.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function web(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((done) => server.close(done))
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function egressTo(...hosts: string[]): { egress: Egress; refused: RefusedRequest[] } {
  const refused: RefusedRequest[] = []
  const egress = createEgress({ declared: [], privateHosts: hosts, record: (one) => refused.push(one) })
  closers.push(() => egress.close())
  return { egress, refused }
}

const codeFrom = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => failureOf(error)?.code,
  )

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const open = (egress: Egress, host: string, more: { idleMs?: number; maxBytes?: number } = {}) =>
  egress.open({
    url: `http://${host}/a?b=c`,
    allow: [host],
    maxBytes: 1e9,
    provider: 'phone',
    sends,
    ...more,
  })

/** What the receiver saw: whether it was whole, and its bytes. */
function receiver() {
  const seen: { whole: boolean; hash: string; bytes: number }[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const hash = createHash('sha256')
    let bytes = 0
    try {
      for await (const piece of request) {
        hash.update(piece as Buffer)
        bytes += (piece as Buffer).length
      }
    } catch {
      seen.push({ whole: false, hash: '', bytes })
      return
    }
    seen.push({ whole: true, hash: hash.digest('hex'), bytes })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }
  return {
    seen,
    answer: (request: IncomingMessage, response: ServerResponse) => void answer(request, response),
  }
}

const upload = (
  egress: Egress,
  host: string,
  pieces: AsyncIterable<Buffer>,
  more: { idleMs?: number; headers?: Record<string, string> } = {},
) =>
  egress.upload({
    url: `http://${host}/in`,
    method: 'POST',
    allow: [host],
    pieces,
    provider: 'crm',
    sends,
    ...more,
  })

describe('a stream', () => {
  it('PD-5 comes out as it went in, with its length told beforehand or not', async () => {
    const recording = randomBytes(3_000_001)
    const from = await web((request, response) => {
      const told = request.url?.includes('b=c') === true
      response.writeHead(200, told ? { 'content-length': recording.length } : {})
      response.end(recording)
    })
    const { seen, answer } = receiver()
    const to = await web(answer)
    const { egress } = egressTo(from, to)
    for (const length of [String(recording.length), undefined]) {
      const source = await open(egress, from)
      const headers: Record<string, string> = length === undefined ? {} : { 'content-length': length }
      const { status } = await upload(egress, to, source.body, { headers })
      source.close()
      expect(status).toBe(200)
    }
    expect(seen).toEqual(Array(2).fill({ whole: true, hash: hashOf(recording), bytes: recording.length }))
  })

  it('PD-5 is never held by more than one read of 64 KiB, however slow the receiver is', async () => {
    const whole = 30_000_000
    const block = randomBytes(1_000_000)
    let sent = 0
    const from = await web(async (_request, response) => {
      response.writeHead(200) // in chunks that are larger than what may be held
      for (let at = 0; at < whole; at += block.length) {
        if (!response.write(block)) await once(response, 'drain')
        sent += block.length
      }
      response.end()
    })
    // The receiver takes a megabyte at a time and looks how far the sender has come: what is between them is in the
    // system's socket buffers and in ours.
    let received = 0
    let mostBetween = 0
    const to = await web(async (request, response) => {
      for await (const piece of request) {
        received += (piece as Buffer).length
        mostBetween = Math.max(mostBetween, sent - received)
        if (received % 1_000_000 < 65_536) await new Promise((done) => setImmediate(done))
      }
      response.end()
    })
    const { egress } = egressTo(from, to)
    const source = await open(egress, from)
    let largest = 0
    async function* measured() {
      for await (const piece of source.body) {
        largest = Math.max(largest, piece.length)
        yield piece
      }
    }
    await upload(egress, to, measured())
    expect(received).toBe(whole)
    expect(largest).toBeLessThanOrEqual(65_536)
    expect(mostBetween).toBeLessThan(whole / 2)
  })

  it('PD-5 leaves everything at the sender while the receiver takes nothing', async () => {
    let sent = 0
    const from = await web(async (_request, response) => {
      response.writeHead(200)
      const block = Buffer.alloc(65_536, 1)
      for (let count = 0; count < 2_000 && !response.destroyed; count += 1) {
        if (!response.write(block)) await once(response, 'drain')
        sent += block.length
      }
      response.end()
    })
    const to = await web((request) => void request.pause())
    const { egress } = egressTo(from, to)
    const source = await open(egress, from)
    expect(await codeFrom(upload(egress, to, source.body, { idleMs: 700 }))).toBe('provider-outcome-unknown')
    expect(sent).toBeLessThan(60_000_000) // of 131 MB
  })

  it('that breaks at the sender is not taken for whole by the receiver', async () => {
    const from = await web((_request, response) => {
      response.writeHead(200) // no length: only the last chunk says that it was whole
      response.write(randomBytes(500_000), () => response.destroy())
    })
    const { seen, answer } = receiver()
    const to = await web(answer)
    const { egress } = egressTo(from, to)
    const source = await open(egress, from)
    let broke: unknown
    async function* noticed() {
      try {
        yield* source.body
      } catch (error) {
        broke = error
        throw error
      }
    }
    await upload(egress, to, noticed()).catch(() => undefined)
    await expect.poll(() => seen.length).toBe(1)
    expect(seen[0]?.whole).toBe(false)
    expect(failureOf(broke)?.code).toBe('provider-unavailable')
  })

  it('ends when a side keeps still, whoever it is, and goes on however long it takes while something moves', async () => {
    const silentHead = await web(() => undefined)
    const silentBody = await web((_request, response) => response.writeHead(200).write('abc'))
    const drips = await web(async (_request, response) => {
      response.writeHead(200)
      for (let count = 0; count < 6; count += 1) {
        response.write(Buffer.alloc(5_000))
        await new Promise((done) => setTimeout(done, 120))
      }
      response.end()
    })
    const silentReceiver = await web((request) => void request.resume())
    const { egress } = egressTo(silentHead, silentBody, drips, silentReceiver)
    const read = async (host: string) => {
      const { body } = await open(egress, host, { idleMs: 300 })
      for await (const _ of body) {
        // nothing to do with it
      }
    }
    expect(await codeFrom(read(silentHead))).toBe('provider-unavailable')
    expect(await codeFrom(read(silentBody))).toBe('provider-unavailable')
    expect(await codeFrom(read(drips))).toBe('done')
    async function* little() {
      yield Buffer.from('whole')
    }
    expect(await codeFrom(upload(egress, silentReceiver, little(), { idleMs: 200 }))).toBe(
      'provider-outcome-unknown',
    )
  })

  it('ends when it grows beyond what is read, also where it told no length', async () => {
    const from = await web((_request, response) => response.writeHead(200).end(Buffer.alloc(200_000)))
    const { egress } = egressTo(from)
    const source = await open(egress, from, { maxBytes: 100_000 })
    const read = async () => {
      for await (const _ of source.body) {
        // nothing to do with it
      }
    }
    expect(await codeFrom(read())).toBe('too-large')
  })

  it('gives the answer of a receiver that does not want to read it all', async () => {
    const from = await web((_request, response) => response.writeHead(200).end(Buffer.alloc(5_000_000)))
    const to = await web((request, response) => {
      response.writeHead(409, { 'content-type': 'application/json' }).end('{"success":false}')
      request.resume()
    })
    const { egress } = egressTo(from, to)
    const source = await open(egress, from)
    expect((await upload(egress, to, source.body)).status).toBe(409)
    source.close()
  })

  it('PD-11 goes to the hosts it may go to and to no other, and each refusal is recorded', async () => {
    const here = await web((_request, response) => response.end())
    const { egress, refused } = egressTo(here)
    const other = { url: 'https://elsewhere.example/a', provider: 'phone', sends, maxBytes: 1 }
    expect(await codeFrom(egress.open({ ...other, allow: [here] }))).toBe('undeclared')
    expect(await codeFrom(egress.open({ ...other, url: `http://${here}/a` }))).toBe('undeclared')
    expect(await codeFrom(egress.open({ ...other, url: 'https://10.0.0.1/', allow: ['10.0.0.1'] }))).toBe(
      'undeclared',
    )
    async function* nothing(): AsyncGenerator<Buffer> {}
    expect(await codeFrom(egress.upload({ ...other, method: 'POST', pieces: nothing() }))).toBe('undeclared')
    expect(refused.map(({ why }) => why)).toEqual(['undeclared', 'undeclared', 'private', 'undeclared'])
  })

  it('gives the connection back once all was read', async () => {
    const ports = new Set<number | undefined>()
    const from = await web((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('short')
    })
    const { egress } = egressTo(from)
    for (let count = 0; count < 6; count += 1) {
      const source = await open(egress, from)
      let text = ''
      for await (const piece of source.body) text += piece.toString()
      source.close()
      expect(text).toBe('short')
    }
    expect(ports.size).toBeLessThan(4) // one is free again a moment after its answer was read
  })
})
