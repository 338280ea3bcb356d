import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Egress } from '../../egress/index.ts'
import { createEgress } from '../../egress/index.ts'
import { failureFrom } from '../pipedrive/stand-in.ts'
import type { ApiSession } from './client.ts'
import { createClient } from './client.ts'
import { Homes } from './homes.ts'
import { Limits } from './limits.ts'
import type { Method } from './methods.ts'
import { methods } from './methods.ts'

const close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of close.splice(0).reverse()) await one()
})

interface Canned {
  status: number
  body: string
  headers?: Record<string, string>
}
const good = { status: 200, body: '{"result":{"ID":7,"secret":"x"},"time":{"operating_reset_at":1}}' }
const error = (status: number, code: unknown, text = '') => ({
  status,
  body: JSON.stringify({ error: code, error_description: text }),
})

/** A portal that answers in this order, the last for ever. Its clock stands still unless somebody waits. */
async function answering(...answers: Canned[]) {
  const seen: { path: string; body: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const piece of request) text += String(piece)
    const answer: Canned = answers[Math.min(seen.length, answers.length - 1)] ?? good
    seen.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const egress: Egress = createEgress({ declared: [], privateHosts: [host] })
  close.push(
    async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
    () => egress.close(),
  )
  const time = { now: Date.parse('2026-11-23T10:00:00Z'), waits: [] as number[] }
  const wait = async (ms: number) => {
    time.waits.push(ms)
    time.now += ms
  }
  const limits = new Limits({ now: () => new Date(time.now), wait })
  const homes = new Homes()
  const places = { oauthUrl: `http://${host}/oauth`, portalHosts: [] }
  const client = createClient({
    egress,
    limits,
    homes,
    places,
    timeoutMs: 2_000,
    retries: { wait, random: () => 0 },
  })
  let token = 'old'
  let spent = 0
  const session: ApiSession = {
    apiBase: `http://${host}/rest`,
    accessToken: async () => token,
    async renewed() {
      token = 'new'
      homes.learn(token, `http://${host}/renamed/rest`)
      return token
    },
    spend: (_, price) => {
      spent += price
    },
  }
  const answer = z.object({ result: z.object({ ID: z.number() }) })
  const ask = (method: Method, params = {}) => client(session, { method, params, answer, feature: 'check' })
  const call = { CALL_ID: 'c1' }
  return {
    read: () => ask(methods.profile),
    again: () => ask(methods.show, call),
    once: () => ask(methods.finish, call),
    ask,
    session,
    limits,
    time,
    seen,
    spent: () => spent,
  }
}

