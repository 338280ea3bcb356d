import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../failure.ts'
import { failureOf } from '../failure.ts'
import type { Resolve } from './guarded-lookup.ts'
import type { EgressOptions, RefusedRequest } from './index.ts'
import { connectionsPerHost, createEgress } from './index.ts'
import type { Sends } from './sent-fields.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined) // the other side may go away: that is what is tested
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((done) => server.close(done))
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const web = (answer: RequestListener) => listening(createServer(answer))
/** A server that does with the socket what it is told, once the first bytes have come. */
const wire = (onBytes: (socket: Socket) => void) =>
  listening(
    createTcpServer((socket) => {
      socket.once('data', () => onBytes(socket))
    }),
  )

function egressTo(hosts: string[], more: Partial<EgressOptions> = {}) {
  const refused: RefusedRequest[] = []
  const egress = createEgress({
    declared: hosts,
    privateHosts: hosts,
    record: (one) => refused.push(one),
    ...more,
  })
  closers.push(() => egress.close())
  return { egress, refused }
}

async function failureFrom(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work
  } catch (error) {
    const failure = failureOf(error)
    if (failure === undefined) throw error
    return failure
  }
  return undefined
}

const text = async (request: IncomingMessage) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

const acme = '0198f3c2-7d1e-7000-8000-00000000ac3e'
const by = (organizationId: string | undefined) => (organizationId === undefined ? {} : { organizationId })

describe('a request on its way out', () => {
  it('reaches a declared host and brings status, headers and body back', async () => {
    const host = await web(async (request, response) => {
      response.writeHead(207, { 'x-seen': `${request.method} ${request.url} ${request.headers['x-mine']}` })
      response.end(`got ${await text(request)}`)
    })
    const { egress } = egressTo([host])
    const answer = await egress.request({
      url: `http://${host}/a?b=c`,
      method: 'POST',
      headers: { 'x-mine': 'yes' },
      body: 'hello',
      provider: 'test',
      sends,
    })
    expect(answer.status).toBe(207)
    expect(answer.headers['x-seen']).toBe('POST /a?b=c yes')
    expect(answer.body.toString()).toBe('got hello')
  })

  it('keeps connections and uses them again', async () => {
    const server = createServer((_, response) => response.end('ok'))
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })
    const host = await listening(server)
    const { egress } = egressTo([host])
    for (let i = 0; i < 8; i += 1)
      await egress.request({ url: `http://${host}/`, method: 'GET', provider: 'test', sends })
    // a second one may open while the first is being handed back
    expect(connections).toBeLessThanOrEqual(2)
  })

  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = []
    const host = await web((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const { egress } = egressTo([host])
    const answer = await egress.request({
      url: `http://${host}/first`,
      method: 'GET',
      provider: 'test',
      sends,
    })
    expect(answer.status).toBe(302)
    expect(paths).toEqual(['/first'])
  })
})

