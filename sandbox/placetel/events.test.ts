import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { signature } from './signature.ts'

let sandbox: Sandbox
let receiver: Receiver
const outer = '+442079460123'
const peer = '777712345678@fpbx.de'

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
  sandbox.placetel.createAccount({
    name: 'acme',
    apiKey: 'key',
    endpointUrl: `${receiver.url}/hook`,
    secret: '12345',
    sipUsers: [
      { sipuid: peer, name: 'Anna Nováková', did: 21, callerid: '+492214710123' },
      { name: 'Boris Král', did: 22, callerid: '+492214710123' },
      { name: 'Cyril Svoboda', did: 30 },
    ],
    numbers: [
      { number: '+492214710123', rings: [21, 22] },
      { number: '+492214710124', notify: false, voicemail: false },
    ],
  })
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

async function told() {
  await sandbox.idle()
  return receiver.received.map(({ body }) => body)
}
const put = (body: object) =>
  fetch(`${sandbox.placetel.apiUrl}/subscriptions`, {
    method: 'PUT',
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('the signature is the one of the vendor’s own sample', () => {
  const body =
    'call_id=4a4cbb39578170aed9a2761a7bec8c7e704a541f52291ef603d6f5f152980c3c&event=CallAccepted&from=0123456789&to=0987654321'
  expect(signature(body, '12345')).toBe('c4f823c5b8806432fe2b83b1fc2ee714422e0cdfb4b5129152a7d0bbcd7792d0')
})

describe('an incoming call', () => {
  test('arrives, is answered and hung up, as signed forms of text alone', async () => {
    const { id } = sandbox.placetel.ring({ from: '+491713920001' })
    sandbox.clock.advance(5)
    expect(sandbox.placetel.answer(id, 21)).toMatchObject({ state: 'answered', owner: '21' })
    sandbox.clock.advance(154)
    sandbox.placetel.hangUp(id)
    const both = { from: '01713920001', to: '02214710123', call_id: id }
    expect(await told()).toEqual([
      { event: 'IncomingCall', ...both, direction: 'in' },
      { event: 'CallAccepted', ...both, peer, direction: 'in' },
      { event: 'HungUp', ...both, type: 'accepted', duration: '154', direction: 'in' },
    ])
    expect(id).toMatch(/^[0-9a-f]{64}$/)
    for (const { headers, text, method, path } of receiver.received) {
      expect({ method, path }).toEqual({ method: 'POST', path: '/hook' })
      expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
      const wanted = createHmac('sha256', '12345').update(text).digest('hex')
      expect(headers['x-placetel-signature']).toBe(wanted)
    }
    expect(receiver.received[1]?.text).toContain('peer=777712345678%40fpbx.de')
    expect(sandbox.ledger.calls).toMatchObject([
      { id, direction: 'inbound', from: '+491713920001', to: '+492214710123', outcome: 'accepted' },
    ])
    expect(sandbox.ledger.hooks).toMatchObject([
      { sender: 'placetel', event: 'IncomingCall', subject: id, status: 200 },
      { event: 'CallAccepted' },
      { event: 'HungUp' },
    ])
  })

  test('is missed, blocked, or ends in the mailbox', async () => {
    const missed = sandbox.placetel.ring({ from: 'anonymous' })
    sandbox.placetel.hangUp(missed.id)
    await sandbox.idle()
    sandbox.placetel.ring({ from: outer, blocked: true })
    await sandbox.idle()
    const message = sandbox.placetel.ring({ from: outer })
    sandbox.placetel.hangUp(message.id, 'voicemail')
    const hungUp = (await told()).filter(({ event }) => event === 'HungUp')
    expect(hungUp).toMatchObject([
      { from: 'anonymous', type: 'missed', duration: '0' },
      { from: '00442079460123', type: 'blocked', duration: '0' },
      { type: 'voicemail', duration: '0' },
    ])
    expect(sandbox.ledger.calls.map(({ expectLog }) => expectLog)).toEqual([true, false, true])
    sandbox.placetel.set({ blockedIsAnnounced: false })
    receiver.received.length = 0
    sandbox.placetel.ring({ from: outer, blocked: true })
    expect(await told()).toMatchObject([{ event: 'HungUp', type: 'blocked' }])
  })

  test('does not end in a way that cannot be', () => {
    const { id } = sandbox.placetel.ring({ from: outer })
    expect(() => sandbox.placetel.hangUp(id, 'busy')).toThrow('no call in ends as busy')
    expect(() => sandbox.placetel.hangUp(id, 'accepted')).toThrow('not answered')
    expect(() => sandbox.placetel.answer(id)).toThrow('who')
    expect(() => sandbox.placetel.answer(id, '99')).toThrow('no extension 99')
    sandbox.placetel.answer(id, '22')
    expect(() => sandbox.placetel.hangUp(id, 'missed')).toThrow('answered')
    const other = sandbox.placetel.ring({ from: outer, to: '+492214710124' })
    expect(() => sandbox.placetel.hangUp(other.id, 'voicemail')).toThrow('no mailbox')
    expect(() => sandbox.placetel.ring({ from: '0171' })).toThrow()
  })

  test('of a number without the tick is told to nobody', async () => {
    const { id } = sandbox.placetel.ring({ from: outer, to: '+492214710124' })
    sandbox.placetel.hangUp(id)
    expect(await told()).toEqual([])
    expect(sandbox.ledger.calls).toMatchObject([{ expectLog: false }])
  })

  test.each([
    ['zeros', '00442079460123', '00492214710123'],
    ['plus', '+442079460123', '+492214710123'],
    ['bare', '442079460123', '492214710123'],
  ] as const)('may have its numbers written %s', async (numberForm, from, to) => {
    sandbox.placetel.set({ numberForm })
    sandbox.placetel.ring({ from: outer })
    expect(await told()).toMatchObject([{ from, to }])
    if (numberForm === 'plus') expect(receiver.received[0]?.text).toContain('from=%2B442079460123')
  })
})

describe('a transfer', () => {
  const transferred = async (transfers: 'silent' | 'accepted-again' | 'new-call') => {
    sandbox.placetel.set({ transfers })
    const { id } = sandbox.placetel.ring({ from: outer })
    sandbox.placetel.answer(id, '21')
    const second = sandbox.placetel.transfer(id, '22')
    sandbox.placetel.hangUp(second.id)
    const all = await told()
    return { id, second, story: all.map(({ event, call_id }) => `${event} ${call_id === id ? 1 : 2}`), all }
  }

  test('may not show at all', async () => {
    const { second, story } = await transferred('silent')
    expect(second.owner).toBe('22')
    expect(story).toEqual(['IncomingCall 1', 'CallAccepted 1', 'HungUp 1'])
  })

  test('may be accepted again by somebody else', async () => {
    const { story, all } = await transferred('accepted-again')
    expect(story).toEqual(['IncomingCall 1', 'CallAccepted 1', 'CallAccepted 1', 'HungUp 1'])
    expect(all[2]?.['peer']).toBe(sandbox.placetel.account().sipUser('22').sipuid)
  })

  test('may be a new call', async () => {
    const { story } = await transferred('new-call')
    const first = ['IncomingCall 1', 'CallAccepted 1', 'HungUp 1']
    // Two calls, two queues: only the order within each is certain.
    expect(story.filter((line) => line.endsWith('1'))).toEqual(first)
    expect(story.filter((line) => line.endsWith('2'))).toEqual(first.map((line) => line.replace('1', '2')))
    expect(sandbox.ledger.calls).toHaveLength(2)
  })

  test.each([
    ['without-peer', [undefined]],
    ['peer-is-number', ['01713920001']],
    ['silent', []],
  ] as const)('or a forward to an outside phone may be answered %s', async (forwardedAnswer, peers) => {
    sandbox.placetel.set({ forwardedAnswer })
    const { id } = sandbox.placetel.ring({ from: outer })
    expect(sandbox.placetel.answer(id, '+491713920001').owner).toBe('+491713920001')
    const accepted = (await told()).filter(({ event }) => event === 'CallAccepted')
    expect(accepted.map((body) => body['peer'])).toEqual(peers)
  })
})

describe('an outgoing call', () => {
  test('is told of when it begins and ends, never when it is answered', async () => {
    const { id } = sandbox.placetel.dial({ did: 21, to: '+491713920001' })
    sandbox.placetel.answer(id)
    sandbox.clock.advance(61)
    sandbox.placetel.hangUp(id)
    const both = { from: '02214710123', to: '01713920001', call_id: id }
    expect(await told()).toEqual([
      { event: 'OutgoingCall', ...both, peer, direction: 'out' },
      { event: 'HungUp', ...both, type: 'accepted', duration: '61', direction: 'out' },
    ])
    expect(sandbox.ledger.calls).toMatchObject([{ direction: 'outbound', from: '21', to: '+491713920001' }])
  })

  test.each(['busy', 'canceled', 'unavailable', 'congestion'] as const)('ends as %s', async (type) => {
    const { id } = sandbox.placetel.dial({ did: '21', to: outer })
    sandbox.placetel.hangUp(id, type)
    expect((await told())[1]).toMatchObject({ to: '00442079460123', type, duration: '0' })
  })

  test('is not told of when it shows no number', async () => {
    sandbox.placetel.hangUp(sandbox.placetel.dial({ did: 21, to: outer, suppressed: true }).id)
    sandbox.placetel.hangUp(sandbox.placetel.dial({ did: 30, to: outer }).id)
    expect(await told()).toEqual([])
    expect(sandbox.ledger.calls.map(({ expectLog }) => expectLog)).toEqual([false, false])
  })

  test('to a colleague names both SIP users at its end', async () => {
    const { id } = sandbox.placetel.dial({ did: 21, to: 22 })
    sandbox.placetel.answer(id)
    sandbox.placetel.hangUp(id)
    const { sipuid } = sandbox.placetel.account().sipUser('22')
    expect(await told()).toMatchObject([
      { event: 'OutgoingCall', from: '02214710123', to: '22', peer },
      { event: 'HungUp', from: peer, to: sipuid, type: 'accepted', direction: 'out' },
    ])
    expect(sandbox.ledger.calls).toMatchObject([{ direction: 'internal', expectLog: false }])
  })

  test('may be of the older kind, and may carry a prefix', async () => {
    sandbox.placetel.set({ olderOutgoing: true })
    const { sipUsers } = sandbox.placetel.account().facts
    const [first, ...others] = sipUsers
    if (first === undefined) throw new Error('no user')
    sandbox.placetel.configure('acme', { sipUsers: [{ ...first, automaticPrefix: '0' }, ...others] })
    sandbox.placetel.dial({ did: 21, to: outer })
    expect((await told())[0]).not.toHaveProperty('peer')
    expect((await told())[0]).toMatchObject({ from: peer, to: '000442079460123' })
  })
})

describe('a subscription', () => {
  const url = () => `${receiver.url}/subscribed`
  const all = { incoming: true, outgoing: true, hungup: true, accepted: true }
  const numbers = ['+492214710124']
  const ringOther = () => sandbox.placetel.ring({ from: outer, to: '+492214710124' })

  test('hears of its numbers and kinds of events, unsigned', async () => {
    const answer = await put({ service: 's', url: url(), incoming: true, hungup: true, numbers })
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: '' })
    const { id } = ringOther()
    sandbox.placetel.answer(id, 21)
    sandbox.placetel.hangUp(id)
    expect((await told()).map(({ event }) => event)).toEqual(['IncomingCall', 'HungUp'])
    expect(receiver.received[0]?.headers['x-placetel-signature']).toBeUndefined()
    expect(receiver.received[0]?.path).toBe('/subscribed')
  })

  test('may be signed, and sent as JSON', async () => {
    sandbox.placetel.set({ subscriptionsSigned: true, subscriptionEncoding: 'json' })
    await put({ service: 's', url: url(), ...all, numbers })
    const { id } = ringOther()
    expect(await told()).toMatchObject([{ event: 'IncomingCall', call_id: id }])
    const [only] = receiver.received
    expect(only?.headers['content-type']).toBe('application/json')
    expect(only?.headers['x-placetel-signature']).toBe(signature(only?.text ?? '', '12345'))
  })

  test('without numbers hears nothing, or everything', async () => {
    await put({ service: 's', url: url(), ...all })
    ringOther()
    expect(await told()).toEqual([])
    sandbox.placetel.set({ subscriptionWithoutNumbers: 'all' })
    ringOther()
    expect(await told()).toHaveLength(1)
  })

  test('besides the portal’s endpoint makes every event come twice', async () => {
    await put({ service: 's', url: url(), ...all, numbers: ['+492214710123'] })
    sandbox.placetel.ring({ from: outer })
    expect((await told()).map(({ event }) => event)).toEqual(['IncomingCall', 'IncomingCall'])
  })
})

