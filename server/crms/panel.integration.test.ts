import { createHmac } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Client } from '../../testing/client.ts'
import type { Colleague, Company } from '../../testing/company.ts'
import { eventsOf } from '../../testing/desk.ts'
import type { Hub } from '../../testing/hub.ts'
import { it } from '../../testing/it.ts'
import { loseGrant } from '../../testing/lose-grant.ts'
import { builtWebApp } from '../../testing/web-app.ts'
import type { FrameSession, JournalPage, SessionView } from '../http/shapes.ts'

const panel = '/apps/pipedrive/panel'

/** A token as Pipedrive gives it to a frame of this user, or as somebody might try. */
async function signedBy(company: Company, user: { vendorId: number }, kind = 'good'): Promise<string> {
  const answer = await fetch(`${company.hub.sandbox.url}/pipedrive/${company.domain}/host/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: user.vendorId, surface: 'floatingWindow', kind }),
  })
  return ((await answer.json()) as { token: string }).token
}

const exchange = (client: Client, token: string) =>
  client.request('POST', `${panel}/session`, { body: { token } })

/** What a frame of this user sends with every request. */
async function bearer(company: Company, user: { vendorId: number }): Promise<{ authorization: string }> {
  const answer = await exchange(company.hub.client(), await signedBy(company, user))
  return { authorization: `Bearer ${(answer.json as FrameSession).token}` }
}

const sessionsOf = async (hub: Hub, user: Colleague) =>
  hub.control<{ minutes: number }>(
    `select round(extract(epoch from expires_at - ringfence.now()) / 60)::int as minutes from sessions
     where user_id = $1 order by created_at`,
    [user.id],
  )

describe('the page inside Pipedrive', () => {
  it('may be framed by Pipedrive’s hosts and what stands in for it, by nobody else', async ({ hub }) => {
    await builtWebApp()
    const { status, headers, text } = await hub.client().request('GET', `${panel}?userId=1&token=x&id=y`)
    const [ancestors] = /frame-ancestors [^;]*/.exec(headers.get('content-security-policy') ?? '') ?? []
    expect(status).toBe(200)
    expect(ancestors).toBe(`frame-ancestors https://*.pipedrive.com ${hub.sandbox.url}`)
    expect(headers.get('x-frame-options')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('set-cookie')).toBeNull()
    // The same for everybody: what stands in the address is not read here.
    expect(text).toBe((await hub.client().request('GET', panel)).text)
    for (const path of ['/', '/frame/index.html', `${panel}/session`]) {
      const other = await hub.client().request('GET', path)
      expect([path, other.headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ])
      expect(other.headers.get('x-frame-options')).not.toBeNull()
    }
  })
})

describe('a signed token', () => {
  it('PD-1 is exchanged for an hour as that user, without a cookie', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const before = await sessionsOf(hub, acme.admin)
    const client = hub.client()
    const answer = await exchange(client, await signedBy(acme, acme.admin))
    const { token, userId } = answer.json as FrameSession
    expect(answer.status).toBe(200)
    expect(userId).toBe(acme.admin.id)
    expect(client.cookies.size).toBe(0)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const session = await client.ok<SessionView>('GET', '/api/v1/session', undefined, {
      authorization: `Bearer ${token}`,
    })
    expect(session).toMatchObject({ name: acme.admin.name, organization: { id: acme.id } })
    expect((await sessionsOf(hub, acme.admin)).slice(before.length)).toEqual([{ minutes: 60 }])
  })

  it('that is forged, expired, unsigned, swapped or of two companies opens nothing', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const other = await hub.given.organization({ set: 'installed' })
    const before = await hub.control('select from sessions')
    for (const [kind, code] of [
      ['expired', 'unauthorized'],
      ['forged', 'unauthorized'],
      ['unsigned', 'unauthorized'],
      ['swapped', 'not-installed'],
    ] as const)
      expect([kind, await exchange(hub.client(), await signedBy(acme, acme.admin, kind))]).toMatchObject([
        kind,
        { status: 401, json: { code } },
      ])
    // Properly signed, but the user is one company's and the company another's.
    const companyId = hub.sandbox.pipedrive.company(other.domain).id
    const now = Math.floor(Date.now() / 1000)
    const signed = [{ alg: 'HS256' }, { userId: acme.admin.vendorId, companyId, iat: now, exp: now + 300 }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const secret = hub.env['PIPEDRIVE_CLIENT_SECRET'] ?? ''
    const mixed = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    expect(await exchange(hub.client(), mixed)).toMatchObject({
      status: 401,
      json: { code: 'not-installed' },
    })
    expect(await exchange(hub.client(), '')).toMatchObject({ status: 401, json: { code: 'unauthorized' } })
    expect(await hub.control('select from sessions')).toHaveLength(before.length)
  })

  it('PD-8 of somebody who has uninstalled opens nothing, and what it had opened is closed', async ({
    hub,
  }) => {
    const acme = await hub.given.organization({ set: 'installed' })
    const stranger = hub.sandbox.pipedrive.addUser(acme.domain, {
      name: 'Cyril Svoboda',
      email: 'cyril@acme.example',
    })
    expect(await exchange(hub.client(), await signedBy(acme, { vendorId: stranger.id }))).toMatchObject({
      status: 401,
      json: { code: 'not-installed' },
    })

    const anna = await acme.given.user({ extension: '21' })
    const headers = await bearer(acme, anna)
    const live = await hub.client().ok<{ token: string }>('POST', '/api/v1/session/live', undefined, headers)
    const stream = await fetch(`${hub.url}/live`, { headers: { authorization: `Bearer ${live.token}` } })
    expect(stream.status).toBe(200)
    const signed = await signedBy(acme, anna)
    await hub.sandbox.pipedrive.uninstall(anna.vendorId)
    expect((await hub.client().request('GET', '/api/v1/desk', { headers })).status).toBe(401)
    if (!stream.body) throw new Error('no stream')
    for await (const { event } of eventsOf(stream.body)) expect(event).toBe('hello') // and ends by itself
    expect(await exchange(hub.client(), signed)).toMatchObject({
      status: 401,
      json: { code: 'not-installed' },
    })
  })
})

