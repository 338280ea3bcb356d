import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { until } from '../../testing/until.ts'
import { failureOf } from '../failure.ts'
import { createEgress, type Egress, type EgressOptions, type RefusedRequest } from './index.ts'
import type { Sends } from './sent-fields.ts'

/** Nothing of ours is in these requests: what may be is tested beside `sent-fields.ts`. */
const sends: Sends = 'as an administrator configured it'

let sandbox: Sandbox
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  sandbox = await startSandbox()
  sandbox.optimcall.createTenant({ name: 'acme', socket: { token: 'right', refusesWithStatus: true } })
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await sandbox.close()
})

function egressTo(privateHosts: string[], more: Partial<EgressOptions> = {}) {
  const refused: RefusedRequest[] = []
  const egress = createEgress({ declared: [], privateHosts, record: (one) => refused.push(one), ...more })
  closers.push(() => egress.close())
  return { egress, refused }
}

const opening = (egress: Egress, more: Partial<Parameters<Egress['connect']>[0]> = {}) =>
  egress.connect({
    url: sandbox.optimcall.socketUrl(),
    headers: { authorization: 'Bearer right' },
    idleMs: 10_000,
    maxBytes: 1_000,
    allow: [new URL(sandbox.url).host],
    provider: 'optimcall',
    sends,
    signal: new AbortController().signal,
    ...more,
  })

async function failureFrom(work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    return failureOf(error) ?? String(error)
  }
  return undefined
}

async function read(messages: AsyncIterable<string>, limit = Number.POSITIVE_INFINITY): Promise<string[]> {
  const all: string[] = []
  for await (const message of messages) if (all.push(message) >= limit) break
  return all
}

const host = () => new URL(sandbox.url).host

describe('a WebSocket on its way out', () => {
  it('brings messages in their order, until the other side says good-bye', async () => {
    const socket = await opening(egressTo([host()]).egress)
    const all = read(socket.messages)
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    for (const text of ['a', 'b', 'žluťoučký']) sandbox.optimcall.sendOverSockets({ text })
    sandbox.optimcall.dropSockets({ how: 'close' })
    expect((await all).slice(1)).toEqual(['a', 'b', 'žluťoučký'])
  })

  it('fails as a stream does when it is cut, keeps still, or sends too much', async () => {
    const { egress } = egressTo([host()])
    const broken = { code: 'provider-unavailable', provider: 'optimcall' }
    const cut = await opening(egress)
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    const cutEnd = failureFrom(() => read(cut.messages))
    sandbox.optimcall.dropSockets({ how: 'cut' })
    expect(await cutEnd).toMatchObject(broken)

    const still = await opening(egress, { idleMs: 40 })
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    sandbox.optimcall.silenceSockets()
    expect(await failureFrom(() => read(still.messages))).toMatchObject(broken)

    const much = await opening(egress)
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    sandbox.optimcall.sendOverSockets({ text: 'x'.repeat(1_001) })
    expect(await failureFrom(() => read(much.messages))).toMatchObject({ code: 'too-large' })
    await until('all have closed', () => sandbox.optimcall.sockets().open === 0)
  })

  it('stays open while nothing comes but answers to our pings', async () => {
    const socket = await opening(egressTo([host()]).egress, { idleMs: 20 })
    let ended = false
    const all = read(socket.messages).finally(() => {
      ended = true
    })
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    const since = Date.now()
    await until('many pings have passed', () => Date.now() - since > 200)
    expect(ended).toBe(false)
    socket.close()
    await all
    await until('it has closed', () => sandbox.optimcall.sockets().open === 0)
  })

  it('reads on only when more is asked for', async () => {
    const socket = await opening(egressTo([host()]).egress)
    await until('it is let in', () => sandbox.optimcall.sockets().authenticated === 1)
    const sent = 20_000
    for (let n = 0; n < sent; n += 1) sandbox.optimcall.sendOverSockets({ text: `${n} ${'x'.repeat(900)}` })
    await until('the line is full', () => sandbox.optimcall.waitingBytes() > 1_000_000)
    const messages = await read(socket.messages, sent + 1)
    expect(messages.at(-1)?.split(' ')[0]).toBe(String(sent - 1))
  })

  it('says with which status it was refused, and follows no redirect', async () => {
    const { egress, refused } = egressTo([host()])
    expect(await failureFrom(() => opening(egress, { headers: { authorization: 'Bearer wrong' } }))).toEqual({
      code: 'provider-refused',
      provider: 'optimcall',
      status: 401,
    })
    sandbox.optimcall.configure('acme', { mode: 'webhook' })
    expect(await failureFrom(() => opening(egress))).toMatchObject({ code: 'provider-rejected', status: 404 })
    sandbox.optimcall.configure('acme', { mode: 'both', socket: { redirectTo: 'http://127.0.0.1:1/' } })
    expect(await failureFrom(() => opening(egress))).toEqual({ code: 'undeclared', what: 'redirect' })
    expect(refused).toEqual([{ host: host(), why: 'redirect' }])
  })

  it('PD-11 goes to no undeclared host, no inner address, and not in clear outside', async () => {
    const { egress, refused } = egressTo([host()])
    const inner = egressTo([], {
      resolve: (_name, _options, done) => done(null, [{ address: '10.0.0.7', family: 4 }]),
    })
    const to = (url: string, from = egress) =>
      failureFrom(() => opening(from, { url, allow: ['pbx.example', '127.0.0.1'] }))
    expect(await failureFrom(() => opening(egress, { allow: [] }))).toMatchObject({ code: 'undeclared' })
    expect(await to('ws://pbx.example/')).toEqual({ code: 'undeclared', what: 'scheme' })
    expect(await to('wss://127.0.0.1/')).toEqual({ code: 'undeclared', what: 'private' })
    expect(await to('wss://pbx.example/', inner.egress)).toEqual({ code: 'undeclared', what: 'private' })
    expect(refused.map(({ why }) => why)).toEqual(['undeclared', 'scheme', 'private'])
    expect(inner.refused.map(({ why }) => why)).toEqual(['private'])
    expect(sandbox.optimcall.sockets().letIn).toBe(0)
  })

  it('is not opened any more once nobody wants it', async () => {
    const { egress } = egressTo([host()])
    const wish = new AbortController()
    wish.abort()
    expect(await failureFrom(() => opening(egress, { signal: wish.signal }))).toMatchObject({
      code: 'provider-unavailable',
    })
  })
})
