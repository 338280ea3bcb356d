import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Company } from '../../testing/company.ts'
import { it, itWithHub } from '../../testing/it.ts'
import { hashOfToken, makeToken } from './tokens.ts'

const url = 'https://ringfence.example'
/** what `/api/v1/session` answers to nobody in particular */
const nobody = 204
const itBehindHttps = itWithHub({ env: { RINGFENCE_URL: url } })

/** What only some may do: method, path, body. `:user` and `:phone` stand for ids of the company in question. */
type Deed = [method: string, path: string, body?: object]

const administration: Deed[] = [
  ['GET', '/api/v1/users'],
  ['PUT', '/api/v1/users/:user/extensions', { extensions: ['77'] }],
  ['PUT', '/api/v1/users/:user/sees', { sees: 'all' }],
  ['POST', '/api/v1/connections', { side: 'phone', adapter: 'optimcall' }],
  ['POST', '/api/v1/connections/:phone/own-numbers', { numbers: [] }],
  ['POST', '/api/v1/agreement/accept', { version: 'any' }],
]
const operation: Deed[] = [
  ['GET', '/api/v1/organizations'],
  ['POST', '/api/v1/organizations', { name: 'Mine', country: 'CZ', timeZone: 'Europe/Prague' }],
]

const placed = (path: string, company: Company): string =>
  path.replace(':user', company.admin.id).replace(':phone', company.phoneId)