describe('a session got for a signed token', () => {
  it('is over when Pipedrive takes the user’s grant back, and there is a new one after signing in again', async ({
    hub,
  }) => {
    const acme = await hub.given.organization()
    const headers = await bearer(acme, acme.admin)
    await hub.client().ok('GET', '/api/v1/desk', undefined, headers)
    await loseGrant(acme)
    expect((await hub.client().request('GET', '/api/v1/desk', { headers })).status).toBe(401)
    expect(await exchange(hub.client(), await signedBy(acme, acme.admin))).toMatchObject({
      status: 401,
      json: { code: 'not-installed' },
    })
    await acme.admin.client.signIn('/apps/pipedrive/install', acme.admin.vendorId)
    const again = await bearer(acme, acme.admin)
    await hub.client().ok('GET', '/api/v1/desk', undefined, again)
    // Nobody can take off the session what it hangs on.
    const bare = { authorization: again.authorization.replace(/Bearer .*\./, 'Bearer ') }
    expect((await hub.client().request('GET', '/api/v1/desk', { headers: bare })).status).toBe(401)
  })
})

describe('calls with one person', () => {
  const callsWith = (company: Company, user: Colleague, person: string | number) =>
    company.hub.client().request('GET', `/api/v1/calls?person=${person}`, {
      headers: { authorization: `Bearer ${tokens.get(user.id)}` },
    })
  const tokens = new Map<string, string>()
  async function framed(company: Company, user: Colleague): Promise<Colleague> {
    tokens.set(user.id, (await bearer(company, user)).authorization.slice('Bearer '.length))
    return user
  }

  it('PD-2 are those the viewer may see; of a hidden person there are none', async ({ hub }) => {
    const acme = await hub.given.organization()
    const [anna, boris] = [
      await framed(acme, await acme.given.user({ extension: '21' })),
      await framed(acme, await acme.given.user({ extension: '22', sees: 'all' })),
    ]
    // Written nationally, so that its country is a guess.
    const ada = await acme.given.person({ name: 'Ada Lovelace', number: '020 7946 0123' })
    const own = await acme.given.person({ number: '+420601000101', owner: boris, shared: false })
    await acme.given.person({ name: 'Charles Babbage', number: '+442079460124' })
    const [first, second] = [
      await acme.phone.calls({ from: '+442079460123', to: '21' }),
      await acme.phone.calls({ from: '+442079460123', to: '22' }),
    ]
    await acme.phone.calls({ from: '+442079460124', to: '21' })
    const third = await acme.phone.calls({ from: '+420601000101', to: '21' })

    const idsOf = async (user: Colleague, person: number) =>
      ((await callsWith(acme, user, person)).json as JournalPage).calls.map(({ id }) => id)
    expect(await idsOf(anna, ada.id)).toEqual([first.id])
    expect(await idsOf(boris, ada.id)).toEqual([second.id, first.id])
    expect(await idsOf(boris, own.id)).toEqual([third.id])
    const page = (await callsWith(acme, boris, ada.id)).json as JournalPage
    expect(page.calls[0]?.matches).toMatchObject([{ personId: page.personId, why: 'maybe' }])

    const nobody = { status: 404, json: { code: 'not-found', what: 'person' } }
    expect(await callsWith(acme, anna, own.id)).toMatchObject(nobody)
    expect(await callsWith(acme, anna, 987_654)).toMatchObject(nobody)
    expect(await callsWith(acme, anna, "1'--")).toMatchObject({ status: 400 })

    const other = await hub.given.organization()
    const stranger = await framed(other, await other.given.user({ extension: '21', sees: 'all' }))
    expect(await callsWith(other, stranger, ada.id)).toMatchObject(nobody)
  })
})
