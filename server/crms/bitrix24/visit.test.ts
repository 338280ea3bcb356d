import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aCall, failureFrom } from '../pipedrive/stand-in.ts'
import { createBitrix24 } from './index.ts'
import type { Arrived, StandIn } from './stand-in.ts'
import { anna, app, boris, connectStandIn, installed, opened, sessionOf } from './stand-in.ts'

let on: StandIn
beforeEach(async () => {
  on = await connectStandIn()
})
afterEach(() => on.close())

const read = ({ request, query }: Arrived) => on.crm.portal.readVisit(request, query)
/** The same visit with one field of its form, or of its address, told differently. */
function altered(arrived: Arrived, field: string, value: string | undefined): Arrived {
  const form = new URLSearchParams(arrived.request.body.toString())
  const query = { ...arrived.query }
  if (field in query) query[field] = value ?? ''
  else if (value === undefined) form.delete(field)
  else form.set(field, value)
  return { ...arrived, query, request: { ...arrived.request, body: Buffer.from(form.toString()) } }
}

describe('a page of ours opened in a portal', () => {
  it('BX-1 says who installs, verified, and is the installer until that is finished', async () => {
    const arrived = await on.install()
    const visit = await read(arrived)
    expect(visit).toEqual({
      identity: {
        companyRef: on.bitrix24.portal('acme').memberId,
        companyName: new URL(on.sandbox.url).host,
        userRef: anna,
        userName: 'Anna Nováková',
        administrator: true,
        language: 'de',
        country: '',
        timeZone: 'UTC',
      },
      tokens: {
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
        expiresAt: expect.any(Date),
        apiBase: `${on.bitrix24.portalUrl('acme')}/rest`,
      },
      applicationToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      page: 'install',
    })
    on.finishInstall()
    const later = await read(await on.open(boris))
    // what somebody else's browser says of the application token is not kept
    expect(later).toMatchObject({
      page: 'app',
      identity: { userRef: boris, administrator: false },
      applicationToken: undefined,
    })
  })

  it('BX-1 gives tokens that work and can be renewed', async () => {
    const session = await installed(on)
    expect((await on.crm.users(session)).length).toBe(2)
    on.bitrix24.expireTokens({ portal: 'acme' })
    expect((await on.crm.users(session)).length).toBe(2)
    expect(session.renewals).toBe(1)
  })

  it('is no proof of another company, portal, app or user', async () => {
    on.bitrix24.createPortal({
      name: 'other',
      users: [{ name: 'Mallory', email: 'mallory@other.example', admin: true }],
    })
    const foreign = { clientId: 'local.other', clientSecret: 'x' }
    on.bitrix24.registerApp({
      ...foreign,
      installUrl: `${on.url}/install`,
      handlerUrl: `${on.url}/app`,
      scopes: ['telephony', 'crm'],
    })
    await on.bitrix24.install({ portal: 'acme', userId: 1, clientId: foreign.clientId })
    const ofAnotherApp = on.arrived.at(-1)
    if (!ofAnotherApp) throw new Error('nothing arrived')
    expect(await failureFrom(read(ofAnotherApp))).toEqual({ code: 'unauthorized' })

    const [acme, other] = ['acme', 'other'].map((name) => on.bitrix24.portal(name))
    const arrived = await on.install()
    const lies: [string, string | undefined][] = [
      ['member_id', other?.memberId],
      ['DOMAIN', on.bitrix24.portalUrl('other').replace('http://', '')],
      ['AUTH_ID', 'forged'],
      ['REFRESH_ID', 'forged'],
    ]
    for (const [field, value] of lies) {
      const fresh = field === 'member_id' ? arrived : await on.open(anna)
      expect(await failureFrom(read(altered(fresh, field, value)))).toEqual({ code: 'unauthorized' })
    }
    expect(acme?.memberId).not.toBe(other?.memberId)
  })

  it.each([
    'collector.example.org',
    'acme.bitrix24.de.example.org',
    'acme.bitrix24.de:8443',
    'a.acme.bitrix24.de',
    'user:secret@acme.bitrix24.de',
    '10.0.0.1',
    '169.254.169.254',
    '[::1]',
    'localhost',
    'acme.bitrix24.de/../..@collector.example.org',
    '',
  ])('BX-8 sends nothing anywhere when it says to come from %s', async (domain) => {
    const arrived = altered(await on.install(), 'DOMAIN', domain)
    const before = on.sandbox.ledger.requests.length
    expect(await failureFrom(read(arrived))).toMatchObject({ code: 'invalid-input' })
    expect(on.sandbox.ledger.requests.length).toBe(before)
  })

  it.each(['AUTH_ID', 'REFRESH_ID', 'member_id'])('cannot be read without %s', async (field) => {
    expect(await failureFrom(read(altered(await on.install(), field, undefined)))).toMatchObject({
      code: 'invalid-input',
      field,
    })
  })

  it('takes no word for the OAuth server: our secret goes to those we know', async () => {
    const arrived = altered(
      await on.install(),
      'SERVER_ENDPOINT',
      'https://oauth.collector.example.org/rest/',
    )
    expect((await read(arrived)).identity.userRef).toBe(anna)
  })

  it('is read where an older portal says less', async () => {
    on.bitrix24.set({ openWithApplicationToken: false, openWithServerEndpoint: false })
    expect(await read(await on.install())).toMatchObject({ applicationToken: undefined })
  })

  it('is read with the portal’s own app, where we have none', async () => {
    const { clientId: _, clientSecret: __, ...rest } = on.options
    const crm = createBitrix24(rest)
    const { request, query } = await on.install()
    expect(await failureFrom(crm.portal.readVisit(request, query))).toEqual({ code: 'unauthorized' })
    const visit = await crm.portal.readVisit(request, query, app)
    expect(visit.identity.userRef).toBe(anna)
    expect((await crm.refresh(visit.tokens.refreshToken, app)).apiBase).toBe(visit.tokens.apiBase)
    expect(await failureFrom(crm.refresh(visit.tokens.refreshToken))).toMatchObject({
      code: 'provider-refused',
      status: 401,
    })
  })

  it('says that nobody pays, and is let in again when somebody does', async () => {
    const arrived = await on.install()
    on.bitrix24.setState({ portal: 'acme', state: 'unpaid' })
    expect(await failureFrom(read(arrived))).toMatchObject({ code: 'provider-refused', status: 402 })
    on.bitrix24.setState({ portal: 'acme', state: 'active' })
    expect((await read(await on.open(anna))).identity.userRef).toBe(anna)
  })
})

