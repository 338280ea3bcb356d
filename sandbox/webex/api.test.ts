import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Given, given, outer, redirectUri, userScopes } from './given.ts'

let it: Given
beforeEach(async () => {
  it = await given()
})
afterEach(() => it.close())

const authorize = async (more: Record<string, string>) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'C',
    redirect_uri: redirectUri,
    scope: userScopes.join(' '),
    state: 'x',
    ...more,
  })
  const address = `${it.sandbox.webex.apiUrl}/authorize?${query}`
  const answer = await fetch(address, { redirect: 'manual' })
  const location = answer.headers.get('location')
  return { status: answer.status, back: location === null ? undefined : new URL(location).searchParams }
}
const token = async (form: Record<string, string>) => {
  const answer = await fetch(`${it.sandbox.webex.apiUrl}/access_token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'C', client_secret: 'S', redirect_uri: redirectUri, ...form }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('OAuth', () => {
  test('gives a code for a person, tokens for the code, once', async () => {
    const { status, back } = await authorize({ user: 'boris@acme.example' })
    expect([status, back?.get('state')]).toEqual([302, 'x'])
    const code = back?.get('code') ?? ''
    const { body } = await token({ grant_type: 'authorization_code', code })
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 1_209_600,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 7_776_000,
      token_type: 'Bearer',
      scope: userScopes.join(' '),
    })
    const me = await it.ask('GET', '/people/me', { token: String(body['access_token']) })
    expect(me.body).toMatchObject({ emails: ['boris@acme.example'], extension: '22' })
    const again = await token({ grant_type: 'authorization_code', code })
    expect(again).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', trackingId: expect.any(String), errors: [expect.anything()] },
    })
  })

  test('says no: denied, unknown scope, wrong redirect, and administrators’ scopes for nobody else', async () => {
    expect((await authorize({ user: '21', decision: 'deny' })).back?.get('error')).toBe('access_denied')
    expect((await authorize({ user: '21', scope: 'spark:all' })).back?.get('error')).toBe('invalid_scope')
    expect((await authorize({ redirect_uri: 'https://elsewhere.example/' })).status).toBe(400)
    expect((await authorize({})).status).toBe(200)
    const scope = 'spark:people_read spark-admin:people_read'
    const scopes = async (user: string) => {
      const code = (await authorize({ user, scope })).back?.get('code') ?? ''
      return (await token({ grant_type: 'authorization_code', code })).body['scope']
    }
    expect(await scopes('21')).toBe(scope)
    expect(await scopes('22')).toBe('spark:people_read')
  })

  test('rotates refresh tokens unless told otherwise, and their clock starts anew', async () => {
    const { webex } = it.sandbox
    const first = webex.allow({ clientId: 'C', user: '21' })
    const refresh = (refresh_token: unknown) =>
      token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) })
    const second = (await refresh(first.refresh_token)).body
    expect(second['refresh_token']).not.toBe(first.refresh_token)
    expect((await refresh(first.refresh_token)).status).toBe(400)
    webex.set({ rotateRefreshTokens: false, refusedGrantStatus: 401 })
    it.sandbox.clock.advance(80 * 86_400)
    expect((await refresh(second['refresh_token'])).body['refresh_token']).toBe(second['refresh_token'])
    it.sandbox.clock.advance(80 * 86_400)
    expect((await refresh(second['refresh_token'])).status).toBe(200)
    it.sandbox.clock.advance(91 * 86_400)
    expect((await refresh(second['refresh_token'])).status).toBe(401)
  })

  test('access ends by time, by a changed password, and when somebody leaves', async () => {
    const { webex } = it.sandbox
    const status = async (extension: string) =>
      (await it.ask('GET', '/people/me', { token: it.token(extension) })).status
    expect(await status('22')).toBe(200)
    webex.killTokens({ user: '22' })
    expect(await status('22')).toBe(401)
    expect(await status('23')).toBe(200)
    webex.deactivatePerson('acme', '23')
    expect(await status('23')).toBe(401)
    expect(await status('21')).toBe(200)
    it.sandbox.clock.advance(1_209_601)
    expect(await status('21')).toBe(401)
  })
})

describe('the API', () => {
  test('refuses with a message, descriptions (unless left out) and a tracking id', async () => {
    const { status, body, headers } = await it.ask('GET', '/people/me', { token: 'no' })
    expect(status).toBe(401)
    expect(body).toMatchObject({ message: expect.any(String), errors: [{ description: expect.any(String) }] })
    expect(headers.get('trackingid')).toBe(body['trackingId'])
    it.sandbox.webex.set({ listsErrors: false })
    expect((await it.ask('GET', '/nothing')).body).not.toHaveProperty('errors')
    const readOnly = it.token('21', ['spark:calls_read'])
    const dial = { token: readOnly, body: { destination: outer } }
    expect((await it.ask('POST', '/telephony/calls/dial', dial)).status).toBe(403)
    expect((await it.ask('DELETE', '/people/me')).status).toBe(405)
  })

  test('lists people page by page', async () => {
    const admin = it.token('21', ['spark-admin:people_read'])
    const first = await it.ask('GET', '/people?max=2&callingData=true', { token: admin })
    expect((first.body['items'] as { extension: string }[]).map(({ extension }) => extension)).toEqual([
      '21',
      '22',
    ])
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await it.ask('GET', next, { token: admin })
    expect((second.body['items'] as unknown[]).length).toBe(1)
    expect(second.headers.get('link')).toBeNull()
    expect((await it.ask('GET', '/people', { token: it.token('22') })).status).toBe(400)
    const other = await it.ask('GET', '/people?email=anna@acme.example', { token: it.token('22') })
    expect(other.body['items']).toEqual([expect.not.objectContaining({ extension: '21' })])
    const me = await it.ask('GET', '/people/me')
    expect(me.body['phoneNumbers']).toContainEqual({ type: 'work', value: '+420 222 333 421', primary: true })
  })

  test('429 carries Retry-After, and trouble comes as ordered', async () => {
    const { faults } = it.sandbox.webex
    faults.order({ kind: '429', path: '/people/me', times: 1, retryAfterSeconds: 42 })
    const busy = await it.ask('GET', '/people/me')
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '42'])
    faults.order({ kind: '429', times: 1, retryAfterSeconds: null })
    expect((await it.ask('GET', '/people/me')).headers.get('retry-after')).toBeNull()
    faults.order({ kind: '503', times: 1 })
    expect((await it.ask('GET', '/people/me')).status).toBe(503)
    faults.order({ kind: 'down', times: 1 })
    await expect(it.ask('GET', '/people/me')).rejects.toThrow()
    faults.order({ kind: 'expired-token', times: 1 })
    expect((await it.ask('GET', '/people/me')).status).toBe(401)
    expect(it.sandbox.ledger.requests.map(({ vendor, fault }) => [vendor, fault])).toEqual([
      ['webex', '429'],
      ['webex', '429'],
      ['webex', '503'],
      ['webex', 'down'],
      ['webex', 'expired-token'],
    ])
  })
})

describe('webhooks', () => {
  const body = {
    name: 'ours',
    targetUrl: 'https://crm.example/hook',
    resource: 'telephony_calls',
    event: 'all',
    secret: 's',
  }

  test('are made, read, changed within limits and deleted', async () => {
    const { webex } = it.sandbox
    const made = await it.ask('POST', '/webhooks', { body })
    expect(made).toMatchObject({ status: 200, body: { ...body, status: 'active', ownedBy: 'creator' } })
    webex.set({ webhookCreateStatus: 201 })
    expect((await it.ask('POST', '/webhooks', { body })).status).toBe(201)
    const path = `/webhooks/${made.body['id']}`
    const change = { name: 'new', targetUrl: body.targetUrl, event: 'created' }
    expect((await it.ask('PUT', path, { body: change })).body).toMatchObject({ name: 'new', event: 'all' })
    expect((await it.ask('PUT', path, { body: { name: 'new' } })).status).toBe(400)
    const inactive = { ...change, status: 'inactive' }
    expect((await it.ask('PUT', path, { body: inactive })).status).toBe(400)
    expect((await it.ask('GET', path, { token: it.token('22') })).status).toBe(404)
    expect((await it.ask('GET', '/webhooks')).body['items']).toHaveLength(2)
    expect((await it.ask('DELETE', path)).status).toBe(204)
    expect((await it.ask('DELETE', path)).status).toBe(404)
  })

  test('of calls are for one person, and for all where that is allowed', async () => {
    const { webex } = it.sandbox
    const admin = it.token('21', ['spark-admin:calls_read'])
    const ofAll = { token: admin, body: { ...body, targetUrl: it.receiver.url, ownedBy: 'org' } }
    expect((await it.ask('POST', '/webhooks', ofAll)).status).toBe(400)
    webex.set({ orgLevelCalls: true })
    expect((await it.ask('POST', '/webhooks', { ...ofAll, token: it.token('22') })).status).toBe(403)
    expect((await it.ask('POST', '/webhooks', ofAll)).status).toBe(200)
    webex.dial({ from: '22', to: outer })
    await it.sandbox.idle()
    expect(it.said()).toEqual(['created connecting originator @22'])
    expect((await it.ask('GET', '/webhooks?ownedBy=org', { token: admin })).body['items']).toHaveLength(1)
  })

  test('can be filtered, and the same twice tells everything twice', async () => {
    await it.listen('21', { filter: 'state=connected&personality=terminator' })
    await it.listen('21', { event: 'deleted' })
    await it.listen('21', { event: 'deleted' })
    const call = it.sandbox.webex.ring({ from: outer, to: '+420222333421' })
    it.sandbox.webex.answer(call.id, '21')
    it.sandbox.webex.hangUp(call.id)
    await it.sandbox.idle()
    expect(it.said().map((line) => line.split(' ')[0])).toEqual(['updated', 'deleted', 'deleted'])
  })

  test('need the read scope, and where settings say so https and a listed event', async () => {
    const { webex } = it.sandbox
    const recordings = { ...body, resource: 'convergedRecordings' }
    const reader = it.token('22', ['spark:calls_read'])
    expect((await it.ask('POST', '/webhooks', { token: reader, body: recordings })).status).toBe(403)
    webex.set({ acceptsAllEvents: false, requireHttpsWebhooks: true })
    expect((await it.ask('POST', '/webhooks', { body })).status).toBe(400)
    const plain = { ...body, event: 'created', targetUrl: 'http://crm.example' }
    expect((await it.ask('POST', '/webhooks', { body: plain })).status).toBe(400)
  })
})

describe('call control', () => {
  const act = (action: string, body: unknown, extension = '21') =>
    it.ask('POST', `/telephony/calls/${action}`, { token: it.token(extension), body })

  test('dial rings the own phones first, then the number', async () => {
    await it.listen('21')
    const { webex } = it.sandbox
    const { status, body } = await act('dial', { destination: outer })
    expect(status).toBe(201)
    const callId = String(body['callId'])
    expect((await it.ask('GET', `/telephony/calls/${callId}`)).body).toMatchObject({
      id: callId,
      callSessionId: body['callSessionId'],
      personality: 'clickToDial',
      state: 'alerting',
    })
    webex.pickUp(callId)
    webex.answer(callId, outer)
    expect((await act('hold', { callId })).status).toBe(204)
    expect((await act('hold', { callId })).status).toBe(409)
    expect((await act('resume', { callId })).status).toBe(204)
    expect((await act('mute', { callId })).status).toBe(204)
    expect((await it.ask('GET', '/telephony/calls')).body['items']).toMatchObject([{ muted: true }])
    expect((await act('hangup', { callId })).status).toBe(204)
    expect((await act('hangup', { callId })).status).toBe(404)
    expect((await it.ask('GET', '/telephony/calls')).body['items']).toEqual([])
    await it.sandbox.idle()
    expect(it.said()).toEqual([
      'created alerting clickToDial @21',
      'updated connecting originator @21',
      'updated connected originator @21',
      'updated held originator @21',
      'updated connected originator @21',
      'updated connected originator @21',
      'deleted disconnected originator @21',
    ])
    expect(it.data()[0]).toMatchObject({ callId, eventType: 'originated' })
    expect((await it.ask('GET', '/telephony/calls/history?type=placed')).body['items']).toEqual([
      {
        type: 'placed',
        name: 'Ada Lovelace',
        number: outer,
        privacyEnabled: false,
        time: expect.any(String),
      },
    ])
  })

  test('a dialled call that nobody picks up is not placed', async () => {
    it.sandbox.webex.set({ setupSeconds: 0.01 })
    await it.listen('21')
    await act('dial', { destination: 'tel:+442079460123' })
    await expect.poll(() => it.sandbox.webex.liveCalls()).toEqual([])
    await it.sandbox.idle()
    expect(it.said().at(-1)).toBe('deleted disconnected clickToDial @21')
    expect(it.sandbox.ledger.calls[0]).toMatchObject({ outcome: 'notPlaced', expectLog: false })
    expect((await act('dial', { destination: 'who?' })).status).toBe(400)
  })

  test('answers, rejects, diverts and transfers one’s own calls only', async () => {
    const { webex } = it.sandbox
    const call = webex.ring({ from: outer })
    const callId = call.halves[0]?.callId
    expect((await act('answer', { callId }, '22')).status).toBe(404)
    expect((await act('reject', { callId: call.halves[2]?.callId }, '23')).status).toBe(204)
    expect((await act('answer', { callId })).status).toBe(204)
    expect((await act('divert', { callId })).status).toBe(400)
    const later = await act('transfer', { callId1: callId, destination: '22' })
    expect(later.status).toBe(201)
    webex.answer(call.id, '22')
    expect(webex.liveCalls()[0]?.halves.map(({ extension }) => extension)).toEqual(['22'])
    const moved = webex.liveCalls()[0]?.halves[0]?.callId
    expect((await act('divert', { callId: moved, destination: '23' }, '22')).status).toBe(204)
    expect(webex.liveCalls()[0]?.halves.map(({ extension }) => extension)).toEqual(['23'])
    expect((await act('transfer', {}, '21')).status).toBe(400)
  })

  test('members can be dialled for by an administrator', async () => {
    const token = it.token('21', ['spark-admin:calls_write', 'spark-admin:calls_read'])
    const member = `/telephony/calls/members/${it.sandbox.webex.org().person('22').id}`
    const dialled = await it.ask('POST', `${member}/dial`, { token, body: { destination: outer } })
    expect(dialled.status).toBe(201)
    expect((await it.ask('GET', `${member}/calls`, { token })).body['items']).toHaveLength(1)
    const { callId } = dialled.body
    expect((await it.ask('POST', `${member}/hangup`, { token, body: { callId } })).status).toBe(204)
    expect((await it.ask('GET', `${member}/calls/${callId}`, { token })).status).toBe(404)
  })
})
