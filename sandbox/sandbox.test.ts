import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from './index.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const app = {
  clientId: 'client',
  clientSecret: 'secret',
  scopes: ['contacts:full', 'activities:full', 'phone-integration', 'users:read', 'webhooks:full'],
}
const basic = `Basic ${Buffer.from('client:secret').toString('base64')}`

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  sandbox = await startSandbox({ retryScale: 0.001 })
  receiver = await startReceiver()
  sandbox.pipedrive.registerApp({ ...app, callbackUrl: `${receiver.url}/callback` })
  sandbox.pipedrive.createCompany({
    domain: 'acme',
    users: [
      { name: 'Anna Nováková', email: 'anna@acme.example', admin: true, language: 'cs' },
      { name: 'Boris Král', email: 'boris@acme.example' },
    ],
    persons: [{ name: 'Ada Lovelace', phones: [{ value: '020 7946 0123' }] }],
  })
})

afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

async function authorize(more: Record<string, string>): Promise<URL> {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: `${receiver.url}/callback`,
    state: 'st',
    ...more,
  })
  const response = await fetch(`${sandbox.pipedrive.oauthHost}/oauth/authorize?${query}`, {
    redirect: 'manual',
  })
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location') ?? '')
}

async function token(form: Record<string, string>) {
  const response = await fetch(`${sandbox.pipedrive.oauthHost}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams(form),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

async function install(userId = 101): Promise<Record<string, string>> {
  const back = await authorize({ user: String(userId) })
  const { status, body } = await token({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: `${receiver.url}/callback`,
  })
  expect(status).toBe(200)
  return body
}

async function api(
  tokens: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> & { data: unknown } }> {
  const response = await fetch(`${tokens['api_domain']}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens['access_token']}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown> & { data: unknown },
  }
}

describe('OAuth', () => {
  test('a code works once, within five minutes', async () => {
    const back = await authorize({ user: '101' })
    expect(back.searchParams.get('state')).toBe('st')
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: `${receiver.url}/callback`,
    }
    const first = await token(form)
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 })
    expect(first.body['access_token']?.length).toBeGreaterThan(768)
    expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })

    const late = await authorize({ user: '101' })
    sandbox.clock.advance(301)
    const expired = await token({ ...form, code: late.searchParams.get('code') ?? '' })
    expect(expired.status).toBe(400)
  })

  test('a user may refuse', async () => {
    const back = await authorize({ user: '101', decision: 'deny' })
    expect(back.searchParams.get('error')).toBe('user_denied')
    expect(back.searchParams.get('code')).toBeNull()
  })

  test('the sign-in page offers every user', async () => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: `${receiver.url}/callback`,
    })
    const page = await fetch(`${sandbox.pipedrive.oauthHost}/oauth/authorize?${query}`)
    expect(await page.text()).toMatch(/Anna Nováková \(admin\)[\s\S]*Boris Král/)
  })

  test('a refresh rotates the token by default and keeps it when told so', async () => {
    const first = await install()
    const old = { grant_type: 'refresh_token', refresh_token: first['refresh_token'] ?? '' }
    const second = await token(old)
    expect(second.status).toBe(200)
    expect(second.body['refresh_token']).not.toBe(first['refresh_token'])
    expect((await token(old)).body).toMatchObject({ success: false, error: 'invalid_grant' })
    sandbox.pipedrive.set({ rotateRefreshTokens: false })
    const same = { grant_type: 'refresh_token', refresh_token: second.body['refresh_token'] ?? '' }
    expect((await token(same)).body['refresh_token']).toBe(same.refresh_token)
    sandbox.clock.advance(61 * 24 * 3600)
    expect((await token(same)).status).toBe(400)
  })

  test('an access token ends after an hour, and with the uninstall', async () => {
    const tokens = await install()
    expect((await api(tokens, 'GET', '/api/v1/users/me')).body.data).toMatchObject({
      id: 101,
      company_domain: 'acme',
      language: { language_code: 'cs' },
    })
    sandbox.clock.advance(3601)
    const refused = await api(tokens, 'GET', '/api/v1/users/me')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('x-401-by-gw')).toBe('true')
    const again = await install()
    expect(await sandbox.pipedrive.uninstall(101)).toBe(200)
    expect(receiver.received.at(-1)).toMatchObject({
      method: 'DELETE',
      headers: { authorization: basic },
      body: { client_id: 'client', user_id: 101, company_id: expect.any(Number) },
    })
    expect((await api(again, 'GET', '/api/v1/users/me')).status).toBe(401)
  })

  test('revoke says 200 to anything and uninstalls for a refresh token', async () => {
    const tokens = await install()
    for (const value of ['nonsense', tokens['refresh_token'] ?? '']) {
      const response = await fetch(`${sandbox.pipedrive.oauthHost}/oauth/revoke`, {
        method: 'POST',
        headers: { authorization: basic },
        body: new URLSearchParams({ token: value }),
      })
      expect(response.status).toBe(200)
    }
    expect((await api(tokens, 'GET', '/api/v1/users/me')).status).toBe(401)
    expect(sandbox.pipedrive.installedUsers()).toEqual([])
  })
})

