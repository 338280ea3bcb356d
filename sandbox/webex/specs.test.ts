import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { webexRoutes } from './api.ts'
import { type Given, given, outer, userScopes } from './given.ts'
import { scenarioNames } from './scenarios.ts'
import { type WebexSpecs, webexSpecsFromEnvironment } from './specs.ts'

const specs = await webexSpecsFromEnvironment()
const title =
  specs === undefined
    ? 'official descriptions of Webex absent (set RINGFENCE_VENDOR_SPECS)'
    : 'the official descriptions of Webex'

let it: Given
beforeEach(async () => {
  it = await given({ recording: { afterSeconds: 0 } })
})
afterEach(() => it.close())

describe.skipIf(specs === undefined)(title, () => {
  const described = specs as WebexSpecs
  const seen = new Set<string>()

  /** Asks with a token that may everything, and holds the answer against the description. */
  async function ask(method: string, path: string, status: number, body?: unknown) {
    const scopes = it.sandbox.webex.apps.get('C')?.scopes ?? userScopes
    const answer = await it.ask(method, path, { token: it.token('21', scopes), body })
    expect({ method, path, status: answer.status }).toEqual({ method, path, status })
    seen.add(`${method} ${it.sandbox.ledger.requests.at(-1)?.template}`)
    const [plain = ''] = path.replace(/^http:\/\/[^/]+\/[^/]+\/v1/, '').split('?')
    const sent = status === 204 ? undefined : answer.body
    const wrong = described.checkResponse({ method, path: plain, status, body: sent })
    expect({ method, path, wrong }).toEqual({ method, path, wrong: [] })
    return answer.body
  }

  test('every answer validates', async () => {
    const { webex, clock } = it.sandbox
    await ask('GET', '/people/me?callingData=true', 200)
    await ask('GET', '/people?callingData=true&max=2', 200)
    await ask('GET', `/people/${webex.org().person('22').id}`, 200)
    const hook = {
      name: 'ours',
      targetUrl: it.receiver.url,
      resource: 'telephony_calls',
      event: 'created',
      secret: 's',
    }
    const path = `/webhooks/${(await ask('POST', '/webhooks', 200, hook))['id']}`
    await ask('GET', '/webhooks?max=5', 200)
    await ask('GET', path, 200)
    await ask('PUT', path, 200, { name: 'new', targetUrl: it.receiver.url, status: 'active' })
    await ask('DELETE', path, 204)

    const call = webex.ring({ from: outer })
    const { callId } = call.halves[0] ?? { callId: '' }
    await ask('GET', '/telephony/calls', 200)
    await ask('GET', `/telephony/calls/${callId}`, 200)
    for (const action of ['answer', 'hold', 'resume', 'mute', 'unmute', 'pauseRecording', 'resumeRecording'])
      await ask('POST', `/telephony/calls/${action}`, 204, { callId })
    for (const action of ['stopRecording', 'startRecording'])
      await ask('POST', `/telephony/calls/${action}`, 204, { callId })
    await ask('POST', '/telephony/calls/transfer', 201, { callId1: callId, destination: '22' })
    await ask('POST', '/telephony/calls/divert', 204, { callId, destination: '23' })
    webex.hangUp(call.id)
    const dialled = await ask('POST', '/telephony/calls/dial', 201, { destination: outer })
    await ask('POST', '/telephony/calls/hangup', 204, { callId: dialled['callId'] })
    const rejected = webex.ring({ from: outer, to: '+420222333421' }).halves[0]?.callId
    await ask('POST', '/telephony/calls/reject', 204, { callId: rejected, action: 'busy' })
    await ask('GET', '/telephony/calls/history', 200)
    await ask('GET', '/telephony/calls/history?type=missed', 200)

    const member = `/telephony/calls/members/${webex.org().person('22').id}`
    const theirs = await ask('POST', `${member}/dial`, 201, { destination: '21' })
    await ask('GET', `${member}/calls`, 200)
    await ask('GET', `${member}/calls/${theirs['callId']}`, 200)
    await ask('POST', `${member}/answer`, 204, { callId: theirs['callId'] })
    await ask('POST', `${member}/hangup`, 204, { callId: theirs['callId'] })

    await it.sandbox.idle()
    const list = await ask('GET', '/convergedRecordings?serviceType=calling&status=available&max=10', 200)
    const { id } = (list['items'] as { id: string }[])[0] ?? {}
    await ask('GET', '/admin/convergedRecordings?ownerEmail=anna@acme.example', 200)
    await ask('GET', `/convergedRecordings/${id}`, 200)
    await ask('GET', `/convergedRecordings/${id}/metadata`, 200)
    expect([...seen].sort()).toEqual(
      webexRoutes.map(({ method, template }) => `${method} ${template}`).sort(),
    )

    clock.advance(600)
    const now = clock.now()
    const time = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString()
    const base = webex.analyticsUrl()
    await ask('GET', `${base}/cdr_feed?startTime=${time(3600)}&endTime=${time(301)}`, 200)
    clock.advance(60)
    const fresh = await ask(
      'GET',
      `${base}/cdr_stream?startTime=${time(3600)}&endTime=${time(61)}&max=500`,
      200,
    )
    expect((fresh['items'] as unknown[]).length).toBeGreaterThan(5)
    expect(it.sandbox.ledger.requestViolations).toEqual([])
  })

  test('wrong answers and events are found', () => {
    const call = {
      id: '1',
      callSessionId: '2',
      personality: 'terminator',
      state: 'alerting',
      remoteParty: { privacyEnabled: true, callType: 'external' },
      created: '2026-11-23T09:15:00.000Z',
      muteCapable: false,
      muted: false,
    }
    expect(described.checkCall(call)).toEqual([])
    expect(described.checkCall({ ...call, callId: '1' })).not.toEqual([])
    expect(described.checkCall({ ...call, state: 'ringing' })).not.toEqual([])
    expect(described.checkCall({ ...call, remoteParty: { callType: 'external' } })).not.toEqual([])
    const answer = (path: string, body: unknown) =>
      described.checkResponse({ method: 'GET', path, status: 200, body })
    expect(answer('/telephony/calls', { items: [call] })).toEqual([])
    expect(answer('/telephony/calls', { calls: [call] })).not.toEqual([])
    expect(answer('/people/me', { id: '1', mail: 'a@b.example' })).not.toEqual([])
    expect(answer('/convergedRecordings', { items: [{ id: '1' }] })).not.toEqual([])
    expect(answer('/cdr_feed', { items: [{ Duration: '7' }] })).not.toEqual([])
    expect(answer('/cdr_feed', { items: [{ duration: 7 }] })).not.toEqual([])
  })

  test('a request that does not fit is written down', async () => {
    await it.ask('POST', '/telephony/calls/dial', { body: { destination: 1, wrong: 1 } })
    await it.ask('GET', '/people?what=1')
    const messages = it.sandbox.ledger.requestViolations.map(({ path, message }) => `${path}: ${message}`)
    expect(messages.join('\n')).toMatch(/dial: .*[\s\S]*wrong[\s\S]*what is not described/)
  })

  test.each(scenarioNames)('every event of %s has the fields of a call', async (name) => {
    for (const extension of ['21', '22', '23']) await it.listen(extension)
    await it.sandbox.webex.play(name, { outer, speed: 100_000 })
    await it.sandbox.idle()
    expect(it.data().length).toBeGreaterThan(1)
    for (const data of it.data()) {
      const {
        callId,
        eventType: _type,
        eventTimestamp: _at,
        disconnected: _end,
        completedElsewhere: _else,
        endpointId: _id,
        endpointType: _app,
        ...call
      } = data
      expect(described.checkCall({ id: callId, ...call })).toEqual([])
    }
  })
})
