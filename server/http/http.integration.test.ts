import { randomUUID } from 'node:crypto'
import fastify, { type FastifyReply } from 'fastify'
import { describe, expect } from 'vitest'
import { it, itWithHub } from '../../testing/it.ts'
import { until } from '../../testing/until.ts'
import { createLog } from '../log.ts'
import { answerHeaders } from './answers.ts'
import { networkOf } from './counting.ts'
import { answerFailure } from './failures.ts'
import { keepAnswersDeclared, leadToGrant, leadToRecording } from './leads.ts'

const itWithLimit = itWithHub({ start: { hooksPerSecond: 2 }, env: { RINGFENCE_TRUST_PROXY: 'yes' } })

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { responses?: Record<string, unknown> }>>
}

describe('every answer', () => {
  it.for(['/', '/sign-in', '/api/v1/session', '/api/v1/nothing', '/hooks/nothing', '/healthz', '/live'])(
    'carries what keeps a browser from being misled: %s',
    async (path, { hub }) => {
      const { headers } = await hub.client().request('GET', path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-frame-options')).toMatch(/deny|sameorigin/i)
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('server')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it('of the API is kept by no cache', async ({ hub }) => {
    for (const path of ['/api/v1/organizations', '/api/v1/session', '/api/v1/sign-in']) {
      const answer = await hub.operator.request('GET', path)
      expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })
})

describe('GD-9 what an answer carries beside its body', () => {
  const url = 'https://ringfence.example'
  const made = { state: 'a-state', redirectUri: `${url}/apps/acme/callback` }
  const grant = (more: Record<string, string> = {}, place = 'https://acme.example/authorize') =>
    `${place}?${new URLSearchParams({ client_id: 'app', state: made.state, redirect_uri: made.redirectUri, ...more })}`
  /** An answer of a route that does this. */
  async function answer(route: (reply: FastifyReply) => unknown) {
    const lines: string[] = []
    const log = createLog('warn', (line) => lines.push(line))
    const http = fastify()
    http.setErrorHandler(answerFailure(log))
    keepAnswersDeclared({ url, log }, http)
    http.get('/', async (_, reply) => route(reply))
    const { statusCode, headers } = await http.inject('/')
    await http.close()
    return { status: statusCode, to: headers['location'], headers, lines }
  }

  it('are the declared headers', async ({ hub }) => {
    for (const path of ['/', '/api/v1/session', '/privacy/policy', '/hooks/x', '/apps/pipedrive/panel']) {
      const { headers } = await hub.client().request('GET', path)
      expect([...headers.keys()].filter((name) => !answerHeaders.has(name))).toEqual([])
    }
    const { headers, lines } = await answer((reply) => {
      reply.raw.setHeader('x-user', 'Ada')
      return reply.header('x-caller', '+442079460123').header('vary', 'accept').send('')
    })
    expect([headers['x-caller'], headers['x-user'], headers['vary']]).toEqual([
      undefined,
      undefined,
      'accept',
    ])
    // Whoever runs it hears that something was taken off, and where; not what it was called.
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { time: expect.any(String), level: 'warn', event: 'header-undeclared', route: '/', count: 2 },
    ])
  })

  it.for(['/', '/agreement', '/sign-in?problem=unknown-company', `${url}/phone-connected`])(
    'may be an address of ours that is declared: %s',
    async (to) => {
      expect(await answer((reply) => reply.redirect(to))).toMatchObject({ status: 302, to })
    },
  )

  it.for([
    '/sign-in?problem=Ada%20Novak',
    '/sign-in?caller=%2B442079460123',
    '/persons/Ada',
    '/#Ada',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/sign-in/../persons',
    'https://[',
  ])('and no other: %s', async (to) => {
    expect(await answer((reply) => reply.redirect(to))).toMatchObject({ status: 403, to: undefined })
    const beside = await answer((reply) => {
      reply.raw.setHeader('location', to)
      return reply.code(302).send()
    })
    expect(beside).toMatchObject({ status: 403, to: undefined })
  })

  it('may be the name of a file, which is nobody’s', async () => {
    const offer = (name: string) =>
      answer((reply) => reply.header('content-disposition', `attachment; filename="${name}"`).send('{}'))
    for (const name of [`erasure-${randomUUID()}.json`, 'record-of-processing-2026-11-28-0123456789ab.json'])
      expect((await offer(name)).status).toBe(200)
    for (const name of ['Ada Novak.json', 'erasure-of-novak.json', 'erasure.json'])
      expect((await offer(name)).status).toBe(403)
  })

  it('may be where access is granted, with nothing of whoever grants it', async () => {
    expect(await answer((reply) => leadToGrant(reply, grant({ scope: 'calls' }), made))).toMatchObject({
      status: 302,
      to: grant({ scope: 'calls' }),
    })
    for (const wrong of [
      grant({ login_hint: 'ada@acme.example' }),
      grant({ state: 'Ada' }),
      grant({ redirect_uri: 'https://elsewhere.example' }),
      `${grant()}&scope=a&scope=Ada`,
      `${grant()}#Ada`,
      grant({}, 'https://ada@acme.example/authorize'),
      'Ada',
    ])
      expect(await answer((reply) => leadToGrant(reply, wrong, made))).toMatchObject({
        status: 403,
        to: undefined,
      })
    const told = 'https://acme.example/recording?id=1&signature=x'
    expect(await answer((reply) => leadToRecording(reply, told))).toMatchObject({ status: 302, to: told })
  })
})

describe('the API', () => {
  it('describes itself', async ({ hub }) => {
    const { openapi, paths } = await hub.client().ok<OpenApi>('GET', '/api/v1/openapi.json')
    expect(openapi).toBe('3.1.0')
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/v1/calls', '/api/v1/organizations']))
    expect(Object.keys(paths).filter((path) => !path.startsWith('/api/v1/'))).toEqual([])
  })

  it('says which organization it does not understand, instead of breaking', async ({ hub }) => {
    for (const id of ['acme', '', '00000000-0000-4000-8000-00000000000', `' or true --`, 'x'.repeat(500)]) {
      const headers = { 'x-organization': id }
      const answer = await hub.operator.request('GET', '/api/v1/connections', { headers })
      expect([answer.status, answer.json]).toMatchObject([
        400,
        { code: 'invalid-input', field: 'x-organization' },
      ])
    }
    const headers = { 'x-organization': randomUUID() }
    expect((await hub.operator.request('GET', '/api/v1/connections', { headers })).status).toBe(404)
  })

  it('answers nobody who is not signed in, whatever they ask', async ({ hub }) => {
    const { paths } = await hub.client().ok<OpenApi>('GET', '/api/v1/openapi.json')
    const open = new Set([
      'GET /api/v1/session',
      'DELETE /api/v1/session',
      'POST /api/v1/session/link',
      'GET /api/v1/sign-in',
    ])
    const asked: string[] = []
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods).map((name) => name.toUpperCase())) {
        if (open.has(`${method} ${path}`)) continue
        const place = path.replace(/\{\w+\}/g, randomUUID())
        const body = method === 'GET' ? {} : { body: {} }
        const answer = await hub.client().request(method, place, body)
        // 400: the request is read before it is asked who sends it
        expect([`${method} ${path}`, [400, 401].includes(answer.status)]).toEqual([`${method} ${path}`, true])
        if (method === 'GET') expect(answer.status).toBe(401)
        asked.push(path)
      }
    }
    expect(asked.length).toBeGreaterThan(12)
  })

  it.for<[string, string, unknown]>([
    ['an id that is none', '/api/v1/calls/drop-table', undefined],
    ['a limit that is too high', '/api/v1/calls?limit=100000', undefined],
    ['a place that is none', '/api/v1/calls?before=;--', undefined],
  ])('refuses %s without repeating it', async ([, path], { hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const answer = await acme.admin.client.request('GET', path)
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-input' } })
    expect(answer.text).not.toMatch(/drop-table|100000|;--/)
  })

  it('refuses a body that is too large, of another type, or broken', async ({ hub }) => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${hub.url}/api/v1/organizations`, {
        method: 'POST',
        headers: { cookie: hub.operator.cookieHeader(), origin: hub.url, 'content-type': type },
        body,
      }).then(({ status }) => status)
    expect(await post(JSON.stringify({ name: 'x'.repeat(100_000) }))).toBe(413)
    expect(await post('name=Acme', 'application/x-www-form-urlencoded')).toBe(415)
    expect(await post('{"name":')).toBe(400)
  })

  it('has no page and no other answer at an unknown address', async ({ hub }) => {
    for (const path of ['/api/v1/nothing', '/hooks', '/apps/nobody/install', '/secret.json'])
      expect(await hub.operator.request('GET', path)).toMatchObject({
        status: 404,
        json: { code: 'not-found' },
      })
  })
})

describe('too many requests', () => {
  itWithLimit('at one hook are refused there, and nowhere else', async ({ hub }) => {
    const busy = await hub.given.organization({ set: 'connected' })
    const calm = await hub.given.organization({ set: 'connected' })
    const answers: number[] = []
    for (let number = 0; number < 25; number += 1) answers.push(await busy.hook({ name: 'x' }))
    expect(answers.slice(0, 20)).not.toContain(429)
    expect(answers.slice(20)).toEqual([429, 429, 429, 429, 429])
    expect(await calm.hook({ name: 'x' })).not.toBe(429)
  })

  itWithLimit('over a connection we hold are read later, and none is lost', async ({ hub }) => {
    const busy = await hub.given.organization({ persons: [] })
    await busy.listens()
    await until('we are let in', () => hub.sandbox.optimcall.sockets(busy.domain).authenticated === 1)
    for (let number = 0; number < 24; number += 1)
      hub.sandbox.optimcall.sendOverSockets({ tenant: busy.domain, text: `{"name":"x ${number}"}` })
    await until('all are counted', async () => {
      await hub.app.counters.flush()
      return (await busy.phoneCard()).counts['unknown-kind'] === 24
    })
    const slowed = hub.log.of('held-connection-slowed').map(({ connectionId }) => connectionId)
    expect([slowed.length > 0, new Set(slowed)]).toEqual([true, new Set([busy.phoneId])])
    expect(hub.sandbox.optimcall.sockets(busy.domain).letIn).toBe(1)
  })

  it('by one person are refused, whatever else they say about themselves', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const path = `/api/v1/calls/${randomUUID()}/deals`
    const answers: number[] = []
    for (let number = 0; number < 62; number += 1) {
      const headers = { authorization: `other ${number}` }
      answers.push((await acme.admin.client.request('GET', path, { headers })).status)
    }
    expect(answers[0]).toBe(404)
    expect(answers.at(-1)).toBe(429)
  })

  itWithLimit(
    'with invented tokens have one allowance together, and use up nobody else’s',
    async ({ hub }) => {
      const acme = await hub.given.organization({ set: 'installed' })
      const path = `/api/v1/calls/${randomUUID()}/deals`
      const from = (address: string) => ({ 'x-forwarded-for': address })
      const invented = async (address: string) => {
        const headers = { ...from(address), authorization: `Bearer ${randomUUID()}.${randomUUID()}` }
        return (await hub.client().request('GET', path, { headers })).status
      }
      const asAdmin = async (address: string) =>
        (await acme.admin.client.request('GET', path, { headers: from(address) })).status
      expect(await asAdmin('198.51.100.7')).toBe(404)
      const answers: number[] = []
      // Whatever stands before what the proxy has seen was written by the sender.
      for (let number = 0; number < 62; number += 1)
        answers.push(await invented(`10.0.0.${number}, 198.51.100.7`))
      expect([answers[0], answers[59], answers[60], answers[61]]).toEqual([401, 401, 429, 429])
      // One who was signed in goes on behind the same address, and everybody else elsewhere.
      expect(await asAdmin('198.51.100.7')).toBe(404)
      expect(await invented('198.51.100.8')).toBe(401)
      // A second window of the same person has no allowance of its own.
      const { token } = await hub.app.sessions.begin({
        kind: 'user',
        organizationId: acme.id,
        userId: acme.admin.id,
      })
      const second = { headers: { authorization: `Bearer ${token}` } }
      let last = 0
      for (let number = 0; number < 59; number += 1)
        last = (await hub.client().request('GET', path, second)).status
      expect([last, await asAdmin('198.51.100.9')]).toEqual([429, 429])
    },
  )

  itWithLimit('at hooks that nobody has are counted together', async ({ hub }) => {
    const answers: number[] = []
    for (let number = 0; number < 22; number += 1)
      answers.push((await hub.client().request('POST', `/hooks/${randomUUID()}`, { body: {} })).status)
    expect([answers[0], answers.at(-1)]).toEqual([404, 429])
  })

  it.for([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const)('from a network of one subscriber are counted together: %s', ([address, network]) => {
    expect(networkOf(address)).toBe(network)
  })

  it('to try sign-in links are refused', async ({ hub }) => {
    const token = 'x'.repeat(43)
    const answers: number[] = []
    for (let number = 0; number < 22; number += 1) {
      const wish = { body: { token }, headers: { authorization: `Bearer ${number}` } }
      answers.push((await hub.client().request('POST', '/api/v1/session/link', wish)).status)
    }
    expect(answers).toContain(401)
    expect(answers.at(-1)).toBe(429)
  })
})
