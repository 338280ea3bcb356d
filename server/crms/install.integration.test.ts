import { describe, expect } from 'vitest'
import { it } from '../../testing/it.ts'

const install = '/apps/pipedrive/install'

/** The address a browser is sent to at `start`, without following it. */
const sentTo = (answer: { headers: Headers }): string => answer.headers.get('location') ?? ''

describe('signing in through the CRM', () => {
  it('PD-1 needs an invitation for the first user of a company, and none for the others', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'connected' })
    const [anna, boris] = ['Anna', 'Boris'].map((name) =>
      hub.sandbox.pipedrive.addUser(acme.domain, {
        name,
        email: `${name.toLowerCase()}@${acme.domain}.example`,
        admin: name === 'Anna',
      }),
    )
    const stranger = hub.client()
    expect(await stranger.signIn(install, boris?.id ?? 0)).toBe('/sign-in?problem=unknown-company')
    expect((await stranger.request('GET', '/api/v1/session')).status).toBe(204)

    expect(await hub.client().signIn(acme.installUrl, anna?.id ?? 0)).toBe('/agreement')
    expect(await stranger.signIn(install, boris?.id ?? 0)).toBe('/agreement')
    expect(await stranger.ok('GET', '/api/v1/session')).toMatchObject({ name: 'Boris', role: 'agent' })
  })

  it('is not finished by anybody but the browser that began it', async ({ hub }) => {
    const acme = await hub.given.organization()
    const user = acme.admin.vendorId
    const attacker = hub.client()
    const begun = new URL(sentTo(await attacker.request('GET', install)))
    begun.searchParams.set('user', String(user))
    const back = new URL(sentTo(await fetch(begun, { redirect: 'manual' })))
    const callback = back.pathname + back.search

    // The victim is lured to the end of a round trip that somebody else began.
    const victim = hub.client()
    expect(sentTo(await victim.request('GET', callback))).toBe('/sign-in?problem=expired')
    await victim.request('GET', install)
    expect(sentTo(await victim.request('GET', callback))).toBe('/sign-in?problem=expired')
    expect((await victim.request('GET', '/api/v1/session')).status).toBe(204)

    expect(sentTo(await attacker.request('GET', callback))).toBe('/')
    expect(sentTo(await attacker.request('GET', callback))).toBe('/sign-in?problem=expired') // once only
  })

  it('says why it did not come about', async ({ hub }) => {
    const acme = await hub.given.organization()
    const rival = await hub.given.organization({ set: 'connected' })
    const user = acme.admin.vendorId
    const { faults } = hub.sandbox

    expect(await hub.client().signIn(install, user, 'deny')).toBe('/sign-in?problem=denied')
    expect(await hub.client().signIn(`${install}?invite=made-up`, user)).toBe('/sign-in?problem=expired')
    expect(await hub.client().signIn(rival.installUrl, user)).toBe('/sign-in?problem=other-company')
    faults.order({ kind: '503', path: '/oauth/token', times: 10 })
    expect(await hub.client().signIn(install, user)).toBe('/sign-in?problem=away')
    faults.clear()
    expect(await hub.client().signIn(install, user)).toBe('/')
  })

  it('refuses a code that is forged', async ({ hub }) => {
    const client = hub.client()
    const state = new URL(sentTo(await client.request('GET', install))).searchParams.get('state')
    const answer = await client.request('GET', `/apps/pipedrive/callback?code=forged&state=${state}`)
    expect(sentTo(answer)).toBe('/sign-in?problem=refused')
  })

  it('begins anew when the CRM itself sends somebody here without a state', async ({ hub }) => {
    const answer = await hub.client().request('GET', '/apps/pipedrive/callback?code=from-the-marketplace')
    expect(sentTo(answer)).toBe(install)
  })

  it('keeps its state in a cookie for this purpose only', async ({ hub }) => {
    const answer = await hub.client().request('GET', install)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^ringfence-oauth=[\w-]{43};/)
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/apps/pipedrive', 'Max-Age=900'])
      expect(cookie).toContain(`; ${part}`)
    const state = new URL(sentTo(answer)).searchParams.get('state') ?? ''
    expect(cookie).toContain(state)
  })

  it('leaves no token, code or e-mail in what the server says', async ({ hub }) => {
    const acme = await hub.given.organization()
    const said = hub.log.raw.join('')
    expect(said).not.toContain(acme.admin.email)
    for (const [name, value] of acme.admin.client.cookies)
      expect([name, said.includes(value)]).toEqual([name, false])
  })
})