describe('tokens', () => {
  it('are good for one renewal each', async () => {
    const session = await installed(on)
    const first = session.tokens.refreshToken
    const second = await on.crm.refresh(first)
    expect(second.refreshToken).not.toBe(first)
    expect(await failureFrom(on.crm.refresh(first))).toEqual({
      code: 'provider-refused',
      provider: 'bitrix24',
      status: 400,
    })
    await on.crm.refresh(second.refreshToken)
  })

  it.each(['NOT_INSTALLED', 'invalid_client', 'invalid_grant'] as const)(
    'BX-7 are known to be gone with the app, whether told as %s',
    async (removedRefresh) => {
      on.bitrix24.set({ removedRefresh })
      const session = await installed(on)
      on.bitrix24.uninstall({ portal: 'acme', clientId: app.clientId })
      expect(await failureFrom(on.crm.users(session))).toMatchObject({
        code: 'provider-refused',
        status: 400,
      })
    },
  )

  it('are not given up because our own credentials are wrong', async () => {
    const session = await installed(on)
    for (const wrong of [
      { clientId: 'app.market', clientSecret: 'x' },
      { clientId: 'app.market', clientSecret: 'y' },
    ]) {
      const crm = createBitrix24({ ...on.options, ...wrong })
      if (wrong.clientSecret === 'y')
        on.bitrix24.registerApp({
          ...app,
          clientId: 'app.market',
          installUrl: `${on.url}/install`,
          handlerUrl: `${on.url}/app`,
          scopes: [],
        })
      expect(await failureFrom(crm.refresh(session.tokens.refreshToken))).toMatchObject({ status: 401 })
    }
  })

  it('are only away while the OAuth server is', async () => {
    const session = await installed(on)
    for (const kind of ['500', 'html', 'down', '503'] as const) {
      on.bitrix24.faults.order({ kind, method: 'oauth/token', times: 1 })
      expect(await failureFrom(on.crm.refresh(session.tokens.refreshToken))).toMatchObject({
        code: 'provider-unavailable',
      })
    }
    await on.crm.refresh(session.tokens.refreshToken)
  })
})

describe('a portal that was renamed', () => {
  it('is found again by what the OAuth server says, and the request goes there once', async () => {
    const session = await installed(on)
    on.bitrix24.rename({ portal: 'acme', to: 'acme-ag' })
    expect((await on.crm.users(session)).length).toBe(2)
    // what is kept with the new tokens is the new address
    expect(session.tokens.apiBase).toBe(`${on.bitrix24.portalUrl('acme-ag')}/rest`)
    expect(session.renewals).toBe(1)
    await on.crm.users(session)
    expect(session.renewals).toBe(1)
  })

  it('has a call finished once, at its new address', async () => {
    const session = await installed(on)
    on.bitrix24.rename({ portal: 'acme', to: 'acme-ag' })
    await on.crm.writeActivity(session, aCall())
    expect(on.bitrix24.externalCalls('acme-ag')).toMatchObject([{ finished: 1 }])
  })
})

describe('an installation or update told as an event', () => {
  it('brings a new application token, verified by asking', async () => {
    const session = await installed(on)
    const eventUrl = `${on.url}/event`
    await on.crm.portal.setUp(session, { eventUrl, lines: [] })
    on.bitrix24.installs.update({ portal: 'acme', clientId: app.clientId })
    await on.sandbox.idle()
    const update = on.arrived.find(({ path }) => path === '/event')
    if (!update) throw new Error('nothing was told')
    const visit = await on.crm.portal.readRenewal(update.request)
    expect(visit).toMatchObject({ page: 'install', identity: { userRef: anna } })
    expect(visit?.applicationToken).toBe(on.bitrix24.portal('acme').install(app.clientId).applicationToken)
    if (visit) expect((await on.crm.users(sessionOf(on.crm, visit))).length).toBe(2)
  })

  it('is believed of nobody who cannot be asked', async () => {
    const body = new URLSearchParams({
      event: 'ONAPPUPDATE',
      'auth[access_token]': 'forged',
      'auth[refresh_token]': 'forged',
      'auth[member_id]': on.bitrix24.portal('acme').memberId,
      'auth[client_endpoint]': `${on.bitrix24.portalUrl('acme')}/rest/`,
      'auth[application_token]': 'chosen',
    })
    const request = { method: 'POST', headers: {}, body: Buffer.from(body.toString()) }
    expect(await failureFrom(on.crm.portal.readRenewal(request))).toEqual({ code: 'unauthorized' })
  })

  it('is no other event', async () => {
    const request = { method: 'POST', headers: {}, body: Buffer.from('event=ONEXTERNALCALLSTART') }
    expect(await on.crm.portal.readRenewal(request)).toBe(undefined)
  })
})

it('two users of one portal have tokens of their own', async () => {
  const first = await installed(on)
  const second = await opened(on, boris)
  expect(second.userRef).toBe(boris)
  expect(second.tokens.accessToken).not.toBe(first.tokens.accessToken)
})
