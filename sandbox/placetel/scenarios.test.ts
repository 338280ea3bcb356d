import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { type ScenarioName, scenarioNames } from './scenarios.ts'
import { signature } from './signature.ts'

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
  sandbox.placetel.createAccount({
    name: 'acme',
    apiKey: 'key',
    endpointUrl: receiver.url,
    secret: 's',
    recording: true,
    sipUsers: [
      { name: 'Anna Nováková', did: 21, callerid: '+492214710123' },
      { name: 'Boris Král', did: 22 },
    ],
    numbers: [{ number: '+492214710123' }],
  })
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

/** What is heard, in short: the events, and how the call ended. */
const stories: Record<ScenarioName, string> = {
  answered: 'IncomingCall CallAccepted HungUp=accepted',
  missed: 'IncomingCall HungUp=missed',
  'ring-all': 'IncomingCall CallAccepted HungUp=accepted',
  voicemail: 'IncomingCall HungUp=voicemail',
  blocked: 'IncomingCall HungUp=blocked',
  'anonymous-answered': 'IncomingCall CallAccepted HungUp=accepted',
  'anonymous-missed': 'IncomingCall HungUp=missed',
  transfer: 'IncomingCall CallAccepted HungUp=accepted',
  forwarded: 'IncomingCall CallAccepted HungUp=accepted',
  outbound: 'OutgoingCall HungUp=accepted',
  'outbound-busy': 'OutgoingCall HungUp=busy',
  'outbound-canceled': 'OutgoingCall HungUp=canceled',
  'outbound-unavailable': 'OutgoingCall HungUp=unavailable',
  'outbound-congestion': 'OutgoingCall HungUp=congestion',
  'outbound-suppressed': '',
  internal: 'OutgoingCall HungUp=accepted',
  'internal-missed': 'OutgoingCall HungUp=canceled',
  'click-to-call': 'OutgoingCall HungUp=accepted',
  'click-to-call-not-picked-up': '',
  duplicated: 'IncomingCall IncomingCall CallAccepted HungUp=accepted HungUp=accepted',
  'hang-up-first': 'IncomingCall HungUp=accepted CallAccepted',
  'lost-hang-up': 'IncomingCall CallAccepted',
  'hang-up-alone': 'HungUp=accepted',
  'wrong-signature': 'IncomingCall CallAccepted HungUp=accepted',
  'twin-recordings': 'IncomingCall CallAccepted HungUp=accepted',
}
const notLogged = [
  'blocked',
  'outbound-suppressed',
  'internal',
  'internal-missed',
  'click-to-call-not-picked-up',
  'wrong-signature',
]

describe.each(scenarioNames)('%s', (name) => {
  test('is told as it should be', async () => {
    const call = await sandbox.placetel.play(name, { outer: '+442079460123', speed: 100_000 })
    await sandbox.idle()
    const events = receiver.received.map(({ body }) => body)
    const story = events.map(({ event, type }) => (type === undefined ? event : `${event}=${type}`))
    expect(story.join(' ')).toBe(stories[name])
    expect(new Set(events.map((body) => body['call_id'])).size).toBe(events.length === 0 ? 0 : 1)
    expect(call.endedAt).not.toBeNull()
    expect(call.expectLog).toBe(!notLogged.includes(name))
    expect(sandbox.placetel.liveCalls()).toEqual([])
    for (const { headers, text } of receiver.received) {
      const right = headers['x-placetel-signature'] === signature(text, 's')
      expect(right).toBe(name !== 'wrong-signature')
    }
    for (const body of events) {
      expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true)
      expect(body['direction']).toBe(stories[name].startsWith('Outgoing') ? 'out' : 'in')
    }
    const recorded = sandbox.placetel.recordings(call.id).length
    const talked = call.outcome === 'accepted' && call.direction !== 'internal'
    expect(recorded).toBe(name === 'twin-recordings' ? 2 : talked ? 1 : 0)
  })
})

test('the same seed plays the same', async () => {
  const heard = async () => {
    const own = await startSandbox({ seed: 5 })
    own.placetel.createAccount({
      name: 'acme',
      apiKey: 'key',
      endpointUrl: receiver.url,
      sipUsers: [{ name: 'Anna Nováková', did: 21 }],
      numbers: [{ number: '+492214710123' }],
    })
    receiver.received.length = 0
    await own.placetel.play('answered', { outer: '+442079460123', speed: 100_000 })
    await own.idle()
    await own.close()
    return receiver.received.map(({ text }) => text)
  }
  expect(await heard()).toEqual(await heard())
})
