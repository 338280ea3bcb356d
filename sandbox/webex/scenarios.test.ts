import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Given, given, outer } from './given.ts'
import { scenarioNames } from './scenarios.ts'

let it: Given
const startAt = Date.parse('2026-11-23T09:15:00Z')
beforeEach(async () => {
  it = await given({ recording: { afterSeconds: 60 } })
  for (const extension of ['21', '22', '23']) await it.listen(extension)
})
afterEach(() => it.close())

const outcomes: Record<string, string> = {
  'inbound-missed': 'missed',
  'inbound-busy': 'missed',
  'private-missed': 'missed',
  'hunt-group-missed': 'missed',
  'queue-abandoned': 'missed',
  'outbound-not-answered': 'notAnswered',
  'click-to-call-not-picked-up': 'notPlaced',
}
/** What of a call is lost on the way, by how many events. */
const losses: Record<string, number> = { 'lost-created': 1, 'lost-hang-up': 1, 'webhook-inactive': 1 }

describe.each(scenarioNames)('%s', (name) => {
  test('is a true sequence of events', async () => {
    const call = await it.sandbox.webex.play(name, { outer, startAt, speed: 100_000 })
    await it.sandbox.idle()
    expect(call).toMatchObject({
      kind: name,
      outcome: outcomes[name] ?? 'answered',
      endedAt: expect.any(String),
    })
    expect(it.sandbox.webex.liveCalls()).toEqual([])
    const data = it.data()
    const times = data.map(({ eventTimestamp, callId }) => `${eventTimestamp} ${callId}`)
    const repeated = name === 'duplicate-delivery' ? 3 : 0
    expect(new Set(times).size).toBe(times.length - repeated)
    const halves = new Set(data.map(({ callId }) => callId))
    const ends = new Set(data.filter(({ state }) => state === 'disconnected').map(({ callId }) => callId))
    const lostEnd = name === 'lost-hang-up' || name === 'webhook-inactive'
    expect(ends.size).toBe(halves.size - (lostEnd ? 1 : 0))
    expect(new Set(data.map(({ callSessionId }) => callSessionId)).size).toBe(1)
    for (const event of data) {
      expect(event['answered'] !== undefined).toBe(
        ['connected', 'held', 'remoteHeld'].includes(String(event['state'])) ||
          (event['state'] === 'disconnected' && 'endpointId' in event),
      )
    }
    const events = it.receiver.received.map(({ body }) => body['event'])
    if (name === 'created-after-deleted') expect(events.indexOf('created')).toBeGreaterThan(0)
    const undelivered = it.sandbox.ledger.hooks.filter(({ status }) => status !== 200).length
    expect(undelivered).toBe(name === 'webhook-inactive' ? 0 : (losses[name] ?? 0))
  })
})

test('a token that ends while somebody talks is refreshed, not lost', async () => {
  const { webex } = it.sandbox
  const tokens = webex.allow({ clientId: 'C', user: '21' })
  await webex.play('token-expired', { outer, speed: 100_000 })
  expect((await it.ask('GET', '/people/me', { token: tokens.access_token })).status).toBe(401)
  const form = { grant_type: 'refresh_token', client_id: 'C', client_secret: 'S' }
  const answer = await fetch(`${webex.apiUrl}/access_token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, refresh_token: tokens.refresh_token }),
  })
  expect(answer.status).toBe(200)
})

test('everything is also a control request, and nothing is left after a reset', async () => {
  const post = async (name: string, body: object) => {
    const answer = await fetch(`${it.sandbox.url}/control/webex/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const { id } = (await post('ring', { from: outer, to: '+420222333421' })).body
  expect(await post('answer', { callId: id, number: '21' })).toMatchObject({ body: { answered: true } })
  await post('transfer', { callId: id, to: '22', kind: 'attended' })
  await post('answer', { callId: id, number: '22' })
  await post('complete-transfer', { callId: id })
  await post('hold', { callId: id })
  await post('resume', { callId: id, extension: '22' })
  expect((await post('hang-up', { callId: id })).status).toBe(200)
  expect((await post('hang-up', { callId: id })).status).toBe(409)
  expect((await post('ring', { who: 1 })).status).toBe(400)
  expect((await post('settings', { orgLevelCalls: true })).body['orgLevelCalls']).toBe(true)
  await post('faults/order', { kind: '503', times: 1 })
  const faults = await fetch(`${it.sandbox.url}/control/webex/faults`)
  expect(await faults.json()).toHaveLength(1)
  it.sandbox.reset()
  expect(it.sandbox.webex.orgs.size).toBe(0)
  expect(it.sandbox.webex.settings.orgLevelCalls).toBe(false)
  expect(it.sandbox.webex.faults.active()).toEqual([])
})
