import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { phpForm } from './php-form.ts'
import { type Loose, type Stage, startStage } from './stage.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
  await stage.installed()
})
afterEach(() => stage.close())

const base = () => `${stage.sandbox.bitrix24.portalUrl('acme')}/rest`
const errorOf = async (method = 'profile', params: object = {}) => {
  const { status, body } = await stage.rest(method, params)
  return [status, body.error]
}

describe('a request', () => {
  test('is taken as query, form or JSON, its method in any case and with or without .json', async () => {
    const query = await fetch(`${base()}/USER.CURRENT.json?auth=${stage.token}`)
    expect(((await query.json()) as Loose).result).toMatchObject({ ID: '1', UF_PHONE_INNER: '21' })
    const form = await fetch(`${base()}/user.get`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: phpForm({ auth: stage.token, filter: { UF_PHONE_INNER: '22', ACTIVE: true } }),
    })
    expect(await form.json()).toMatchObject({ total: 1, result: [{ ID: '2', ACTIVE: true }] })
    const json = await stage.rest('user.get', { FILTER: { '@ID': [2, 3] } })
    expect(json.body.result.map((user: Loose) => user.ID)).toEqual(['2', '3'])
  })

  test('has its time told, in the portal’s own zone', async () => {
    const { body } = await stage.rest('profile')
    expect(body.time).toMatchObject({ operating: expect.any(Number), operating_reset_at: expect.any(Number) })
    expect(body.time.date_start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/)
    expect((await stage.rest('nothing')).body).toEqual({
      error: 'ERROR_METHOD_NOT_FOUND',
      error_description: 'Method not found!',
    })
  })

  test('is refused by its token as documented', async () => {
    const { bitrix24 } = stage.sandbox
    expect((await stage.rest('profile', {}, '')).body.error).toBe('NO_AUTH_FOUND')
    expect((await stage.rest('profile', {}, 'x')).body.error).toBe('invalid_token')
    bitrix24.createPortal({
      name: 'other',
      users: [{ name: 'Eva', email: 'eva@other.example', admin: true }],
    })
    const elsewhere = await fetch(`${bitrix24.portalUrl('other')}/rest/profile?auth=${stage.token}`)
    expect(((await elsewhere.json()) as Loose).error).toBe('invalid_token')
    bitrix24.expireTokens({ portal: 'acme' })
    expect(await errorOf()).toEqual([401, 'expired_token'])
    bitrix24.revokeTokens({ portal: 'acme' })
    expect(await errorOf()).toEqual([401, 'invalid_token'])
  })

  test('is refused by the state of user and portal as documented', async () => {
    const { bitrix24 } = stage.sandbox
    bitrix24.setState({ portal: 'acme', state: 'unpaid' })
    expect(await errorOf()).toEqual([401, 'PAYMENT_REQUIRED'])
    bitrix24.setState({ portal: 'acme', state: 'rest-off' })
    expect(await errorOf()).toEqual([403, 'ACCESS_DENIED'])
    bitrix24.setState({ portal: 'acme', state: 'deleted' })
    expect(await errorOf()).toEqual([410, 'PORTAL_DELETED'])
    bitrix24.set({ portalDeletedStatus: 500 })
    expect(await errorOf()).toEqual([500, 'PORTAL_DELETED'])
    bitrix24.setState({ portal: 'acme', state: 'active' })
    bitrix24.people.dismissUser('acme', 1)
    expect(await errorOf()).toEqual([401, 'authorization_error'])
  })

  test('needs scope, and an administrator where it says so', async () => {
    const { bitrix24 } = stage.sandbox
    await bitrix24.openApp({ portal: 'acme', userId: 2 })
    const own = stage.received.at(-1)?.body.AUTH_ID
    expect((await stage.rest('placement.get', {}, own)).body.error).toBe('ACCESS_DENIED')
    bitrix24.registerApp({ ...bitrix24.app('local.1'), scopes: ['crm'] })
    expect(await errorOf('telephony.externalLine.get')).toEqual([403, 'insufficient_scope'])
    expect(await errorOf('event.bind', { event: 'ONEXTERNALCALLSTART', handler: stage.appUrl })).toEqual([
      400,
      'ERROR_EVENT_NOT_FOUND',
    ])
  })

  test('to the old address of a renamed portal is sent on', async () => {
    const { bitrix24 } = stage.sandbox
    const old = bitrix24.portalUrl('acme')
    bitrix24.rename({ portal: 'acme', to: 'acme-new' })
    const answer = await fetch(`${old}/rest/profile`, { method: 'POST', redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(`${bitrix24.portalUrl('acme-new')}/rest/profile`)
    expect(answer.headers.get('content-type')).toContain('html')
    const there = await fetch(`${bitrix24.portalUrl('acme-new')}/rest/profile?auth=${stage.token}`)
    expect(there.status).toBe(200)
  })
})

describe('limits', () => {
  test('fifty at once and two a second from one address, more for Enterprise', async () => {
    const { bitrix24, clock } = stage.sandbox
    const portal = bitrix24.portal('acme')
    bitrix24.exhaustRate({ portal: 'acme' })
    expect(await errorOf()).toEqual([503, 'QUERY_LIMIT_EXCEEDED'])
    clock.advance(1)
    const statuses: number[] = []
    for (let i = 0; i < 3; i += 1) statuses.push((await stage.rest('profile')).status)
    expect(statuses).toEqual([200, 200, 503])
    portal.licenseFamily = 'ent'
    expect((await stage.rest('profile')).status).toBe(200)
    // A refused token costs as well.
    portal.licenseFamily = 'pro'
    bitrix24.exhaustRate({ portal: 'acme' })
    expect((await stage.rest('profile', {}, 'x')).status).toBe(503)
    bitrix24.set({ rateLimit: false })
    expect((await stage.rest('profile')).status).toBe(200)
  })

  test('a method that used up its time is blocked, others are not', async () => {
    const { bitrix24, clock } = stage.sandbox
    bitrix24.exhaustMethod({ portal: 'acme', clientId: 'local.1', method: 'crm.contact.list' })
    expect(await errorOf('crm.contact.list')).toEqual([429, 'OPERATION_TIME_LIMIT'])
    expect((await stage.rest('crm.lead.list')).status).toBe(200)
    const batch = await stage.rest('batch', { cmd: { a: 'crm.contact.list', b: 'crm.lead.list' } })
    expect(batch.body.result.result_error).toMatchObject({ a: { error: 'OPERATION_TIME_LIMIT' } })
    clock.advance(601)
    expect((await stage.rest('crm.contact.list')).status).toBe(200)
  })
})

describe('a batch', () => {
  test('runs its commands in order, with references to earlier ones, and tells each error', async () => {
    const { status, body } = await stage.rest('batch', {
      halt: 0,
      cmd: {
        who: 'user.current',
        find: 'crm.duplicate.findbycomm?type=PHONE&values[]=%2B442079460123',
        item: 'crm.item.get?entityTypeId=3&id=$result[find][CONTACT][0]',
        none: 'crm.item.get?entityTypeId=3&id=99',
        lists: 'crm.contact.list?select[]=ID',
      },
    })
    expect(status).toBe(200)
    expect(body.result).toMatchObject({
      result: { who: { ID: '1' }, find: { CONTACT: [1] }, item: { item: { id: 1, lastName: 'Lovelace' } } },
      result_error: { none: { error: 'NOT_FOUND' } },
      result_total: { lists: 1 },
      result_next: [],
    })
  })

  test('stops when told so, is no longer than fifty, and is not nested', async () => {
    const halted = await stage.rest('batch', { halt: 1, cmd: { a: 'nothing', b: 'profile' } })
    expect(halted.body.result).toMatchObject({ result: [], result_error: { a: {} } })
    const long = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'profile']))
    expect(await errorOf('batch', { cmd: long })).toEqual([400, 'ERROR_BATCH_LENGTH_EXCEEDED'])
    const nested = await stage.rest('batch', { cmd: { a: 'batch?cmd[x]=profile' } })
    expect(nested.body.result.result_error.a.error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED')
  })
})