describe('API', () => {
  test('prices are charged to the company, and told', async () => {
    const tokens = await install()
    await api(tokens, 'GET', '/v1/users')
    const { headers } = await api(tokens, 'GET', '/api/v2/persons')
    expect(sandbox.ledger.tokens('acme')).toBe(30)
    expect(headers.get('x-daily-ratelimit-token-remaining')).toBe('89970')
    expect(headers.get('x-ratelimit-limit')).toBe('80')
  })

  test('a missing scope is refused as the gateway does', async () => {
    sandbox.pipedrive.registerApp({ ...app, callbackUrl: `${receiver.url}/callback`, scopes: [] })
    const tokens = await install()
    const refused = await api(tokens, 'GET', '/api/v2/persons')
    expect(refused).toMatchObject({ status: 403, body: { error: 'Scope and URL mismatch', errorCode: 403 } })
  })

  test('bursts end in 429 and then in an HTML page', async () => {
    const tokens = await install()
    const search = () =>
      fetch(`${tokens['api_domain']}/api/v2/persons/search?term=ada`, {
        headers: { authorization: `Bearer ${tokens['access_token']}` },
      })
    const statuses: number[] = []
    for (let i = 0; i < 31; i += 1) {
      const response = await search()
      statuses.push(response.status)
      if (response.status === 403) expect(await response.text()).toContain('<html>')
      else await response.arrayBuffer()
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(403)
  })

  test('a used-up daily budget refuses everything until the next day', async () => {
    const tokens = await install()
    sandbox.pipedrive.company('acme').budget.exhaust(sandbox.clock.now())
    const refused = await api(tokens, 'GET', '/api/v1/users/me')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-daily-ratelimit-token-remaining')).toBe('0')
  })

  test('persons are walked by cursor, each once', async () => {
    for (let i = 0; i < 6; i += 1) sandbox.pipedrive.addPerson('acme', { name: `Person ${i}` })
    const tokens = await install()
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/api/v2/persons?limit=3&sort_by=id&sort_direction=asc${cursor && `&cursor=${cursor}`}`
      const { body } = await api(tokens, 'GET', path)
      seen.push(...(body.data as { id: number }[]).map(({ id }) => id))
      cursor = (body['additional_data'] as { next_cursor: string | null }).next_cursor
    }
    expect(seen).toEqual([...new Set(seen)])
    expect(seen).toHaveLength(7)
    for (const query of [
      'limit=501',
      'limit=x',
      'updated_since=2026-01-01T00:00:00.5Z',
      'what=1',
      'cursor=zz',
    ]) {
      expect((await api(tokens, 'GET', `/api/v2/persons?${query}`)).status).toBe(400)
    }
  })

  test('v2 takes input by its types only', async () => {
    const tokens = await install()
    for (const wrong of [
      { name: 'X', owner_id: '101' },
      { name: 'X', what: 1 },
      { phones: [] },
      {
        name: 'X',
        phones: [
          { value: '1', primary: true },
          { value: '2', primary: true },
        ],
      },
    ]) {
      expect((await api(tokens, 'POST', '/api/v2/persons', wrong)).status).toBe(400)
    }
    const made = await api(tokens, 'POST', '/api/v2/persons', {
      name: 'Grace Hopper',
      phones: [{ value: '+12025550143' }],
    })
    expect(made.body.data).toMatchObject({
      first_name: 'Grace',
      phones: [{ value: '+12025550143', label: 'work', primary: true }],
    })
    const found = await api(tokens, 'GET', '/api/v2/persons/search?term=2025550143&fields=phone')
    expect(found.body.data).toMatchObject({ items: [{ item: { phones: ['+12025550143'] } }] })
  })
})

describe('call logs', () => {
  const log = {
    to_phone_number: '+420222333444',
    from_phone_number: '+442079460123',
    outcome: 'connected',
    start_time: '2026-11-23 06:01:00',
    end_time: '2026-11-23 06:04:03',
    duration: '183',
    subject: 'Inbound call',
  }

  test('a log is an activity; deleting the log keeps it', async () => {
    const tokens = await install()
    const made = await api(tokens, 'POST', '/api/v1/callLogs', { ...log, person_id: 1 })
    const { id, activity_id: activityId } = made.body.data as { id: string; activity_id: number }
    expect(made.body.data).toMatchObject({ has_recording: false, start_time: '2026-11-23T06:01:00.000Z' })
    const activity = await api(tokens, 'GET', `/api/v2/activities/${activityId}`)
    expect(activity.body.data).toMatchObject({ type: 'call', person_id: 1, done: true, duration: '00:03:03' })
    expect((await api(tokens, 'GET', '/api/v1/callLogs')).body.data).toHaveLength(1)
    expect((await api(tokens, 'DELETE', `/api/v1/callLogs/${id}`)).status).toBe(200)
    expect((await api(tokens, 'DELETE', `/api/v1/callLogs/${id}`)).status).toBe(410)
    expect(sandbox.ledger.held()).toHaveLength(1)
    await api(tokens, 'DELETE', `/api/v2/activities/${activityId}`)
    expect(sandbox.ledger.held()).toEqual([])
  })

  test('what is missing or wrong is refused', async () => {
    const tokens = await install(102)
    const { outcome: _, ...without } = log
    expect((await api(tokens, 'POST', '/api/v1/callLogs', without)).body['error']).toBe(
      '"outcome" is required.',
    )
    const post = async (more: object) =>
      (await api(tokens, 'POST', '/api/v1/callLogs', { ...log, ...more })).status
    expect(await post({ duration: 183 })).toBe(400)
    expect(await post({ outcome: 'answered' })).toBe(400)
    expect(await post({ start_time: '2026-11-23T06:01:00Z' })).toBe(400)
    expect(await post({ person_id: 999 })).toBe(404)
    expect(await post({ user_id: 101 })).toBe(403)
    expect(await post({})).toBe(200)
  })

  test('one recording only', async () => {
    const tokens = await install()
    const made = await api(tokens, 'POST', '/api/v1/callLogs', log)
    const { id } = made.body.data as { id: string }
    const upload = async () => {
      const form = new FormData()
      form.set('file', new Blob(['sound'], { type: 'audio/mpeg' }), 'call.mp3')
      const response = await fetch(`${tokens['api_domain']}/api/v1/callLogs/${id}/recordings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens['access_token']}` },
        body: form,
      })
      return response.status
    }
    expect(await upload()).toBe(200)
    expect(await upload()).toBe(409)
    const stored = sandbox.pipedrive.company('acme').callLogs.get(id)?.recording
    expect(stored).toEqual({
      bytes: 5,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      contentType: 'audio/mpeg',
      fileName: 'call.mp3',
    })
  })
})

describe('webhooks', () => {
  const subscription = () => ({
    subscription_url: `${receiver.url}/hook`,
    event_action: '*',
    event_object: 'person',
    name: 'persons',
    http_auth_user: 'u',
    http_auth_password: 'p',
  })

  test('a change tells old values, with string ids in meta', async () => {
    const tokens = await install()
    const made = await api(tokens, 'POST', '/api/v1/webhooks', subscription())
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'ok', data: { version: '2.0', owner_id: 101 } },
    })
    sandbox.pipedrive.editPerson('acme', 1, { name: 'Ada King' })
    await sandbox.idle()
    expect(receiver.received).toMatchObject([
      {
        headers: { authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
        body: {
          meta: { action: 'change', entity: 'person', entity_id: '1', version: '2.0', attempt: 1 },
          data: { id: 1, name: 'Ada King', visible_to: '3' },
          previous: { name: 'Ada Lovelace', last_name: 'Lovelace' },
        },
      },
    ])
  })

  test('a merge is a delete and a change', async () => {
    const tokens = await install()
    await api(tokens, 'POST', '/api/v1/webhooks', subscription())
    const other = sandbox.pipedrive.addPerson('acme', { name: 'A. L.', phones: [{ value: '123' }] })
    sandbox.pipedrive.mergePersons('acme', { fromId: other.id, intoId: 1 })
    await sandbox.idle()
    const metas = receiver.received.map(({ body }) => body['meta'] as Record<string, unknown>)
    expect(metas).toContainEqual(expect.objectContaining({ action: 'delete', merged_to_id: '1' }))
    expect(metas).toContainEqual(
      expect.objectContaining({ action: 'change', merged_from_id: String(other.id) }),
    )
  })

  test('a failed delivery is repeated three times; ten failures ban the hook', async () => {
    const tokens = await install()
    await api(tokens, 'POST', '/api/v1/webhooks', subscription())
    receiver.status = 500
    sandbox.pipedrive.editPerson('acme', 1, { name: 'Ada King' })
    await sandbox.idle()
    const attempts = receiver.received.map(({ body }) => (body['meta'] as { attempt: number }).attempt)
    expect(attempts).toEqual([1, 2, 3, 4])
    for (let i = 0; i < 9; i += 1) sandbox.pipedrive.editPerson('acme', 1, { name: `Ada ${i}` })
    await sandbox.idle()
    receiver.status = 200
    const before = receiver.received.length
    sandbox.pipedrive.editPerson('acme', 1, { name: 'Ada lost' })
    await sandbox.idle()
    expect(receiver.received).toHaveLength(before)
    sandbox.clock.advance(1800)
    sandbox.pipedrive.editPerson('acme', 1, { name: 'Ada back' })
    await sandbox.idle()
    expect(receiver.received).toHaveLength(before + 1)
  })

  test('forty hooks per user, none without a listener, none left after the uninstall', async () => {
    const tokens = await install()
    const dead = { ...subscription(), subscription_url: 'http://127.0.0.1:1/hook' }
    expect(await api(tokens, 'POST', '/api/v1/webhooks', dead)).toMatchObject({
      status: 400,
      body: { errors: { subscription_url: ['invalid or non-reachable URL'] } },
    })
    for (let i = 0; i < 40; i += 1) await api(tokens, 'POST', '/api/v1/webhooks', subscription())
    expect((await api(tokens, 'POST', '/api/v1/webhooks', subscription())).status).toBe(400)
    const listed = (await api(tokens, 'GET', '/api/v1/webhooks')).body.data as { id: number }[]
    expect(listed).toHaveLength(40)
    const colleague = await install(102)
    expect((await api(colleague, 'GET', '/api/v1/webhooks')).body.data).toEqual([])
    expect((await api(colleague, 'DELETE', `/api/v1/webhooks/${listed[0]?.id}`)).status).toBe(403)
    expect((await api(tokens, 'DELETE', `/api/v1/webhooks/${listed[0]?.id}`)).status).toBe(200)
    await sandbox.pipedrive.uninstall(101)
    expect(sandbox.pipedrive.company('acme').webhooks.size).toBe(0)
  })
})

describe('OptimCall', () => {
  const line = '+420222333444'

  beforeEach(() => {
    sandbox.optimcall.createTenant({
      name: 'acme',
      company: 'acme',
      hookUrl: `${receiver.url}/hook`,
      secret: 'key',
      retryIntervalSeconds: 0.01,
      extensions: [{ number: '21', devices: 2 }, { number: '22' }],
      groups: { '20': ['21', '22'] },
      lines: [{ number: line, name: 'Sales', rings: ['20'] }],
    })
  })

  const names = () => receiver.received.map(({ body }) => body['name'])

  test('ring, answer, hang up', async () => {
    const call = sandbox.optimcall.ring({ from: '+442079460123' })
    expect(call).toMatchObject({ ringing: ['21', '22'], answered: false })
    sandbox.clock.advance(7)
    sandbox.optimcall.answer(call.id, '21')
    sandbox.clock.advance(60)
    sandbox.optimcall.hangUp(call.id, 'caller')
    await sandbox.idle()
    expect(names()).toEqual([
      'callStarted',
      'legConnected',
      'legRinging',
      'legRinging',
      'legRinging',
      'legConnected',
      'callConnected',
      'legDisconnected',
      'legDisconnected',
      'legDisconnected',
      'legDisconnected',
      'callDisconnected',
    ])
    const last = receiver.received.at(-1)
    expect(last?.headers['x-optimcall-key']).toBe('key')
    expect(last?.body).toMatchObject({
      callId: expect.stringMatching(/^[0-9a-f]{24}$/),
      callType: 'externalInbound',
      callerNumber: '+442079460123',
      calledNumber: line,
      calledName: 'Sales',
      answeredByNumber: '21',
      callOutcome: 'answered',
      disconnectedBy: 'caller',
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect(Number(last?.body['conversationLength'])).toBeGreaterThanOrEqual(60)
    expect(sandbox.ledger.summary()).toMatchObject({ calls: 1, expected: 1, lost: 1, duplicated: 0 })
  })

  test('a failed delivery is repeated and arrives after newer events', async () => {
    receiver.status = 503
    const call = sandbox.optimcall.ring({ from: 'withheld', withheldAs: 'anonymous', ring: ['22'] })
    sandbox.optimcall.hangUp(call.id)
    while (receiver.received.length === 0) await sandbox.optimcall.timers.sleep(1)
    receiver.status = 200
    await sandbox.idle()
    const good = sandbox.ledger.hooks.filter(({ status }) => status === 200).map(({ event }) => event)
    expect(good.sort()).toEqual([
      'callDisconnected',
      'callStarted',
      'legConnected',
      'legDisconnected',
      'legDisconnected',
      'legRinging',
    ])
    expect(sandbox.ledger.hooks).toContainEqual(
      expect.objectContaining({ event: 'callStarted', attempt: 2, status: 200 }),
    )
    expect(receiver.received.at(-1)?.body).toMatchObject({ callerNumber: 'anonymous' })
  })

  test('the ledger finds a call by number and start, once', async () => {
    const tokens = await install()
    const call = sandbox.optimcall.ring({ from: '+442079460123', expectedPersonId: 1 })
    sandbox.optimcall.hangUp(call.id)
    const start = call.startTime.slice(0, 19).replace('T', ' ')
    const post = (from: string) =>
      api(tokens, 'POST', '/api/v1/callLogs', {
        to_phone_number: line,
        from_phone_number: from,
        outcome: 'no_answer',
        start_time: start,
        end_time: start,
      })
    await post('+44 20 7946 0123')
    expect(sandbox.ledger.summary()).toMatchObject({ lost: 0, duplicated: 0, activities: 1, strays: 0 })
    await post('00442079460123')
    expect(sandbox.ledger.summary()).toMatchObject({ lost: 0, duplicated: 1, activities: 2 })
    await post('+442079460999')
    expect(sandbox.ledger.summary()).toMatchObject({ strays: 1 })
  })
})

describe('control', () => {
  test('the same functions by HTTP, JSON only', async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${sandbox.url}/control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const added = await post('pipedrive/add-person', { domain: 'acme', person: { name: 'Grace Hopper' } })
    expect(await added.json()).toMatchObject({ name: 'Grace Hopper' })
    expect((await post('pipedrive/add-person', { domain: 'acme', person: {} })).status).toBe(409)
    expect((await post('optimcall/answer', { callId: 'x', number: '1' })).status).toBe(409)
    expect((await post('optimcall/answer', {})).status).toBe(400)
    const form = await fetch(`${sandbox.url}/control/reset`, { method: 'POST', body: 'x' })
    expect(form.status).toBe(415)
    const companies = await fetch(`${sandbox.url}/control/companies`)
    expect(await companies.json()).toMatchObject([{ domain: 'acme', tokensUsed: 0 }])
  })
})
