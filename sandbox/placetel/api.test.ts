import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { routes } from './api.ts'
import { placetelSpecsFromEnvironment } from './specs.ts'

const specs = await placetelSpecsFromEnvironment()

let sandbox: Sandbox
let receiver: Receiver
const outer = '+442079460123'
const own = '+492214710123'
const peer = '777712345678@fpbx.de'

beforeEach(async () => {
  sandbox = await startSandbox()
  // Far from midnight, where a day's list would change under the test.
  sandbox.clock.advance((Date.parse('2026-11-23T10:00:00Z') - sandbox.clock.now()) / 1000)
  receiver = await startReceiver()
  sandbox.placetel.createAccount({
    name: 'acme',
    company: 'acme',
    apiKey: 'key',
    endpointUrl: receiver.url,
    recording: true,
    sipUsers: [
      { sipuid: peer, name: 'Anna Nováková', did: 21, callerid: own, email: 'anna@acme.example' },
      { name: 'Boris Král', did: 22, callerid: own, online: false },
    ],
    numbers: [
      { number: own, name: 'Sales' },
      { number: '+492214710124', queue: true },
    ],
    contacts: [
      { first_name: 'Ada', last_name: 'Lovelace', phone: outer },
      { blocked: true, phone: '0171 3920001' },
    ],
  })
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

type Json = Record<string, unknown>

async function ask<T = Json[]>(method: string, path: string, json?: unknown, key = 'key') {
  const response = await fetch(`${sandbox.placetel.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : undefined) as T,
  }
}
const get = async <T = Json[]>(path: string) => (await ask<T>('GET', path)).body

/** A whole incoming call; gives its call_id. */
async function call({
  from = outer,
  to = own,
  seconds = 154,
  type = 'accepted' as 'accepted' | 'missed' | 'voicemail',
} = {}) {
  const { id } = sandbox.placetel.ring({ from, to })
  if (type === 'accepted') sandbox.placetel.answer(id, 21)
  sandbox.clock.advance(seconds)
  sandbox.placetel.hangUp(id, type)
  await sandbox.idle()
  return id
}

describe('a key', () => {
  test('chooses the account, and without one nothing is answered', async () => {
    expect(await get<Json>('/me')).toMatchObject({
      company: 'acme',
      platform: 'PROFI',
      rights_numbers: ['02214710123', '02214710124'],
    })
    expect((await ask('GET', '/me', undefined, 'other')).status).toBe(401)
    expect((await fetch(`${sandbox.placetel.apiUrl}/me`)).status).toBe(401)
    sandbox.placetel.createAccount({ name: 'other', apiKey: 'other' })
    expect((await ask<Json>('GET', '/me', undefined, 'other')).body).toMatchObject({ company: 'other' })
    sandbox.placetel.revokeKey('acme')
    expect((await ask('GET', '/me')).status).toBe(401)
    sandbox.placetel.configure('acme', { apiKey: 'new key' })
    expect((await ask('GET', '/me', undefined, 'new key')).status).toBe(200)
    expect(() => sandbox.placetel.createAccount({ name: 'third', apiKey: 'other' })).toThrow('key')
  })

  test('is limited: so many requests, then 429 until the bucket has filled a little', async () => {
    sandbox.placetel.set({ rateLimit: { burst: 2, perSecond: 0.5 } })
    const first = await ask('GET', '/me')
    expect(first.headers.get('ratelimit-remaining')).toBe('1')
    expect(first.headers.get('ratelimit-reset')).toBe('2')
    await ask('GET', '/me')
    const third = await ask('GET', '/me')
    expect(third.status).toBe(429)
    expect(third.headers.get('retry-after')).toBe('2')
    sandbox.clock.advance(2)
    expect((await ask('GET', '/me')).status).toBe(200)
    sandbox.placetel.set({ rateLimitReset: 'unix-time' })
    expect(Number((await ask('GET', '/me')).headers.get('ratelimit-reset'))).toBeGreaterThan(1_000_000_000)
  })

  test.each([
    ['text', 'Unauthorized'],
    ['json', '{"error":"Unauthorized"}'],
    ['empty', ''],
  ] as const)('is refused in %s', async (errorBody, text) => {
    sandbox.placetel.set({ errorBody })
    expect(await ask('GET', '/me', undefined, 'x')).toMatchObject({ status: 401, text })
  })
})

describe('ordered faults', () => {
  const order = (
    kind: '429' | '500' | '503' | 'down' | 'expired-token' | 'revoked-token' | 'budget-exhausted',
  ) => sandbox.placetel.faults.order({ kind, path: '/v2/me', times: 1 })

  test('hit this API alone, and are in the ledger', async () => {
    sandbox.faults.order({ kind: '500' })
    order('503')
    expect((await ask('GET', '/numbers')).status).toBe(200)
    expect((await ask('GET', '/me')).status).toBe(503)
    order('429')
    expect((await ask('GET', '/me')).headers.get('retry-after')).toBe('1')
    order('down')
    await expect(ask('GET', '/me')).rejects.toThrow()
    expect(sandbox.ledger.requests).toMatchObject([
      { vendor: 'placetel', template: '/v2/numbers', status: 200, company: 'acme', fault: null },
      { status: 503, fault: '503' },
      { status: 429 },
      { status: null, fault: 'down' },
    ])
  })

  test('refuse the key once or for good, or use up the limit', async () => {
    order('expired-token')
    expect((await ask('GET', '/me')).status).toBe(401)
    expect((await ask('GET', '/me')).status).toBe(200)
    order('budget-exhausted')
    expect((await ask('GET', '/me')).status).toBe(429)
    sandbox.clock.advance(60)
    order('revoked-token')
    expect((await ask('GET', '/me')).status).toBe(401)
    expect((await ask('GET', '/me')).status).toBe(401)
  })

  test('a late request to call rings after all', async () => {
    sandbox.placetel.faults.order({
      kind: 'late-effect',
      method: 'POST',
      delayMs: 20,
      cutAfterMs: 5,
    })
    await expect(ask('POST', '/calls', { sipuid: peer, target: outer })).rejects.toThrow()
    await sandbox.idle()
    expect(sandbox.placetel.liveCalls()).toMatchObject([{ state: 'asked' }])
  })
})

describe('lists', () => {
  test('are bare arrays by pages', async () => {
    sandbox.placetel.configure('acme', {
      sipUsers: Array.from({ length: 130 }, (_, i) => ({ name: `User ${i}`, did: 100 + i })),
    })
    expect(await get('/sip_users')).toHaveLength(25)
    expect(await get('/sip_users?per_page=500')).toHaveLength(100)
    expect(await get('/sip_users?page=2&per_page=100')).toHaveLength(30)
    expect(await get('/sip_users?page=3&per_page=100')).toEqual([])
    expect((await ask('GET', '/sip_users?page=x')).status).toBe(400)
    sandbox.placetel.set({ ignoresPerPage: ['/sip_users'] })
    expect(await get('/sip_users?per_page=100')).toHaveLength(25)
  })

  test('show SIP users with their extensions, the password in a single one alone', async () => {
    const [anna] = await get('/sip_users?filter[did]=21')
    expect(anna).toMatchObject({
      sipuid: peer,
      username: '777712345678',
      domain: 'fpbx.de',
      did: 21,
      callerid: '02214710123',
    })
    expect(anna).not.toHaveProperty('password')
    expect(await get<Json>(`/sip_users/${anna?.['id']}`)).toHaveProperty('password')
    expect(await get('/users')).toMatchObject([
      { email: 'anna@acme.example', primary_sip_user_id: anna?.['id'] },
    ])
    expect(await get('/numbers?filter[name]=Sales')).toMatchObject([
      { number: '02214710123', prefix: '0221', numonly: '4710123' },
    ])
  })

  test('of contacts can be searched and changed', async () => {
    expect(await get('/contacts')).toMatchObject([{ last_name: 'Lovelace', phone: outer }])
    expect(await get('/contacts?filter[blocked]=true')).toMatchObject([{ phone: '+491713920001' }])
    expect(await get(`/contacts?search[number]=${encodeURIComponent('0044 20 7946 0123')}`)).toHaveLength(1)
    const made = await ask<Json>('POST', '/contacts', { last_name: 'Hopper', mobile: '0171 3920002' })
    expect(made).toMatchObject({ status: 201, body: { mobile: '+491713920002' } })
    const path = `/contacts/${made.body['id']}`
    expect((await ask<Json>('PUT', path, { company: 'Navy' })).body).toMatchObject({
      last_name: 'Hopper',
      company: 'Navy',
    })
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('GET', path)).status).toBe(404)
  })

  test('of calls show incoming ones of a German day', async () => {
    await call({ type: 'missed', seconds: 20 })
    await call({ from: 'anonymous' })
    await call({ type: 'voicemail' })
    sandbox.placetel.hangUp(sandbox.placetel.dial({ did: 21, to: outer }).id)
    const today = await get('/calls')
    expect(today).toMatchObject([
      { type: 'voicemail', duration: 12, contact: { last_name: 'Lovelace' } },
      { type: 'accepted', from_number: 'anonymous', duration: 154, contact: null, file_url: null },
      { type: 'missed', from_number: '00442079460123', to_number: { number: { number: '02214710123' } } },
    ])
    expect(today[0]?.['received_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0[12]:00$/)
    expect(await get('/calls?filter[type]=missed&order=asc')).toHaveLength(1)
    expect(await get('/calls?filter[from_number]=00442079460123')).toHaveLength(2)
    sandbox.clock.advance(2 * 24 * 3600)
    expect(await get('/calls')).toEqual([])
    expect(await get('/calls?filter[any_date]=true')).toHaveLength(3)
    sandbox.placetel.set({ callsWithoutDate: 'all', toNumber: 'flat' })
    expect((await get('/calls'))[0]).toMatchObject({ to_number: { number: '02214710123' } })
    sandbox.placetel.configure('acme', { obfuscateOthers: true })
    expect((await get('/calls'))[0]).toMatchObject({ from_number: '00442079460xxx' })
    const id = (await get('/calls'))[0]?.['id']
    expect((await ask('DELETE', `/calls/${id}`)).status).toBe(204)
    expect((await ask('GET', `/calls/${id}`)).status).toBe(404)
  })

  test('of detail records need a day and know outgoing calls', async () => {
    const startAt = Date.parse('2026-07-01T22:30:00Z')
    const { id } = sandbox.placetel.dial({ did: 21, to: outer, startAt })
    sandbox.placetel.answer(id)
    sandbox.placetel.hangUp(id)
    sandbox.placetel.hangUp(sandbox.placetel.ring({ from: outer, startAt }).id)
    expect((await ask('GET', '/call_detail_records')).status).toBe(422)
    expect(await get('/call_detail_records?date=2026-07-01')).toEqual([])
    expect(await get('/call_detail_records?date=2026-07-02')).toMatchObject([
      {
        from: '02214710123',
        to: '00442079460123',
        answer_uri: '777712345678',
        received_at: '2026-07-02T00:30:00.000+02:00',
      },
    ])
  })
})

describe('click-to-call', () => {
  test('rings the agent, then is an outgoing call', async () => {
    const answer = await ask('POST', '/calls', { sipuid: peer, target: '0171 3920001', from_name: 'CRM' })
    expect(answer).toMatchObject({ status: 201, text: '' })
    await sandbox.idle()
    expect(receiver.received).toEqual([])
    const { id } = sandbox.placetel.liveCalls()[0] ?? { id: '' }
    sandbox.placetel.pickUp(id)
    sandbox.placetel.answer(id)
    sandbox.placetel.hangUp(id)
    await sandbox.idle()
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      { event: 'OutgoingCall', peer, to: '0171 3920001', call_id: id },
      { event: 'HungUp', type: 'accepted' },
    ])
    expect(sandbox.ledger.calls).toMatchObject([
      { kind: 'click-to-call', to: '+491713920001', expectLog: true },
    ])
  })

  test('that the agent does not pick up is told to nobody', async () => {
    sandbox.placetel.set({ setupSeconds: 0.01 })
    await ask('POST', '/calls', { sipuid: peer, target: outer })
    await expect.poll(() => sandbox.placetel.liveCalls()).toEqual([])
    await sandbox.idle()
    expect(receiver.received).toEqual([])
    expect(sandbox.ledger.calls).toMatchObject([{ outcome: 'notSetUp', expectLog: false }])
    sandbox.placetel.set({ clickToCallIsTold: 'at-once' })
    await ask('POST', '/calls', { sipuid: peer, target: outer })
    await expect
      .poll(() => receiver.received.map(({ body }) => body['type']))
      .toEqual([undefined, 'canceled'])
  })

  test('is refused without a SIP user, and comes to nothing when it is offline', async () => {
    expect((await ask('POST', '/calls', { sipuid: 'nobody@fpbx.de', target: outer })).status).toBe(422)
    expect((await ask('POST', '/calls', { sipuid: peer })).status).toBe(422)
    const { sipuid } = sandbox.placetel.account().sipUser('22')
    expect((await ask('POST', '/calls', { sipuid, target: outer })).status).toBe(201)
    expect(sandbox.placetel.liveCalls()).toEqual([])
  })
})

describe('a subscription', () => {
  const wanted = { service: 's', url: 'http://127.0.0.1:9/a', incoming: true, numbers: [own] }

  test('is shown, changed by the same address, and deleted', async () => {
    await ask('PUT', '/subscriptions', wanted)
    await ask('PUT', '/subscriptions', { ...wanted, hungup: true, numbers: ['02214710123'] })
    const [only, ...others] = await get('/subscriptions')
    expect(others).toEqual([])
    expect(only).toEqual({
      id: expect.stringMatching(/^sub-[0-9a-f]{6}$/),
      url: wanted.url,
      incoming: true,
      outgoing: false,
      hungup: true,
      accepted: false,
      phone: false,
      numbers: [own],
    })
    expect((await ask('DELETE', `/subscriptions/${only?.['id']}`)).status).toBe(204)
    expect(await get('/subscriptions')).toEqual([])
    expect((await ask('PUT', '/subscriptions', { url: wanted.url })).status).toBe(422)
  })

  test.each([
    ['url', 2],
    ['service', 1],
  ] as const)('is the same one when it has the same %s', async (subscriptionKey, count) => {
    sandbox.placetel.set({ subscriptionKey })
    await ask('PUT', '/subscriptions', wanted)
    await ask('PUT', '/subscriptions', { ...wanted, url: 'http://127.0.0.1:9/b' })
    expect(await get('/subscriptions')).toHaveLength(count)
  })
})

describe('a recording', () => {
  test('appears 45 seconds after the call, and says nothing of which call it is of', async () => {
    const id = await call()
    expect(await get('/recordings')).toEqual([])
    sandbox.clock.advance(46)
    const [only] = await get('/recordings')
    expect(only).toMatchObject({ direction: 'in', from: outer, to: own, duration: 154 })
    expect(JSON.stringify(only)).not.toContain(id)
    expect(await get('/recordings?filter[direction]=out,queue')).toEqual([])
    expect(await get(`/recordings?filter[from]=${encodeURIComponent(outer)}`)).toHaveLength(1)
    await call({ to: '+492214710124' })
    sandbox.clock.advance(46)
    expect((await get('/recordings?order=desc'))[0]).toMatchObject({ direction: 'queue' })
    expect((await ask('DELETE', `/recordings/${only?.['id']}`)).status).toBe(204)
  })

  test('is downloaded by a signed address of another host, which ends', async () => {
    const id = await call()
    sandbox.clock.advance(46)
    const [only] = await get('/recordings')
    const address = String(only?.['file'])
    expect(new URL(address).hostname).toBe('localhost')
    const file = await fetch(address)
    expect(file.headers.get('content-type')).toBe('audio/mpeg')
    const bytes = Buffer.from(await file.arrayBuffer())
    expect(sandbox.placetel.recordings(id)).toMatchObject([
      { asked: 1, askedWithKey: 0, mp3: { bytes: bytes.length } },
    ])
    const withKey = { headers: { authorization: 'Bearer key' } }
    expect((await fetch(address, withKey)).status).toBe(400)
    expect(sandbox.placetel.recordings(id)).toMatchObject([{ asked: 2, askedWithKey: 1 }])
    sandbox.placetel.set({ fileAuth: 'key' })
    expect((await fetch(address)).status).toBe(401)
    expect((await fetch(address, withKey)).status).toBe(200)
    sandbox.placetel.set({ fileAuth: 'link', filesRedirect: true })
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(302)
    expect((await fetch(address)).status).toBe(200)
    expect((await fetch(address.replace('signature=', 'signature=0'))).status).toBe(403)
    sandbox.clock.advance(20 * 60)
    expect((await fetch(address)).status).toBe(403)
    sandbox.placetel.set({ expiredStatus: 410 })
    expect((await fetch(address)).status).toBe(410)
    expect((await fetch(String((await get('/recordings'))[0]?.['file']))).status).toBe(200)
  })

  test('can be hit by faults, and the voice message is a file too', async () => {
    await call({ type: 'voicemail' })
    const address = String((await get('/calls'))[0]?.['file_url'])
    const order = (kind: 'expired' | 'not-ready' | 'cut') =>
      sandbox.placetel.faults.orderDownload({ kind, times: 1 })
    order('expired')
    expect((await fetch(address)).status).toBe(403)
    expect(sandbox.ledger.requests.at(-1)).toMatchObject({
      vendor: 'placetel',
      template: '/files/voicemail/:id',
      status: 403,
      fault: 'expired',
      company: 'acme',
    })
    order('not-ready')
    expect((await fetch(address)).status).toBe(404)
    order('cut')
    await expect(fetch(address).then((response) => response.arrayBuffer())).rejects.toThrow()
    expect((await fetch(address)).status).toBe(200)
  })

  test('may be put there by hand, like another one', async () => {
    const time = sandbox.clock.now()
    const twin = { direction: 'in', from: outer, to: own, durationSeconds: 60, time } as const
    sandbox.placetel.addRecording('acme', twin)
    sandbox.placetel.addRecording('acme', twin)
    expect(await get('/recordings')).toMatchObject([
      { id: 9002, duration: 60 },
      { id: 9001, duration: 60 },
    ])
  })
})

test('everything can be done over the control address too', async () => {
  const control = async (name: string, input: object) => {
    const response = await fetch(`${sandbox.url}/control/placetel/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return { status: response.status, body: (await response.json()) as Json }
  }
  await control('settings', { transfers: 'accepted-again' })
  const rung = await control('ring', { from: outer })
  const callId = rung.body['id']
  expect(await control('answer', { callId, by: 21 })).toMatchObject({ body: { owner: '21' } })
  expect(await control('transfer', { callId, to: '22' })).toMatchObject({ body: { owner: '22' } })
  expect(await control('hang-up', { callId })).toMatchObject({ status: 200, body: { state: 'ended' } })
  expect((await control('hang-up', { callId })).status).toBe(409)
  expect((await control('settings', { transfers: 'other' })).status).toBe(400)
  expect(sandbox.placetel.settings.transfers).toBe('accepted-again')
  const accounts = await (await fetch(`${sandbox.url}/control/placetel/accounts`)).json()
  expect(accounts).toMatchObject([{ name: 'acme', keyWorks: true }])
  sandbox.reset()
  expect(sandbox.placetel.accounts.size).toBe(0)
  expect(sandbox.placetel.settings.transfers).toBe('silent')
})

test('the needle is in names, e-mails and addresses of files', async () => {
  await sandbox.close()
  sandbox = await startSandbox({ needle: 'NEEDLE' })
  sandbox.placetel.createAccount({
    name: 'acme',
    apiKey: 'key',
    recording: true,
    sipUsers: [{ name: 'Anna', did: 21, email: 'anna@acme.example' }],
    numbers: [{ number: own }],
    contacts: [{ last_name: 'Lovelace', email: 'ada@mail.example', phone: outer }],
  })
  await call()
  sandbox.clock.advance(46)
  for (const path of ['/me', '/sip_users', '/users', '/contacts', '/recordings']) {
    expect((await ask('GET', path)).text).toContain('NEEDLE')
  }
})

const title =
  specs === undefined
    ? 'official description absent (set RINGFENCE_VENDOR_SPECS)'
    : 'the official description'
describe.skipIf(specs === undefined)(title, () => {
  test('fits every answer', async () => {
    const seen = new Set<string>()
    const wrongIn = async (method: string, path: string, status: number, json?: unknown) => {
      const answer = await ask<unknown>(method, path, json)
      const [plain = ''] = path.split('?')
      const wrong = specs?.checkResponse({
        method,
        path: plain,
        status: answer.status,
        body: answer.body,
      })
      expect({ method, path, status: answer.status, wrong }).toEqual({ method, path, status, wrong: [] })
      seen.add(`${method} ${sandbox.ledger.requests.at(-1)?.template}`)
      return answer.body
    }
    await call({ type: 'voicemail' })
    await call()
    sandbox.clock.advance(46)
    const idIn = (list: unknown) => (list as Json[])[0]?.['id']
    await wrongIn('GET', '/me', 200)
    for (const list of [
      '/sip_users',
      '/users',
      '/numbers',
      '/contacts',
      '/calls?filter[any_date]=true',
      '/recordings',
    ]) {
      const [plain] = list.split('?')
      const id = idIn(await wrongIn('GET', list, 200))
      await wrongIn('GET', `${plain}/${id}`, 200)
    }
    await wrongIn('GET', '/call_detail_records?date=2026-11-23', 200)
    const contact = (await wrongIn('POST', '/contacts', 201, { last_name: 'Hopper', speeddial: '7' })) as Json
    await wrongIn('PUT', `/contacts/${contact['id']}`, 200, { phone: '0171 3920002' })
    await wrongIn('DELETE', `/contacts/${contact['id']}`, 204)
    await wrongIn('POST', '/calls', 201, { sipuid: peer, target: outer })
    await wrongIn('PUT', '/subscriptions', 200, {
      service: 's',
      url: 'http://127.0.0.1:9/',
      incoming: true,
      numbers: [own],
    })
    const subscription = idIn(await wrongIn('GET', '/subscriptions', 200))
    await wrongIn('DELETE', `/subscriptions/${subscription}`, 204)
    await wrongIn('DELETE', `/calls/${idIn(await get('/calls?filter[any_date]=true'))}`, 204)
    await wrongIn('DELETE', `/recordings/${idIn(await get('/recordings'))}`, 204)
    expect([...seen].sort()).toEqual(routes.map(({ method, template }) => `${method} /v2${template}`).sort())
    expect(sandbox.ledger.requestViolations).toEqual([])
  })

  test('finds requests that do not fit', async () => {
    await ask('GET', '/recordings?filter[day]=2026-11-23')
    await ask('PUT', '/subscriptions', { url: 'http://127.0.0.1:9/', incomming: true })
    const messages = sandbox.ledger.requestViolations.map(({ path, message }) => `${path}: ${message}`)
    expect(messages.join('\n')).toMatch(/filter\[day\] is not described[\s\S]*service[\s\S]*incomming/)
  })
})