describe('widgets', () => {
  const worker = () => ({
    PLACEMENT: 'PAGE_BACKGROUND_WORKER',
    HANDLER: `${stage.appUrl}/worker`,
    OPTIONS: { errorHandlerUrl: `${stage.appUrl}/error` },
  })

  test('are bound, opened and unbound', async () => {
    expect((await stage.rest('placement.bind', worker())).body.result).toBe(true)
    const card = { PLACEMENT: 'CALL_CARD', HANDLER: `${stage.appUrl}/card`, TITLE: 'Calls' }
    expect((await stage.rest('placement.bind', card)).body.result).toBe(true)
    expect((await stage.rest('placement.get')).body.result).toMatchObject([
      { placement: 'PAGE_BACKGROUND_WORKER', userId: 0 },
      { placement: 'CALL_CARD', title: 'Calls', handler: `${stage.appUrl}/card` },
    ])
    const where = { portal: 'acme', userId: 2, page: 'placement', placement: 'CALL_CARD' } as const
    await stage.sandbox.bitrix24.openApp({ ...where, options: { CALL_ID: 'c' } })
    expect(stage.received.at(-1)).toMatchObject({ path: '/card', body: { PLACEMENT: 'CALL_CARD' } })
    expect(JSON.parse(stage.received.at(-1)?.body.PLACEMENT_OPTIONS)).toMatchObject({
      CALL_ID: 'c',
      URI: expect.any(String),
    })
    expect((await stage.rest('placement.unbind', { PLACEMENT: 'CALL_CARD' })).body.result).toEqual({
      count: 2,
    })
    expect((await stage.rest('placement.get')).body.result).toHaveLength(1)
  })

  test.each([
    [{ PLACEMENT: 'NOWHERE' }, 200, 'ERROR_PLACEMENT_NOT_FOUND'],
    [{ OPTIONS: {} }, 200, 'EMPTY_ERROR_HANDLER_URL'],
    [{ HANDLER: 'x' }, 200, 'ERROR_WRONG_HANDLER_URL'],
    [{ HANDLER: 'ftp://app.example/x' }, 200, 'ERROR_UNSUPPORTED_PROTOCOL'],
    [{ HANDLER: '' }, 400, 'ERROR_ARGUMENT'],
    [{ PLACEMENT: 'LEFT_MENU', USER_ID: 2 }, 200, 'ERROR_PLACEMENT_USER_MODE'],
  ])('are refused with %j, some inside a 200', async (change, status, error) => {
    expect(await errorOf('placement.bind', { ...worker(), ...change })).toEqual([status, error])
  })

  test('of the background are one per app and one per user', async () => {
    await stage.rest('placement.bind', worker())
    const other = { ...worker(), HANDLER: `${stage.appUrl}/worker2` }
    expect(await errorOf('placement.bind', other)).toEqual([200, 'ERROR_PLACEMENT_MAX_COUNT'])
    expect((await stage.rest('placement.bind', { ...other, USER_ID: 2 })).body.result).toBe(true)
  })
})

test('methods, scope and app.info tell what there is', async () => {
  const names = (await stage.rest('methods')).body.result
  expect(names).toContain('telephony.externalcall.register')
  expect((await stage.rest('scope')).body.result).toEqual(['telephony', 'crm', 'placement', 'user_basic'])
  expect((await stage.rest('app.info')).body.result).toMatchObject({
    CODE: 'local.1',
    LICENSE_FAMILY: 'pro',
    INSTALLED: true,
  })
})