test('deliveries carry the credentials of the address, and faults hit them', async () => {
  const withUser = `${receiver.url}/hook`.replace('://', '://us%40er:pa%3Ass@')
  sandbox.placetel.configure('acme', { endpointUrl: withUser })
  const order = (kind: 'drop' | 'duplicate' | 'no-signature' | 'wrong-signature', event: string) =>
    sandbox.placetel.faults.orderDelivery({ tenant: 'acme', kind, event, times: 1 })
  order('no-signature', 'IncomingCall')
  order('wrong-signature', 'CallAccepted')
  order('duplicate', 'HungUp')
  const { id } = sandbox.placetel.ring({ from: outer })
  sandbox.placetel.answer(id, 21)
  sandbox.placetel.hangUp(id)
  expect(await told()).toHaveLength(4)
  const basic = `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`
  expect(receiver.received.every(({ headers }) => headers.authorization === basic)).toBe(true)
  const given = receiver.received.map(({ headers }) => headers['x-placetel-signature'])
  const right = receiver.received.map(({ text }) => signature(text, '12345'))
  expect(given.map((one, i) => one === right[i])).toEqual([false, false, true, true])
  expect(given[0]).toBeUndefined()
  order('drop', 'IncomingCall')
  sandbox.placetel.ring({ from: outer })
  expect(await told()).toHaveLength(4)
  expect(sandbox.ledger.hooks.at(-1)).toMatchObject({ error: 'never sent', fault: 'drop' })
})

test('what failed is not sent again, unless it is set so', async () => {
  receiver.status = 500
  sandbox.placetel.ring({ from: outer })
  expect(await told()).toHaveLength(1)
  sandbox.placetel.set({ deliveryRetries: 2, deliveryRetryMs: 1 })
  sandbox.placetel.ring({ from: outer })
  expect(await told()).toHaveLength(4)
})
