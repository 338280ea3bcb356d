import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { dialTemplate } from './commands.ts'

let sandbox: Sandbox
let receiver: Receiver
const outer = '+442079460123'

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
  sandbox.optimcall.createTenant({
    name: 'acme',
    hookUrl: `${receiver.url}/hook`,
    apiKey: 'k',
    extensions: [{ number: '21', devices: 2 }],
    lines: [{ number: '+420222333444' }],
  })
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

const send = async (body: unknown) => {
  const answer = await fetch(`${sandbox.url}/api/command`, { method: 'POST', body: JSON.stringify(body) })
  return { status: answer.status, name: ((await answer.json()) as { name: string }).name }
}
const credentials = { tenant: 'acme', key: 'k' }
const sandboxDial = { name: 'sandboxDial', credentials, extension: '21', number: outer }
const said = () =>
  receiver.received.map(({ body }) =>
    [body['name'], body['legType'], body['legNumber']].filter((word) => word !== undefined).join(' '),
  )
const only = () => sandbox.optimcall.liveCalls()[0]?.id ?? ''

describe('the command that the sandbox invented', () => {
  test('rings the phones of whoever asks, then the number', async () => {
    expect(await send(sandboxDial)).toEqual({ status: 200, name: 'SandboxDialAccepted' })
    await sandbox.idle()
    expect(said()).toEqual(['callStarted', 'legRinging caller 21', 'legRinging caller 21'])
    expect(receiver.received[0]?.body).toMatchObject({
      callType: 'externalOutbound',
      startedByClickToCall: true,
      callerNumber: '21',
      calledNumber: outer,
      outgoingNumber: '+420222333444',
    })
    sandbox.clock.advance(4)
    sandbox.optimcall.answer(only(), '21')
    await sandbox.idle()
    expect(said().slice(3)).toEqual([
      'legConnected caller 21',
      'legDisconnected caller 21',
      `legRinging callee ${outer}`,
    ])
    expect(receiver.received[3]?.body).toMatchObject({ legDirection: 'outbound', setupLength: 4 })
    sandbox.optimcall.answer(only(), outer)
    sandbox.optimcall.hangUp(only(), 'callee')
    await sandbox.idle()
    expect(receiver.received.at(-1)?.body).toMatchObject({
      name: 'callDisconnected',
      callOutcome: 'answered',
      answeredByNumber: outer,
    })
  })

  test.each(['in time', 'because they refuse'])('is not set up when nobody picks up %s', async (why) => {
    sandbox.optimcall.configure('acme', { setupSeconds: 0.01 })
    if (why === 'in time') {
      await send(sandboxDial)
      await expect.poll(() => sandbox.optimcall.liveCalls()).toEqual([])
    } else {
      sandbox.optimcall.configure('acme', { setupSeconds: 60 })
      await send(sandboxDial)
      sandbox.optimcall.reject(only(), '21')
    }
    await sandbox.idle()
    expect(receiver.received.at(-1)?.body).toMatchObject({
      name: 'callDisconnected',
      callOutcome: 'setupFailed',
    })
    expect(said()).not.toContain(`legRinging callee ${outer}`)
    expect(sandbox.ledger.calls[0]).toMatchObject({ outcome: 'setupFailed', expectLog: false })
  })

  test('is taken from nobody without the key, and no other is known', async () => {
    expect((await send({ ...sandboxDial, credentials: { tenant: 'acme', key: 'x' } })).status).toBe(401)
    expect((await send({ ...sandboxDial, name: 'Dial' })).status).toBe(400)
    expect((await send({ name: 'sandboxDial', credentials })).status).toBe(400)
    expect(await send({ ...sandboxDial, extension: '99' })).toEqual({ status: 200, name: 'Error' })
    expect(sandbox.optimcall.liveCalls()).toEqual([])
  })

  test('is what the template says that others are set up with', async () => {
    const { path, body } = dialTemplate(sandbox.optimcall.tenant('acme'))
    expect(path).toBe('/api/command')
    expect(JSON.parse(body)).toEqual({ ...sandboxDial, extension: '{{extension}}', number: '{{number}}' })
  })
})
