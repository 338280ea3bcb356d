import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '../index.ts'
import { type Given, given, outer, secret } from './given.ts'

let it: Given
beforeEach(async () => {
  it = await given()
})
afterEach(() => it.close())

const listenAll = async () => {
  for (const extension of ['21', '22', '23']) await it.listen(extension)
}

describe('an incoming call', () => {
  test('rings, is answered and ends, each event with the envelope of its webhook', async () => {
    const hook = await it.listen('21')
    const { webex } = it.sandbox
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    webex.hangUp(call.id, 'caller')
    await it.sandbox.idle()
    expect(it.said()).toEqual([
      'created alerting terminator @21',
      'updated connected terminator @21',
      'deleted disconnected terminator @21',
    ])
    const [first, , last] = it.receiver.received.map(({ body }) => body)
    const { secret: _, ...envelope } = hook
    expect(first).toEqual({
      ...envelope,
      event: 'created',
      actorId: webex.org().person('21').id,
      data: expect.objectContaining({
        eventType: 'received',
        remoteParty: {
          name: 'Ada Lovelace',
          number: outer,
          privacyEnabled: false,
          callType: 'external',
        },
        completedElsewhere: false,
      }),
    })
    const [began, , ended] = it.data()
    expect(began).not.toHaveProperty('answered')
    expect(ended).toMatchObject({ eventType: 'disconnected', answered: expect.any(String) })
    expect(Buffer.from(String(began?.['callSessionId']), 'base64url').toString()).toBe(call.id)
    expect(Buffer.from(String(began?.['callId']), 'base64url').toString()).toMatch(
      /^ciscospark:\/\/us\/CALL\/callhalf-\d+:0$/,
    )
    expect(last?.['orgId']).toBe(webex.org().id)
    expect(it.sandbox.ledger.summary()).toMatchObject({ calls: 1, expected: 1, lost: 1 })
    expect(it.sandbox.ledger.hooks.map(({ event, status }) => [event, status])).toEqual([
      ['telephony_calls.created', 200],
      ['telephony_calls.updated', 200],
      ['telephony_calls.deleted', 200],
    ])
  })

  test('of a hunt group is one session, and the others learn that it was completed elsewhere', async () => {
    await listenAll()
    const { webex } = it.sandbox
    const call = webex.ring({ from: outer })
    webex.answer(call.id, '22')
    webex.hangUp(call.id, 'callee')
    await it.sandbox.idle()
    expect(it.said()).toEqual([
      ...['21', '22', '23'].map((extension) => `created alerting terminator @${extension}`),
      'updated connected terminator @22',
      'deleted disconnected terminator @21',
      'deleted disconnected terminator @23',
      'deleted disconnected terminator @22',
    ])
    const data = it.data()
    expect(new Set(data.map(({ callSessionId }) => callSessionId)).size).toBe(1)
    expect(new Set(data.map(({ callId }) => callId)).size).toBe(3)
    expect(data.slice(4).map(({ completedElsewhere }) => completedElsewhere)).toEqual([true, true, false])
    expect(data[0]?.['redirections']).toEqual([
      { reason: 'huntGroup', redirectingParty: expect.objectContaining({ number: '+420222333400' }) },
    ])
    expect(data[3]).not.toHaveProperty('redirections')
  })

  test('of a queue names the queue while it rings, and ends as if completed elsewhere when abandoned', async () => {
    await listenAll()
    const { webex } = it.sandbox
    const call = webex.ring({ from: outer, to: '+420222333500' })
    webex.hangUp(call.id, 'caller')
    await it.sandbox.idle()
    const data = it.data()
    expect(data.map(({ eventType }) => eventType)).toEqual([
      'received',
      'updated',
      'received',
      'updated',
      'disconnected',
      'disconnected',
    ])
    const names = data.map(({ remoteParty }) => (remoteParty as { name: string }).name)
    expect(names[0]).toBe('Support  -  Ada Lovelace')
    expect(names.at(-1)).toBe('Ada Lovelace')
    const [first, second] = data.map(({ eventTimestamp }) => Date.parse(String(eventTimestamp)))
    expect(Number(second) - Number(first)).toBe(1)
    expect(data.at(-1)?.['completedElsewhere']).toBe(true)
    expect(data.at(-1)).not.toHaveProperty('answered')

    webex.set({ abandonedCompletedElsewhere: false })
    const again = webex.ring({ from: outer, to: '+420222333500' })
    webex.hangUp(again.id, 'caller')
    await it.sandbox.idle()
    expect(it.data().at(-1)?.['completedElsewhere']).toBe(false)
  })

  test('with a hidden number tells neither number nor name', async () => {
    await it.listen('21')
    const call = it.sandbox.webex.ring({ from: 'withheld', ring: ['21'], to: '+420222333421' })
    it.sandbox.webex.reject(call.id, '21')
    await it.sandbox.idle()
    for (const { remoteParty } of it.data())
      expect(remoteParty).toEqual({ privacyEnabled: true, callType: 'external' })
    expect(it.said().at(-1)).toBe('deleted disconnected terminator @21')
    expect(it.sandbox.ledger.calls[0]).toMatchObject({ from: null, outcome: 'missed' })
  })
})