describe('a request to a portal', () => {
  it('is JSON by POST with the token in its body, and keeps only what was declared', async () => {
    const { read, seen, spent } = await answering(good)
    expect(await read()).toEqual({ result: { ID: 7 } })
    expect(seen).toEqual([{ path: '/rest/profile', body: { auth: 'old' } }])
    expect(spent()).toBe(1)
  })

  it.each(['expired_token', 'invalid_token', 'EXPIRED_TOKEN', 'ERROR_OAUTH', 'something new'])(
    'is made once more with a new token after 401 %s, and not a third time',
    async (code) => {
      const once401 = await answering(error(401, code), good)
      await once401.once()
      expect(once401.seen.map(({ body }) => body['auth'])).toEqual(['old', 'new'])
      const always = await answering(error(401, code))
      expect(await failureFrom(always.once())).toMatchObject({ code: 'provider-refused', status: 401 })
      expect(always.seen.length).toBe(2)
    },
  )

  it('goes with a new token to where that is at home', async () => {
    const { read, seen } = await answering(error(401, 'expired_token'), good)
    await read()
    expect(seen.map(({ path }) => path)).toEqual(['/rest/profile', '/renamed/rest/profile'])
  })

  it('follows no redirect: the OAuth server says where the portal is', async () => {
    const elsewhere = {
      status: 302,
      body: '<html>',
      headers: { location: 'https://collector.example.org/rest/x' },
    }
    const { once, seen } = await answering(elsewhere, good)
    await once()
    expect(seen.map(({ path }) => path)).toEqual([
      '/rest/telephony.externalCall.finish',
      '/renamed/rest/telephony.externalCall.finish',
    ])
    const always = await answering(elsewhere)
    expect(await failureFrom(always.once())).toMatchObject({ code: 'provider-refused', status: 302 })
    expect(always.seen.length).toBe(2)
  })

  it('comes back later where another node has renewed the token of a portal that moved', async () => {
    const { read, session } = await answering({ status: 302, body: '' })
    session.renewed = async () => 'from elsewhere'
    expect(await failureFrom(read())).toMatchObject({ code: 'provider-unavailable' })
  })

  it('tries once more what is refused now and then', async () => {
    const { once, seen, time } = await answering(
      error(401, 'NO_AUTH_FOUND', 'Wrong authorization data'),
      good,
    )
    await once()
    expect(seen.length).toBe(2)
    expect(time.waits).toEqual([1_000])
  })

  it.each([
    [401, 'authorization_error', '', 'provider-refused', 401],
    [401, 'PAYMENT_REQUIRED', 'Subscription has been ended', 'provider-refused', 402],
    [403, 'ACCESS_DENIED', 'REST is available only on commercial plans.', 'provider-refused', 402],
    [403, 'access_denied', 'Access denied!', 'provider-refused', 403],
    [401, 'insufficient_scope', '', 'provider-refused', 403],
    [403, 'INVALID_CREDENTIALS', '', 'provider-refused', 403],
    [403, 'WRONG_AUTH_TYPE', '', 'provider-refused', 403],
    [400, '', 'Access denied.', 'provider-refused', 403],
    [404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!', 'provider-refused', 403],
    [410, 'PORTAL_DELETED', '', 'provider-refused', 410],
    [500, 'portal_deleted', '', 'provider-refused', 410],
    [400, 'ERROR_CORE', 'Unknown TYPE', 'provider-rejected', 400],
    [400, 0, 'Unknown TYPE', 'provider-rejected', 400],
    [200, 'ERROR_ARGUMENT', 'inside a success', 'provider-rejected', 400],
    [400, 'NOT_FOUND', 'Not found.', 'provider-rejected', 404],
    [400, '', 'Call is not found', 'provider-rejected', 404],
  ])('answered %i %j %j fails as it is meant', async (status, code, text, failure, as) => {
    const { once } = await answering(error(status, code, text))
    expect(await failureFrom(once())).toEqual({ code: failure, provider: 'bitrix24', status: as })
  })

  it('is not one that failed because an answer has an empty error beside its result', async () => {
    const { read } = await answering({ status: 200, body: '{"result":{"ID":1},"error":null}' })
    expect(await read()).toEqual({ result: { ID: 1 } })
  })

  it.each([
    ['500', error(500, 'INTERNAL_SERVER_ERROR')],
    ['a page', { status: 502, body: '<html>' }],
    ['a shape nobody knows', { status: 200, body: '{"result":[]}' }],
    ['half an answer', { status: 200, body: '{"resu' }],
  ])('answered %s may have changed something only if that happens once', async (_, answer) => {
    const { read, again, once, seen } = await answering(answer)
    expect(await failureFrom(once())).toEqual({ code: 'provider-outcome-unknown', provider: 'bitrix24' })
    expect(seen.length).toBe(1)
    expect(await failureFrom(again())).toMatchObject({ code: 'provider-unavailable' })
    expect(seen.length).toBe(2)
    expect(await failureFrom(read())).toMatchObject({ code: 'provider-unavailable' })
  })

  it('is repeated while a portal is unwell, where it changes nothing', async () => {
    const { read, seen } = await answering(error(500, 'X'), { status: 503, body: '<html>' }, good)
    await read()
    expect(seen.length).toBe(3)
  })

  it('BX-8 goes to no host that is no portal, and costs nothing then', async () => {
    const { read, session, spent } = await answering(good)
    for (const apiBase of ['https://collector.example.org/rest', 'http://acme.bitrix24.de/rest']) {
      Object.assign(session, { apiBase })
      expect(await failureFrom(read())).toMatchObject({ code: 'undeclared' })
    }
    expect(spent()).toBe(0)
  })
})

describe('a portal’s limits', () => {
  it('are kept: what does not fit waits a moment, and comes back later when that is too long', async () => {
    const { read, again, seen, time } = await answering(good)
    for (let n = 0; n < 40; n += 1) await read()
    expect(time.waits).toEqual([])
    // the last places are for calls
    for (let n = 0; n < 10; n += 1) await again()
    expect(time.waits).toEqual([])
    await again()
    expect(time.waits).toEqual([500])
    const failure = await failureFrom(read())
    expect(failure).toMatchObject({ code: 'provider-unavailable', retryAfterSeconds: 6 })
    expect(seen.length).toBe(51)
    time.now += 6_000
    await read()
  })

  it('are larger for an enterprise', async () => {
    const { read, limits, session, time } = await answering(good)
    limits.learnPlan(session.apiBase, 'ent')
    for (let n = 0; n < 240; n += 1) await read()
    expect(time.waits).toEqual([])
  })

  it('exceeded by others are waited for, three times at most: what was refused had no effect', async () => {
    const full = error(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')
    const { again, seen, time } = await answering(full, full, good)
    await again()
    expect(seen.length).toBe(3)
    expect(time.waits).toEqual([1_000, 1_000])
    const always = await answering(full)
    expect(await failureFrom(always.again())).toMatchObject({ code: 'provider-unavailable' })
    expect(always.seen.length).toBe(3)
  })

  it('of one method’s time leave the others alone, until the time that was told', async () => {
    const reset = Date.parse('2026-11-23T10:05:00Z')
    const { once, read, seen, time } = await answering(
      { status: 429, body: `{"error":"OPERATION_TIME_LIMIT","time":{"operating_reset_at":${reset / 1000}}}` },
      good,
    )
    expect(await failureFrom(once())).toMatchObject({ code: 'provider-unavailable', retryAfterSeconds: 301 })
    expect(await failureFrom(once())).toMatchObject({ code: 'provider-unavailable' })
    await read()
    expect(seen.length).toBe(2)
    time.now = reset + 1_000
    await once()
  })

  it('of one method’s time are known from earlier answers where the refusal does not say', async () => {
    const reset = Date.parse('2026-11-23T10:02:00Z')
    const told = { status: 200, body: `{"result":{"ID":1},"time":{"operating_reset_at":${reset / 1000}}}` }
    const { once } = await answering(told, error(429, 'OPERATION_TIME_LIMIT'))
    await once()
    expect(await failureFrom(once())).toMatchObject({ retryAfterSeconds: 121 })
  })

  it('set by hand keep us away for an hour', async () => {
    const { read, again, seen } = await answering(error(503, 'OVERLOAD_LIMIT'))
    expect(await failureFrom(read())).toMatchObject({ code: 'provider-unavailable', retryAfterSeconds: 3600 })
    expect(await failureFrom(again())).toMatchObject({ code: 'provider-unavailable' })
    expect(seen.length).toBe(1)
  })

  it('of a portal that nobody pays for: asked once a day, until it answers', async () => {
    const { read, seen, time } = await answering(
      error(401, 'PAYMENT_REQUIRED'),
      error(401, 'PAYMENT_REQUIRED'),
      good,
    )
    for (let n = 0; n < 3; n += 1)
      expect(await failureFrom(read())).toMatchObject({ code: 'provider-refused', status: 402 })
    expect(seen.length).toBe(1)
    time.now += 24 * 3_600_000
    await failureFrom(read())
    expect(seen.length).toBe(2)
    time.now += 24 * 3_600_000
    await read()
    await read()
    expect(seen.length).toBe(4)
  })
})