describe('a host nobody declared', () => {
  it('PD-11 is refused before anything is sent, and recorded', async () => {
    let requests = 0
    const host = await web((_, response) => {
      requests += 1
      response.end('ok')
    })
    const { egress, refused } = egressTo(['127.0.0.1:1'], { privateHosts: [host] })
    const failure = await failureFrom(
      egress.request({ url: `http://${host}/`, method: 'POST', body: 'a name', provider: 'test', sends }),
    )
    expect(failure).toEqual({ code: 'undeclared', what: 'host' })
    expect(refused).toEqual([{ host, why: 'undeclared' }])
    expect(requests).toBe(0)
  })

  it('PD-11 that is private is reached on behalf of the organization it was named for, and no other', async () => {
    const host = await web((_, response) => response.end('ok'))
    const { egress, refused } = egressTo([], { privateHosts: [`${acme}@${host}`] })
    const opening = { url: `http://${host}/`, allow: [host], provider: 'test', sends, maxBytes: 100 }
    const ways = [
      (organizationId?: string) => egress.request({ ...opening, method: 'GET', ...by(organizationId) }),
      async (organizationId?: string) => {
        const stream = await egress.open({ ...opening, ...by(organizationId) })
        stream.close()
        return stream
      },
    ]
    for (const way of ways) {
      expect(await way(acme)).toMatchObject({ status: 200 })
      for (const other of [undefined, '0198f3c2-7d1e-7000-8000-000000000b0b', ''])
        expect(await failureFrom(way(other))).toEqual({ code: 'undeclared', what: 'scheme' })
    }
    const socket = {
      url: `wss://${host}/`,
      allow: [host],
      provider: 'test',
      sends,
      maxBytes: 100,
      idleMs: 1000,
    }
    const { signal } = new AbortController()
    expect(await failureFrom(egress.connect({ ...socket, signal }))).toMatchObject({ what: 'private' })
    expect(await failureFrom(egress.connect({ ...socket, signal, ...by(acme) }))).toMatchObject({
      code: 'provider-unavailable', // reached, and speaks no TLS
    })
    expect(refused).toHaveLength(7)
  })

  it('is reached when the connection names it', async () => {
    const host = await web((_, response) => response.end('ok'))
    const { egress, refused } = egressTo([], { privateHosts: [host] })
    const answer = await egress.request({
      url: `http://${host}/`,
      method: 'GET',
      allow: [host],
      provider: 'test',
      sends,
    })
    expect(answer.status).toBe(200)
    expect(refused).toEqual([])
  })

  it.each(['http://acme.pipedrive.com/', 'ftp://acme.pipedrive.com/', 'file:///etc/hostname'])(
    'is refused by its scheme: %s',
    async (url) => {
      const { egress, refused } = egressTo(['*.pipedrive.com', ''], { privateHosts: [] })
      const failure = await failureFrom(egress.request({ url, method: 'GET', provider: 'test', sends }))
      expect(failure).toEqual({ code: 'undeclared', what: 'scheme' })
      expect(refused).toEqual([{ host: new URL(url).host, why: 'scheme' }])
    },
  )

  it('is refused when the address carries credentials', async () => {
    const { egress } = egressTo(['*.pipedrive.com'])
    const url = 'https://user:secret@acme.pipedrive.com/'
    expect(await failureFrom(egress.request({ url, method: 'GET', provider: 'test', sends }))).toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('an address inside', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
  ])('is refused when written out: %s', async (url) => {
    const { host } = new URL(url)
    const { egress, refused } = egressTo([host], { privateHosts: [] })
    const failure = await failureFrom(egress.request({ url, method: 'GET', provider: 'test', sends }))
    expect(failure).toEqual({ code: 'undeclared', what: 'private' })
    expect(refused).toEqual([{ host, why: 'private' }])
  })

  it.each([
    [[{ address: '127.0.0.1', family: 4 }]],
    [
      [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ],
    [[{ address: '64:ff9b::a00:1', family: 6 }]],
  ])('is refused behind a declared name: %j', async (addresses) => {
    const resolve: Resolve = (_, __, done) => done(null, addresses)
    const { egress, refused } = egressTo(['*.pipedrive.com'], { privateHosts: [], resolve })
    const failure = await failureFrom(
      egress.request({
        url: 'https://acme.pipedrive.com/',
        method: 'POST',
        body: 'x',
        provider: 'test',
        sends,
      }),
    )
    expect(failure).toEqual({ code: 'undeclared', what: 'private' })
    expect(refused).toEqual([{ host: 'acme.pipedrive.com', why: 'private' }])
  })
})

describe('a request that breaks', () => {
  const post = { method: 'POST', body: 'x', provider: 'test', sends } as const
  const get = { method: 'GET', provider: 'test', sends } as const

  it('may be sent again when nobody listened', async () => {
    const server = createTcpServer()
    const host = await listening(server)
    await new Promise((done) => server.close(done))
    const { egress } = egressTo([host])
    expect(await failureFrom(egress.request({ ...post, url: `http://${host}/` }))).toMatchObject({
      code: 'provider-unavailable',
      provider: 'test',
    })
  })

  it('has an unknown outcome when a POST, or a GET that makes something happen, was cut off after it was sent', async () => {
    const host = await wire((socket) => socket.destroy())
    const { egress } = egressTo([host])
    const url = `http://${host}/`
    expect(await failureFrom(egress.request({ ...post, url }))).toEqual({
      code: 'provider-outcome-unknown',
      provider: 'test',
    })
    expect(await failureFrom(egress.request({ ...get, url, changes: true }))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    expect(await failureFrom(egress.request({ ...get, url }))).toMatchObject({ code: 'provider-unavailable' })
  })

  it('has an unknown outcome when a POST got no answer in time, also in the middle of one', async () => {
    const silent = await wire(() => undefined)
    const slow = await wire((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"succ'))
    const { egress } = egressTo([silent, slow])
    for (const host of [silent, slow]) {
      const url = `http://${host}/`
      expect(await failureFrom(egress.request({ ...post, url, timeoutMs: 150 }))).toMatchObject({
        code: 'provider-outcome-unknown',
      })
      expect(await failureFrom(egress.request({ ...get, url, timeoutMs: 150 }))).toMatchObject({
        code: 'provider-unavailable',
      })
    }
  })

  it('is never sent when its time was over while it waited for a connection', async () => {
    const held: ServerResponse[] = []
    const seen: (string | undefined)[] = []
    const host = await web((request, response) => {
      seen.push(request.url)
      held.push(response)
    })
    const { egress } = egressTo([host])
    const url = `http://${host}`
    const others = Array.from({ length: connectionsPerHost }, () =>
      egress.request({ ...post, url: `${url}/other` }),
    )
    await vi.waitFor(() => expect(held.length).toBe(connectionsPerHost))
    const failure = await failureFrom(egress.request({ ...post, url: `${url}/late`, timeoutMs: 50 }))
    for (const response of held) response.end()
    await Promise.all(others)
    held.length = 0
    const after = egress.request({ ...post, url: `${url}/after` })
    await vi.waitFor(() => expect(held.length).toBe(1))
    held[0]?.end()
    await after
    expect(failure).toMatchObject({ code: 'provider-unavailable' })
    expect(seen).not.toContain('/late')
  })

  it('reads no more of an answer than it was told', async () => {
    const host = await web((_, response) => response.end('x'.repeat(5000)))
    const { egress } = egressTo([host])
    const url = `http://${host}/`
    expect(await failureFrom(egress.request({ ...get, url, maxBytes: 1000 }))).toEqual({
      code: 'too-large',
      field: 'answer',
      limitBytes: 1000,
    })
    expect(await failureFrom(egress.request({ ...post, url, maxBytes: 1000 }))).toMatchObject({
      code: 'provider-outcome-unknown',
    })
    expect((await egress.request({ ...get, url, maxBytes: 5000 })).body.length).toBe(5000)
  })
})