describe('a call among colleagues and beyond', () => {
  test('an internal call is told of twice, once by each', async () => {
    await listenAll()
    const { webex } = it.sandbox
    const call = webex.dial({ from: '21', to: '22' })
    webex.answer(call.id, '22')
    webex.hold(call.id, '21')
    webex.resume(call.id, '21')
    webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.said()).toEqual([
      'created connecting originator @21',
      'created alerting terminator @22',
      'updated connected terminator @22',
      'updated connected originator @21',
      'updated held originator @21',
      'updated remoteHeld terminator @22',
      'updated connected originator @21',
      'updated connected terminator @22',
      'deleted disconnected originator @21',
      'deleted disconnected terminator @22',
    ])
    expect(it.data()[0]?.['remoteParty']).toMatchObject({ number: '22', callType: 'location' })
    expect(it.sandbox.ledger.calls[0]).toMatchObject({ direction: 'internal', expectLog: false })
  })

  test.each(['same', 'new'] as const)('blind transfer, session: %s', async (blindTransferSession) => {
    await listenAll()
    const { webex } = it.sandbox
    webex.set({ blindTransferSession })
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    webex.transfer(call.id, '22')
    webex.answer(call.id, '22')
    webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.said().slice(2)).toEqual([
      'deleted disconnected terminator @21',
      'created alerting terminator @22',
      'updated connected terminator @22',
      'deleted disconnected terminator @22',
    ])
    expect(it.data()[3]).toMatchObject({
      remoteParty: { number: outer },
      redirections: [{ reason: 'divert', redirectingParty: { number: '21' } }],
    })
    const sessions = new Set(it.data().map(({ callSessionId }) => callSessionId))
    expect(sessions.size).toBe(blindTransferSession === 'same' ? 1 : 2)
  })

  test.each([
    ['same', 1, true],
    ['joins', 2, true],
    ['new', 2, false],
  ] as const)('attended transfer, session: %s', async (attendedTransferSession, sessions, ends) => {
    await listenAll()
    const { webex } = it.sandbox
    webex.set({ attendedTransferSession })
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    webex.transfer(call.id, '22', 'attended')
    webex.answer(call.id, '22')
    webex.completeTransfer(call.id)
    webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.said().slice(2)).toEqual([
      'updated held terminator @21',
      'created connecting originator @21',
      'created alerting terminator @22',
      'updated connected terminator @22',
      'updated connected originator @21',
      'deleted disconnected terminator @21',
      'deleted disconnected originator @21',
      'updated connected terminator @22',
      'deleted disconnected terminator @22',
    ])
    const data = it.data()
    expect(data.at(-2)?.['remoteParty']).toMatchObject({ number: outer })
    expect(new Set(data.map(({ callSessionId }) => callSessionId)).size).toBe(sessions)
    expect(data.at(-1)?.['callSessionId'] === data[0]?.['callSessionId']).toBe(ends)
  })
})

describe('a transfer that comes to nothing', () => {
  const answered = () => {
    const { webex } = it.sandbox
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    return call.id
  }

  test('leaves the caller with whoever asked, when the colleague refuses or hangs up', () => {
    const { webex } = it.sandbox
    const id = answered()
    webex.transfer(id, '22', 'attended')
    webex.reject(id, '22')
    expect(webex.liveCalls()[0]?.halves).toMatchObject([{ extension: '21', state: 'held' }])
    expect(() => webex.completeTransfer(id)).toThrow()
    webex.resume(id)
    webex.transfer(id, '22', 'attended')
    webex.answer(id, '22')
    const [asked] = webex.exchange.halvesOf(webex.org().person('22')).slice(-1)
    if (asked !== undefined) webex.desk.hangUp(asked)
    expect(webex.liveCalls()[0]?.halves).toMatchObject([{ extension: '21', state: 'held' }])
  })

  test.each(['22', 'voicemail', '+420601111222'])('ends when nobody is left: to %s', (to) => {
    const { webex } = it.sandbox
    const id = answered()
    webex.transfer(id, to)
    if (to === '22') webex.reject(id, '22')
    expect(webex.liveCalls()).toEqual([])
    expect(it.sandbox.ledger.calls[0]).toMatchObject({ outcome: 'answered', endedAt: expect.any(String) })
  })
})

