import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './index.ts'
import { type Receiver, startReceiver } from './receiver.ts'

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  sandbox = await startSandbox()
  receiver = await startReceiver()
  sandbox.pipedrive.registerApp({
    clientId: 'client',
    clientSecret: 'secret',
    callbackUrl: `${receiver.url}/callback`,
    scopes: ['phone-integration', 'users:read'],
  })
  sandbox.pipedrive.createCompany({
    domain: 'acme',
    users: [{ name: 'Anna Nováková', email: 'anna@acme.example', admin: true }],
  })
  sandbox.optimcall.createTenant({
    name: 'acme',
    company: 'acme',
    hookUrl: `${receiver.url}/hook`,
    retryIntervalSeconds: 0.01,
    extensions: [{ number: '21' }],
    lines: [{ number: '+420222333444', rings: ['21'] }],
  })
})

afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

/** An access token, straight from the stand-in. */
function accessToken(): { access: string; refresh: string } {
  const app = sandbox.pipedrive.apps.get('client')
  const found = sandbox.pipedrive.findUser(101)
  if (app === undefined || found === undefined) throw new Error('not set up')
  const granted = sandbox.pipedrive.install(app, found.company, found.user)
  return { access: granted.access_token, refresh: granted.refresh_token }
}

async function request(method: string, path: string, token: string, body?: unknown) {
  const response = await fetch(`${sandbox.pipedrive.apiDomain('acme')}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  return response.status
}

const log = {
  to_phone_number: '+420222333444',
  outcome: 'connected',
  start_time: '2026-11-23 06:01:00',
  end_time: '2026-11-23 06:04:03',
}

test('a status fault hits the ordered requests and does nothing', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: '500', method: 'POST', path: '/api/v1/callLogs', times: 1 })
  expect(await request('GET', '/api/v1/users/me', access)).toBe(200)
  expect(await request('POST', '/v1/callLogs', access, log)).toBe(500)
  expect(sandbox.ledger.held()).toEqual([])
  expect(await request('POST', '/api/v1/callLogs', access, log)).toBe(200)
  expect(sandbox.faults.active()).toEqual([])
})

test('an ordered 429 is one of the burst', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: '429', times: 1 })
  const response = await fetch(`${sandbox.pipedrive.apiDomain('acme')}/api/v1/users/me`, {
    headers: { authorization: `Bearer ${access}` },
  })
  expect(response.status).toBe(429)
  expect(response.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(response.headers.get('x-daily-ratelimit-token-remaining')).not.toBe('0')
})

test('a late effect is never answered in time but happens', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: 'late-effect', times: 1, delayMs: 30, cutAfterMs: 10 })
  await expect(request('POST', '/api/v1/callLogs', access, log)).rejects.toThrow()
  await sandbox.idle()
  expect(sandbox.ledger.held()).toHaveLength(1)
  expect(sandbox.ledger.requests).toMatchObject([{ status: null, fault: 'late-effect', tokens: 10 }])
})

test('a timeout waits for the caller to give up and does nothing', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: 'timeout', times: 1 })
  const given = fetch(`${sandbox.pipedrive.apiDomain('acme')}/api/v1/callLogs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access}` },
    body: JSON.stringify(log),
    signal: AbortSignal.timeout(50),
  })
  await expect(given).rejects.toThrow()
  expect(sandbox.ledger.held()).toEqual([])
})

test('down destroys the connection, also of the OAuth host, until its time is over', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: 'down', forMs: 60_000 })
  await expect(request('GET', '/api/v1/users/me', access)).rejects.toThrow()
  const token = fetch(`${sandbox.pipedrive.oauthHost}/oauth/token`, { method: 'POST' })
  await expect(token).rejects.toThrow()
  sandbox.clock.advance(61)
  expect(await request('GET', '/api/v1/users/me', access)).toBe(200)
})

test('an expired token can be refreshed, a revoked one not', async () => {
  const first = accessToken()
  const refresh = async (token: string) => {
    const response = await fetch(`${sandbox.pipedrive.oauthHost}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('client:secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }
  sandbox.faults.order({ kind: 'expired-token', times: 1 })
  expect(await request('GET', '/api/v1/users/me', first.access)).toBe(401)
  const second = (await refresh(first.refresh)).body
  expect(await request('GET', '/api/v1/users/me', second['access_token'] ?? '')).toBe(200)
  sandbox.faults.order({ kind: 'revoked-token', times: 1 })
  expect(await request('GET', '/api/v1/users/me', second['access_token'] ?? '')).toBe(401)
  expect((await refresh(second['refresh_token'] ?? '')).status).toBe(400)
})

test('a budget can be used up by order', async () => {
  const { access } = accessToken()
  sandbox.faults.order({ kind: 'budget-exhausted', times: 1 })
  expect(await request('GET', '/api/v1/users/me', access)).toBe(429)
  expect(await request('GET', '/api/v1/users/me', access)).toBe(429)
  sandbox.clock.advance(24 * 3600)
  const next = accessToken()
  expect(await request('GET', '/api/v1/users/me', next.access)).toBe(200)
})

test('the same seed decides the same hits', () => {
  const pattern = () => {
    sandbox.faults.clear()
    sandbox.faults.order({ kind: '500', probability: 0.5 })
    return Array.from({ length: 40 }, () => sandbox.faults.takeApi({ method: 'GET', path: '/x' })?.kind)
  }
  const hits = pattern().filter((kind) => kind === '500').length
  expect(hits).toBeGreaterThan(0)
  expect(hits).toBeLessThan(40)
})

test('deliveries can come twice, late, out of order, again, or never', async () => {
  const order = sandbox.faults.orderDelivery.bind(sandbox.faults)
  order({ kind: 'reorder', event: 'callStarted', times: 1 })
  order({ kind: 'drop', event: 'legRinging', times: 1 })
  order({ kind: 'duplicate', event: 'legDisconnected', times: 1 })
  order({ kind: 'retry', event: 'callDisconnected', times: 1 })
  const call = sandbox.optimcall.ring({ from: '+442079460123' })
  sandbox.optimcall.hangUp(call.id)
  await sandbox.idle()
  const names = receiver.received.map(({ body }) => body['name'])
  expect(names[0]).toBe('legConnected')
  expect(names.indexOf('callStarted')).toBeGreaterThan(0)
  expect(names).not.toContain('legRinging')
  expect(names.filter((name) => name === 'legDisconnected')).toHaveLength(3)
  expect(names.filter((name) => name === 'callDisconnected')).toHaveLength(2)
})
