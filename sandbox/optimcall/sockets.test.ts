import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { readFrame } from '../websocket.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox()
  sandbox.optimcall.createTenant({
    name: 'acme',
    extensions: [{ number: '21' }],
    lines: [{ number: '+420222333444', rings: ['21'] }],
    socket: { token: 'right' },
  })
})

afterEach(() => sandbox.close())

type Message = Record<string, unknown>

/** A client that remembers what came. */
async function connect(token?: string) {
  const socket = new WebSocket(
    sandbox.optimcall.socketUrl(),
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  )
  const messages: Message[] = []
  socket.onmessage = ({ data }) => void messages.push(JSON.parse(String(data)) as Message)
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  await new Promise((resolve) => {
    socket.onopen = resolve
    socket.onerror = resolve
  })
  return { socket, messages, closed }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5)
}

describe('WebSocket mode', () => {
  test('a client with the right header gets the events, and is told so', async () => {
    const { messages } = await connect('right')
    await until(() => sandbox.optimcall.sockets().authenticated === 1)
    const call = sandbox.optimcall.ring({ from: '+442079460123' })
    sandbox.optimcall.hangUp(call.id)
    await until(() => messages.some(({ name }) => name === 'callDisconnected'))
    expect(messages[0]).toEqual({ name: 'authenticateResult', status: 'success' })
    expect(messages[1]).toMatchObject({ name: 'callStarted', callId: call.id })
  })

  test('a client without a header says who it is in a message', async () => {
    const { socket, messages } = await connect()
    sandbox.optimcall.ring({ from: '+442079460123' })
    socket.send(JSON.stringify({ name: 'authenticate', token: 'right', correlationId: 'a1' }))
    await until(() => messages.length > 0)
    expect(messages[0]).toEqual({ name: 'authenticateResult', status: 'success', correlationId: 'a1' })
    expect(sandbox.ledger.hooks.every(({ error }) => error === 'nobody connected')).toBe(true)
  })

  test('a wrong token gets an error and a good-bye, or 401 where the tenant is set so', async () => {
    const wrong = await connect('wrong')
    expect(await wrong.closed).toBe(1008)
    expect(wrong.messages).toEqual([{ name: 'authenticateResult', status: 'error' }])
    sandbox.optimcall.configure('acme', { socket: { token: 'right', refusesWithStatus: true } })
    expect(await (await connect('wrong')).closed).toBe(1006)
    expect(sandbox.optimcall.sockets()).toMatchObject({ open: 0, letIn: 0 })
    expect(sandbox.optimcall.sockets().refused).toBeGreaterThanOrEqual(2)
  })

  test('connections can be cut, ended, and fall silent', async () => {
    const first = await connect('right')
    await until(() => sandbox.optimcall.sockets().authenticated === 1)
    sandbox.optimcall.dropSockets({ how: 'cut' })
    expect(await first.closed).toBe(1006)
    const second = await connect('right')
    await until(() => sandbox.optimcall.sockets().authenticated === 1)
    sandbox.optimcall.dropSockets({ how: 'close' })
    expect(await second.closed).toBe(1001)
    await connect('right')
    await until(() => sandbox.optimcall.sockets().authenticated === 1)
    sandbox.optimcall.silenceSockets()
    expect(sandbox.optimcall.sockets()).toMatchObject({ open: 1, authenticated: 0, letIn: 3, mostAtOnce: 1 })
  })

  test('there is none in webhook mode', async () => {
    sandbox.optimcall.configure('acme', { mode: 'webhook' })
    expect(await (await connect('right')).closed).toBe(1006)
  })
})

describe('a frame of a client', () => {
  const masked = (length: Buffer, body: Buffer) => {
    const mask = Buffer.from([1, 2, 3, 4])
    return Buffer.concat([length, mask, body.map((byte, i) => byte ^ (mask[i % 4] ?? 0))])
  }

  test.for([
    ['short', 5, Buffer.of(0x81, 0x80 | 5)],
    ['of two more bytes of length', 300, Buffer.of(0x81, 0x80 | 126, 1, 44)],
    ['of eight more', 70_000, Buffer.of(0x81, 0x80 | 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70)],
  ] as const)('%s is read once it is whole', ([, length, head]) => {
    const body = Buffer.alloc(length, 'a')
    const frame = masked(head, body)
    expect(readFrame(frame.subarray(0, -1))).toBeUndefined()
    expect(readFrame(Buffer.concat([frame, frame]))).toMatchObject({
      opcode: 1,
      final: true,
      body,
      bytes: frame.length,
    })
  })

  test('is refused unmasked', () => {
    expect(readFrame(Buffer.of(0x81, 1, 65))).toBe('refused')
  })
})