test('the needle is in names, addresses and links, and people are found with and without it', async () => {
  const sandbox = await startSandbox({ needle: 'hay' })
  const org = sandbox.webex.createOrg({
    name: 'acme',
    people: [{ name: 'Anna', email: 'anna@acme.example', extension: '21' }],
    callerNames: { [outer]: 'Ada' },
    recording: { afterSeconds: 0 },
  })
  await sandbox.webex.play('inbound-answered', { outer, speed: 100_000 })
  await sandbox.idle()
  const [recording] = [...org.recordings.values()]
  if (recording === undefined) throw new Error('not recorded')
  expect(sandbox.webex.recorder.addressOf(org, recording, 0)).toContain('n=hay')
  expect(org.find('anna@acme.example')).toMatchObject({ name: 'Anna hay', email: 'anna.hay@acme.example' })
  expect(org.find('anna.hay@acme.example')).toBe(org.person('21'))
  expect(sandbox.webex.exchange.halvesOf(org.person('21'))[0]?.remote.name).toBe('Ada hay')
  await sandbox.close()
})

describe('signatures', () => {
  const signed = async () => {
    const call = it.sandbox.webex.ring({ from: outer, to: '+420222333421' })
    it.sandbox.webex.hangUp(call.id)
    await it.sandbox.idle()
    const { headers = {}, text = '' } = it.receiver.received.at(-1) ?? {}
    const digest = (algorithm: string) => createHmac(algorithm, secret).update(text).digest('hex')
    return { spark: headers['x-spark-signature'], newer: headers['x-webex-signature'], digest }
  }

  test('SHA-1 over the raw bytes, always; the newer header as a setting says', async () => {
    await it.listen('21')
    const plain = await signed()
    expect(plain.spark).toBe(plain.digest('sha1'))
    expect(plain.newer).toBeUndefined()
    for (const [webexSignature, form] of [
      ['sha256', 'sha256=256'],
      ['bare', '256'],
      ['sha256,sha512', 'sha256=256,sha512=512'],
      ['bare;bare', '256;512'],
      ['sha512', 'sha512=512'],
    ] as const) {
      it.sandbox.webex.set({ webexSignature })
      const { spark, newer, digest } = await signed()
      expect(spark).toBe(digest('sha1'))
      const wanted = form.replace(/(?<!sha)(256|512)/g, (bits) => digest(`sha${bits}`))
      expect(newer).toBe(wanted)
    }
  })

  test('none without a secret, a wrong one when ordered', async () => {
    await it.listen('21', { secret: undefined })
    expect((await signed()).spark).toBeUndefined()
    it.sandbox.webex.org().webhooks.clear()
    await it.listen('21')
    it.sandbox.webex.faults.orderDelivery({ kind: 'wrong-signature', event: 'telephony_calls.deleted' })
    const { spark, digest } = await signed()
    expect(spark).toMatch(/^[0-9a-f]{40}$/)
    expect(spark).not.toBe(digest('sha1'))
  })
})

describe('deliveries', () => {
  test('are lost, doubled and late when ordered, and never repeated by themselves', async () => {
    await it.listen('21')
    const { webex } = it.sandbox
    webex.faults.orderDelivery({ kind: 'reorder', event: 'telephony_calls.created', times: 1 })
    webex.faults.orderDelivery({ kind: 'duplicate', event: 'telephony_calls.updated', times: 1 })
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.said().map((line) => line.split(' ')[0])).toHaveLength(4)
    expect(it.said()[0]).toMatch(/^updated/)
    it.receiver.status = 500
    webex.faults.orderDelivery({ kind: 'drop', event: 'telephony_calls.created', times: 1 })
    const second = webex.ring({ from: outer, to: '+420222333421' })
    webex.hangUp(second.id)
    await it.sandbox.idle()
    expect(it.receiver.received).toHaveLength(5)
    expect(it.sandbox.ledger.hooks.at(-2)).toMatchObject({ error: 'never sent', fault: 'drop' })
  })

  test('failing too often makes the webhook inactive, without notice, until it is woken', async () => {
    const hook = await it.listen('21')
    const { webex } = it.sandbox
    webex.set({ webhookFailureLimit: 2 })
    it.receiver.status = 503
    const call = webex.ring({ from: outer, to: '+420222333421' })
    webex.answer(call.id, '21')
    webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.receiver.received).toHaveLength(2)
    const path = `/webhooks/${hook['id']}`
    expect((await it.ask('GET', path)).body['status']).toBe('inactive')
    const { name, targetUrl } = hook
    const woken = await it.ask('PUT', path, { body: { name, targetUrl, status: 'active' } })
    expect(woken).toMatchObject({ status: 200, body: { status: 'active' } })
  })
})