describe('the operator', () => {
  it('is let in by a link once', async ({ hub }) => {
    const token = await hub.operatorToken()
    const [one, two] = [hub.client(), hub.client()]
    const answers = await Promise.all(
      [one, two].map((client) => client.request('POST', '/api/v1/session/link', { body: { token } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('is not let in by a link whose time is over, nor by a token for something else', async ({ hub }) => {
    for (const [purpose, expiresAt] of [
      ['operator-sign-in', '-1 second'],
      ['oauth', '1 hour'],
      ['install', '1 hour'],
    ]) {
      const token = makeToken()
      await hub.control(
        `insert into one_time_tokens (token_hash, purpose, expires_at) values ($1, $2, ringfence.now() + $3::interval)`,
        [hashOfToken(token), purpose, expiresAt],
      )
      const answer = await hub.client().request('POST', '/api/v1/session/link', { body: { token } })
      expect(answer.status).toBe(401)
    }
  })

  it('reads no call, no person and no user of an organization', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })
    const headers = { 'x-organization': acme.id }
    for (const path of ['/api/v1/calls', `/api/v1/calls/${call.id}`, '/api/v1/desk', '/api/v1/agreement'])
      expect((await hub.operator.request('GET', path, { headers })).status).toBe(403)
    expect((await hub.operator.request('GET', '/api/v1/users', { headers })).status).toBe(403)
    const { token } = await hub.operator.ok<{ token: string }>('POST', '/api/v1/session/live')
    const live = await fetch(`${hub.url}/live`, { headers: { authorization: `Bearer ${token}` } })
    expect(live.status).toBe(403)
  })
})

describe('an agent', () => {
  it('may look, and may not administer', async ({ hub }) => {
    const acme = await hub.given.organization()
    const agent = await acme.given.user({ extension: '21' })
    for (const path of ['/api/v1/session', '/api/v1/desk', '/api/v1/calls', '/api/v1/connections'])
      expect((await agent.client.request('GET', path)).status).toBe(200)
    for (const [method, path, body] of [...administration, ...operation]) {
      const answer = await agent.client.request(method, placed(path, acme), body ? { body } : {})
      expect([path, answer.status]).toEqual([path, 403])
    }
  })

  it('sees no call of a colleague until an administrator lets them see all', async ({ hub }) => {
    const acme = await hub.given.organization()
    const agent = await acme.given.user({ extension: '21' })
    await acme.given.user({ extension: '22' })
    const call = await acme.phone.rings({ from: '+442079460123', to: '22' })
    expect((await agent.client.request('GET', `/api/v1/calls/${call.id}`)).status).toBe(404)
    expect(await agent.client.ok('GET', '/api/v1/calls')).toEqual({ calls: [] })

    await acme.admin.client.ok('PUT', `/api/v1/users/${agent.id}/sees`, { sees: 'all' })
    expect(await agent.client.ok('GET', `/api/v1/calls/${call.id}`)).toMatchObject({ mine: false })
  })
})

describe('an administrator', () => {
  it('administers no other organization, and is not told that its users and connections exist', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const rival = await hub.given.organization()
    for (const [method, path, body] of administration.slice(1)) {
      if (!path.includes(':')) continue
      const answers = await Promise.all(
        [placed(path, rival), path.replace(/:\w+/, randomUUID())].map((place) =>
          acme.admin.client.request(method, place, body ? { body } : {}),
        ),
      )
      expect(answers.map(({ status }) => status)).toEqual([404, 404])
      expect(answers[0]?.text).toBe(answers[1]?.text)
    }
    const elsewhere = await acme.admin.client.request('GET', '/api/v1/connections', {
      headers: { 'x-organization': rival.id },
    })
    expect(elsewhere.text).not.toContain(rival.phoneId)
    for (const [method, path, body] of operation)
      expect((await acme.admin.client.request(method, path, body ? { body } : {})).status).toBe(403)
  })

  it('cannot give two colleagues one extension', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.user({ extension: '21' })
    const other = await acme.given.user({ extension: '22' })
    const answer = await acme.admin.client.request('PUT', `/api/v1/users/${other.id}/extensions`, {
      body: { extensions: ['22', '21'] },
    })
    expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect((await acme.users()).find(({ id }) => id === other.id)?.extensions).toEqual(['22'])
  })
})

describe('a session', () => {
  it('is over at once everywhere when it is ended, its live stream included', async ({ hub }) => {
    const acme = await hub.given.organization()
    const agent = await acme.given.user({ extension: '21' })
    const copy = agent.client.through(hub.url)
    const { token } = await copy.ok<{ token: string }>('POST', '/api/v1/session/live')
    const open = () => fetch(`${hub.url}/live`, { headers: { authorization: `Bearer ${token}` } })
    const stream = await open()
    expect(stream.status).toBe(200)

    const ended = await agent.client.request('DELETE', '/api/v1/session')
    expect(ended.status).toBe(204)
    expect(ended.headers.get('clear-site-data')).toContain('cache')
    expect(agent.client.cookies.size).toBe(0)
    expect((await copy.request('GET', '/api/v1/session')).status).toBe(nobody)
    expect((await copy.request('GET', '/api/v1/desk')).status).toBe(401)
    expect(await stream.text()).toContain('event: hello') // it has an end
    expect((await open()).status).toBe(401)
  })

  it('ends by itself', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    await hub.control(`update sessions set expires_at = ringfence.now() where organization_id = $1`, [
      acme.id,
    ])
    expect((await acme.admin.client.request('GET', '/api/v1/session')).status).toBe(nobody)
    expect((await acme.admin.client.request('GET', '/api/v1/users')).status).toBe(401)
  })

  it('is stored as a hash that lets nobody in', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const [row] = await hub.control<{ token_hash: Buffer }>(
      'select token_hash from sessions where organization_id = $1',
      [acme.id],
    )
    const [token = ''] = acme.admin.client.cookies.values()
    expect(row?.token_hash).toEqual(hashOfToken(token))
    const stolen = hub.client()
    for (const encoding of ['base64url', 'hex', 'latin1'] as const) {
      const authorization = `Bearer ${encodeURIComponent(row?.token_hash.toString(encoding) ?? '')}`
      expect((await stolen.request('GET', '/api/v1/users', { headers: { authorization } })).status).toBe(401)
    }
  })

  it('travels in a cookie that scripts cannot read and other sites do not send', async ({ hub }) => {
    const token = await hub.operatorToken()
    const answer = await hub.client().request('POST', '/api/v1/session/link', { body: { token } })
    const [cookie = '', ...more] = answer.headers.getSetCookie()
    expect(more).toEqual([])
    expect(cookie).toMatch(/^ringfence=[\w-]{43};/)
    expect(cookie).toContain('; HttpOnly')
    expect(cookie).toContain('; SameSite=Lax')
    expect(cookie).toContain('; Path=/;')
    expect(cookie).not.toMatch(/domain/i)
  })

  it('works from scripts with a bearer header', async ({ hub }) => {
    const [token = ''] = hub.operator.cookies.values()
    const answer = await fetch(`${hub.url}/api/v1/organizations`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
  })
})

describe('a request that another site makes with our cookie', () => {
  const foreign: [string, Record<string, string>][] = [
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['without an origin, by its own word from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['without any word where it comes from', {}],
  ]
  it.for(foreign)('is refused %s', async ([, headers], { hub }) => {
    const before = await hub.databases.organizations()
    const answer = await fetch(`${hub.url}/api/v1/organizations`, {
      method: 'POST',
      headers: {
        cookie: hub.operator.cookieHeader(),
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ name: 'Forged', country: 'CZ', timeZone: 'Europe/Prague' }),
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(await hub.databases.organizations()).toEqual(before)
  })
})

describe('behind https', () => {
  itBehindHttps(
    'the cookie is bound to this host and to https, and browsers are told to stay',
    async ({ hub }) => {
      const answer = await hub.client().request('POST', '/api/v1/session/link', {
        body: { token: await hub.operatorToken() },
        headers: { origin: url },
      })
      const [cookie = ''] = answer.headers.getSetCookie()
      expect(cookie).toMatch(/^__Host-ringfence=/)
      expect(cookie).toContain('; Secure')
      expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
    },
  )
})
