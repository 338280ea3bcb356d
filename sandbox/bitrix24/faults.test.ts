import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Stage, startStage } from './stage.fixture.ts'

let stage: Stage
const incoming = { USER_ID: 2, PHONE_NUMBER: '+442079460123', TYPE: 2, EXTERNAL_CALL_ID: 'x-1' }

beforeEach(async () => {
  stage = await startStage()
  await stage.installed()
})
afterEach(() => stage.close())

const order = (fault: Parameters<Stage['sandbox']['bitrix24']['faults']['order']>[0]) =>
  stage.sandbox.bitrix24.faults.order(fault)

describe('a fault on requests', () => {
  test.each([
    ['429', 429, 'OPERATION_TIME_LIMIT'],
    ['503', 503, 'QUERY_LIMIT_EXCEEDED'],
    ['500', 500, 'INTERNAL_SERVER_ERROR'],
    ['expired-token', 401, 'expired_token'],
    ['revoked-token', 401, 'invalid_token'],
  ] as const)('%s answers so and does nothing', async (kind, status, error) => {
    order({ kind, method: 'telephony.externalcall.register', times: 1 })
    expect((await stage.rest('profile')).status).toBe(200)
    expect(await stage.rest('telephony.externalCall.register', incoming)).toMatchObject({
      status,
      body: { error },
    })
    expect(stage.sandbox.bitrix24.portal('acme').calls.size).toBe(0)
    expect(stage.sandbox.bitrix24.faults.active()).toEqual([])
  })

  test('can be any error, or no JSON at all', async () => {
    order({ kind: 'error', status: 401, error: 'CONNECTION_ERROR', description: 'no', times: 1 })
    order({ kind: 'html', times: 1 })
    expect(await stage.rest('profile')).toMatchObject({ status: 401, body: { error: 'CONNECTION_ERROR' } })
    expect(await stage.rest('profile')).toMatchObject({
      status: 502,
      body: expect.stringContaining('<html>'),
    })
    expect(stage.sandbox.ledger.requests.at(-1)).toMatchObject({
      vendor: 'bitrix24',
      company: 'acme',
      template: '/rest/profile',
      status: 502,
      fault: 'html',
    })
  })

  test('may take the answer away from what was done, at once or later', async () => {
    order({ kind: 'lost-answer', times: 1 })
    await expect(stage.rest('telephony.externalCall.register', incoming)).rejects.toThrow()
    expect(stage.sandbox.bitrix24.portal('acme').calls.size).toBe(1)
    order({ kind: 'late-effect', times: 1, delayMs: 20, cutAfterMs: 5 })
    await expect(
      stage.rest('telephony.externalCall.register', { ...incoming, EXTERNAL_CALL_ID: 'x-2' }),
    ).rejects.toThrow()
    await stage.sandbox.idle()
    // The client asks again and gets the call that there is.
    const again = await stage.rest('telephony.externalCall.register', incoming)
    const { bitrix24 } = stage.sandbox
    expect([...bitrix24.portal('acme').calls.keys()]).toContain(again.body.result.CALL_ID)
    expect(bitrix24.portal('acme').calls.size).toBe(2)
    expect(bitrix24.callCounts({ portal: 'acme', expected: ['x-1', 'x-3'] })).toEqual({
      expected: 2,
      lost: ['x-1', 'x-3'],
      duplicated: [],
      unexpected: [],
      open: ['x-1', 'x-2'],
    })
  })

  test('may be nothing but silence, or nobody there, at the OAuth server too', async () => {
    order({ kind: 'timeout', method: 'oauth/token', times: 1, cutAfterMs: 5 })
    order({ kind: 'down', method: 'oauth/*', times: 1 })
    const { bitrix24 } = stage.sandbox
    const ask = () => fetch(`${bitrix24.oauthHost()}/oauth/token/`, { method: 'POST' })
    await expect(ask()).rejects.toThrow()
    await expect(ask()).rejects.toThrow()
    expect((await ask()).status).toBe(400)
  })
})

describe('a fault on events', () => {
  beforeEach(async () => {
    await stage.rest('event.bind', { event: 'ONCRMLEADADD', handler: `${stage.appUrl}/event` })
  })
  const lead = () => stage.sandbox.bitrix24.people.add('acme', 'LEAD', { name: 'Lead' })
  const come = () => stage.events().map(({ data }) => data.FIELDS.ID)

  test('sends twice, never, late, or in another order', async () => {
    const { faults } = stage.sandbox.bitrix24
    faults.orderDelivery({ kind: 'duplicate', times: 1 })
    lead()
    await stage.sandbox.idle()
    faults.orderDelivery({ kind: 'drop', event: 'ONCRM*', times: 1 })
    lead()
    await stage.sandbox.idle()
    faults.orderDelivery({ kind: 'reorder', times: 1 })
    lead()
    lead()
    await stage.sandbox.idle()
    faults.orderDelivery({ kind: 'slow', delayMs: 1, times: 1 })
    lead()
    await stage.sandbox.idle()
    expect(come()).toEqual(['2', '2', '5', '4', '6'])
    expect(stage.sandbox.ledger.hooks.filter(({ sender }) => sender === 'bitrix24')).toMatchObject([
      { event: 'ONCRMLEADADD', subject: '2', status: 200, fault: 'duplicate' },
      { fault: 'duplicate' },
      { fault: 'drop', status: null },
      { fault: null },
      { fault: 'reorder' },
      { fault: 'slow' },
    ])
  })

  test('sends it as somebody else would, or without tokens', async () => {
    const { faults } = stage.sandbox.bitrix24
    const install = stage.sandbox.bitrix24.portal('acme').install('local.1')
    for (const kind of ['wrong-token', 'other-member', 'no-tokens'] as const) {
      faults.orderDelivery({ kind, times: 1 })
      lead()
      await stage.sandbox.idle()
    }
    const [forged, other, bare] = stage.events().map(({ auth }) => auth)
    expect(forged.application_token).not.toBe(install.applicationToken)
    expect(other.member_id).not.toBe(stage.sandbox.bitrix24.portal('acme').memberId)
    expect(bare.access_token).toBeUndefined()
    expect(bare.application_token).toBe(install.applicationToken)
  })

  test('is never a second try: what is refused stays refused', async () => {
    await stage.rest('event.bind', { event: 'ONCRMLEADADD', handler: 'http://127.0.0.1:1/event' })
    lead()
    await stage.sandbox.idle()
    const hooks = stage.sandbox.ledger.hooks.filter(({ url }) => url.includes(':1/'))
    expect(hooks).toMatchObject([{ status: null, attempt: 1 }])
  })
})

describe('handlers', () => {
  const bind = (params: object, token?: string) =>
    stage.rest('event.bind', { event: 'ONCRMLEADADD', handler: `${stage.appUrl}/event`, ...params }, token)

  test('are listed, refused twice, and taken away', async () => {
    expect((await bind({})).body.result).toBe(true)
    expect((await bind({})).body.error_description).toContain('Unable to set event handler')
    expect((await bind({ event: 'ONNOTHING' })).body.error).toBe('ERROR_EVENT_NOT_FOUND')
    expect((await stage.rest('event.get')).body.result).toEqual([
      { event: 'ONCRMLEADADD', handler: `${stage.appUrl}/event`, auth_type: '0', offline: 0 },
    ])
    const gone = { event: 'OnCrmLeadAdd', handler: `${stage.appUrl}/event` }
    expect((await stage.rest('event.unbind', gone)).body.result).toEqual({ count: 1 })
    expect((await stage.rest('event.get')).body.result).toEqual([])
  })

  test('of ordinary users act for themselves', async () => {
    await stage.sandbox.bitrix24.openApp({ portal: 'acme', userId: 2 })
    const own = stage.received.at(-1)?.body.AUTH_ID
    expect((await bind({ auth_type: 1 }, own)).body.error).toBe('ACCESS_DENIED')
    await bind({}, own)
    expect((await stage.rest('event.get', {}, own)).body.result).toMatchObject([{ auth_type: '2' }])
    stage.sandbox.bitrix24.people.add('acme', 'LEAD', { name: 'Lead' })
    await stage.sandbox.idle()
    expect(stage.events()[0].auth.user_id).toBe('2')
  })
})

test('every function is there over the control interface as well', async () => {
  const control = async (name: string, body?: object) => {
    const answer = await fetch(`${stage.sandbox.url}/control/bitrix24/${name}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  expect((await control('settings', { accessTokenSeconds: 60 })).body).toMatchObject({
    accessTokenSeconds: 60,
  })
  expect((await control('settings', { eventDelayMs: 1 })).body).toMatchObject({ accessTokenSeconds: 60 })
  expect((await control('settings', { accessTokenSeconds: 'x' })).status).toBe(400)
  await control('set-outgoing', { portal: 'acme', clientId: 'local.1', line: 'l' })
  const click = await control('click-to-call', { portal: 'acme', userId: 2, number: '+442079460123' })
  expect(click.body).toMatchObject({ callId: expect.any(String), delivered: 0 })
  expect((await control('cards')).body).toMatchObject({ acme: { shown: [{ userId: 2 }] } })
  expect((await control('portals')).body).toMatchObject([
    { name: 'acme', calls: [{ phone: '+442079460123' }] },
  ])
  expect((await control('external-calls')).body).toMatchObject({ acme: [{ open: 1 }] })
  expect((await control('faults/order', { kind: 'nothing' })).status).toBe(400)
})
