import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Loose, type Stage, startStage } from './stage.fixture.ts'

let stage: Stage
const place = { portal: 'acme', userId: 1, clientId: 'local.1' }

beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

describe('an app with pages', () => {
  test('is opened as the portal does it, and its answer is given back', async () => {
    const { bitrix24 } = stage.sandbox
    const page = await bitrix24.install(place)
    expect(page).toMatchObject({ status: 200, body: '<p>App</p>' })
    const [opened] = stage.received
    expect(opened?.path).toBe('/install')
    expect(opened?.type).toMatch('application/x-www-form-urlencoded')
    expect(Object.fromEntries(opened?.query ?? [])).toEqual({
      DOMAIN: bitrix24.portalUrl('acme').replace('http://', ''),
      PROTOCOL: '0',
      LANG: 'de',
      APP_SID: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(opened?.body).toEqual({
      AUTH_ID: expect.any(String),
      AUTH_EXPIRES: '3600',
      REFRESH_ID: expect.any(String),
      SERVER_ENDPOINT: `${bitrix24.oauthHost()}/rest/`,
      APPLICATION_TOKEN: expect.stringMatching(/^[0-9a-f]{32}$/),
      APPLICATION_SCOPE: 'telephony,crm,placement,user_basic',
      member_id: bitrix24.portal('acme').memberId,
      status: 'L',
      PLACEMENT: 'DEFAULT',
      PLACEMENT_OPTIONS: expect.stringContaining('"URI"'),
    })
  })

  test('is not there for anybody before installFinish: no events, no page for users, the installer again', async () => {
    const { bitrix24 } = stage.sandbox
    await bitrix24.install(place)
    const token = stage.received[0]?.body.AUTH_ID
    stage.token = token
    const bound = await stage.rest('event.bind', {
      event: 'OnCrmContactAdd',
      handler: `${stage.appUrl}/event`,
    })
    expect(bound.body.result).toBe(true)
    expect((await stage.rest('app.info')).body.result).toMatchObject({ INSTALLED: false, STATUS: 'L' })
    bitrix24.people.add('acme', 'CONTACT', { name: 'Grace Hopper' })
    expect((await bitrix24.openApp({ portal: 'acme', userId: 2 })).body).toContain('not fully installed')
    await bitrix24.openApp({ portal: 'acme', userId: 1 })
    expect(stage.received.map(({ path }) => path)).toEqual(['/install', '/install'])
    bitrix24.finishInstall(place)
    bitrix24.people.add('acme', 'CONTACT', { name: 'Grace Hopper' })
    await stage.sandbox.idle()
    expect(stage.events()).toMatchObject([{ event: 'ONCRMCONTACTADD', data: { FIELDS: { ID: '3' } } }])
    await bitrix24.openApp({ portal: 'acme', userId: 2 })
    expect(stage.received.at(-1)).toMatchObject({ path: '/app' })
    const own = stage.received.at(-1)?.body.AUTH_ID
    expect((await stage.rest('profile', {}, own)).body.result).toMatchObject({ ID: '2', ADMIN: false })
  })

  test('is installed by administrators alone', async () => {
    await expect(stage.sandbox.bitrix24.install({ ...place, userId: 2 })).rejects.toThrow('may not')
  })

  test('loses handlers, widgets and its token at an update, and learns of it where it had bound that', async () => {
    const opened = await stage.installed()
    await stage.rest('event.bind', { event: 'ONAPPUPDATE', handler: `${stage.appUrl}/event` })
    stage.sandbox.bitrix24.installs.update({ portal: 'acme', clientId: 'local.1' })
    await stage.sandbox.idle()
    const [event] = stage.events('ONAPPUPDATE')
    expect(event).toMatchObject({ data: { VERSION: '2', PREVIOUS_VERSION: '1' }, auth: { user_id: '1' } })
    expect(event.auth.refresh_token).toEqual(expect.any(String))
    expect(event.auth.application_token).not.toBe(opened.APPLICATION_TOKEN)
    expect((await stage.rest('event.get')).body.result).toEqual([])
    expect((await stage.rest('app.info')).body.result.INSTALLED).toBe(false)
  })
})

test('an app without pages is told by ONAPPINSTALL and is installed at once', async () => {
  const { bitrix24 } = stage.sandbox
  bitrix24.registerApp({
    ...bitrix24.app('local.1'),
    apiOnly: true,
    kind: 'market',
    eventUrl: `${stage.appUrl}/event`,
  })
  expect(await bitrix24.install(place)).toBeNull()
  await stage.sandbox.idle()
  const [event] = stage.events()
  expect(event).toEqual({
    event: 'ONAPPINSTALL',
    data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'de' },
    ts: expect.stringMatching(/^\d{10}$/),
    auth: {
      access_token: expect.any(String),
      expires: expect.stringMatching(/^\d{10}$/),
      expires_in: '3600',
      scope: 'telephony,crm,placement,user_basic',
      domain: bitrix24.portalUrl('acme').replace('http://', ''),
      server_endpoint: `${bitrix24.oauthHost()}/rest/`,
      status: 'F',
      client_endpoint: `${bitrix24.portalUrl('acme')}/rest/`,
      member_id: bitrix24.portal('acme').memberId,
      user_id: '1',
      refresh_token: expect.any(String),
      application_token: expect.any(String),
    },
  })
  expect(() => bitrix24.finishInstall(place)).toThrow('installFinish')
  expect((await stage.rest('app.info', {}, event.auth.access_token)).body.result.INSTALLED).toBe(true)
})

describe('an app that is removed', () => {
  test('is told only where it had bound that, without a token, after its tokens died', async () => {
    const opened = await stage.installed()
    await stage.rest('event.bind', { event: 'ONAPPUNINSTALL', handler: `${stage.appUrl}/event` })
    stage.sandbox.bitrix24.uninstall({ portal: 'acme', clientId: 'local.1' })
    expect(await stage.rest('profile')).toMatchObject({ status: 401, body: { error: 'ERROR_OAUTH' } })
    await stage.sandbox.idle()
    const [event] = stage.events()
    expect(event).toMatchObject({ event: 'ONAPPUNINSTALL', data: { CLEAN: '1', LANGUAGE_ID: 'de' } })
    expect(Object.keys(event.auth).sort()).toEqual([
      'application_token',
      'client_endpoint',
      'domain',
      'member_id',
      'server_endpoint',
    ])
    expect(event.auth.application_token).toBe(opened.APPLICATION_TOKEN)
    expect(await refresh(opened.REFRESH_ID)).toMatchObject({ status: 401, body: { error: 'NOT_INSTALLED' } })
    // It can come back, as a new installation.
    stage.received.length = 0
    const again = await stage.installed()
    expect(again.APPLICATION_TOKEN).not.toBe(opened.APPLICATION_TOKEN)
    expect((await stage.rest('event.get')).body.result).toEqual([])
  })

  test('hears nothing without having bound it', async () => {
    await stage.installed()
    stage.sandbox.bitrix24.uninstall({ portal: 'acme', clientId: 'local.1', clean: false })
    await stage.sandbox.idle()
    expect(stage.events()).toEqual([])
  })
})

async function refresh(token: string, more: Record<string, string> = {}, server?: string) {
  const { bitrix24 } = stage.sandbox
  const response = await fetch(`${server ?? bitrix24.oauthHost()}/oauth/token/`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'local.1',
      client_secret: 'secret',
      refresh_token: token,
      ...more,
    }),
  })
  return { status: response.status, body: (await response.json()) as Loose }
}

describe('the OAuth server', () => {
  test('rotates refresh tokens and takes the old one never again', async () => {
    const { bitrix24 } = stage.sandbox
    const opened = await stage.installed()
    const first = await refresh(opened.REFRESH_ID)
    expect(first).toMatchObject({
      status: 200,
      body: {
        expires_in: 3600,
        scope: 'app',
        domain: bitrix24.oauthHost().replace('http://', ''),
        client_endpoint: `${bitrix24.portalUrl('acme')}/rest/`,
        member_id: bitrix24.portal('acme').memberId,
        user_id: 1,
      },
    })
    expect(first.body.application_token).toBeUndefined()
    expect(await refresh(opened.REFRESH_ID)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await stage.rest('profile', {}, first.body.access_token)).status).toBe(200)
    expect((await refresh(first.body.refresh_token)).status).toBe(200)
  })

  test('may give the old one some time', async () => {
    stage.sandbox.bitrix24.set({ refreshGraceSeconds: 30 })
    const opened = await stage.installed()
    const first = await refresh(opened.REFRESH_ID)
    const second = await refresh(opened.REFRESH_ID)
    expect(second).toMatchObject({ status: 200, body: { refresh_token: first.body.refresh_token } })
    stage.sandbox.clock.advance(31)
    expect((await refresh(opened.REFRESH_ID)).status).toBe(400)
  })

  test('refuses as documented, an unknown client inside a 200', async () => {
    const opened = await stage.installed()
    const { REFRESH_ID: good } = opened
    expect(await refresh(good, { client_id: 'x' })).toEqual({ status: 200, body: { error: 'wrong_client' } })
    expect(await refresh(good, { client_secret: 'x' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    })
    expect(await refresh('')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await refresh('x')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const east = stage.sandbox.bitrix24.oauthHost('east')
    expect(await refresh(good, {}, east)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    stage.sandbox.clock.advance(181 * 24 * 3600)
    expect(await refresh(good)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('says whose token it is, also before the installation is finished', async () => {
    const { bitrix24 } = stage.sandbox
    await bitrix24.install(place)
    const auth = stage.received[0]?.body.AUTH_ID
    const answer = await fetch(`${bitrix24.oauthHost()}/rest/app.info`, {
      method: 'POST',
      body: new URLSearchParams({ auth }),
    })
    expect(await answer.json()).toMatchObject({ result: { install: { uri: bitrix24.portalUrl('acme') } } })
    const wrong = await fetch(`${bitrix24.oauthHost()}/rest/app.info?auth=x`)
    expect(wrong.status).toBe(401)
  })

  test('exchanges a code once, within thirty seconds', async () => {
    const { bitrix24 } = stage.sandbox
    await stage.installed()
    const authorize = async () => {
      const query = 'client_id=local.1&state=s&user=2'
      const answer = await fetch(`${bitrix24.portalUrl('acme')}/oauth/authorize/?${query}`, {
        redirect: 'manual',
      })
      return new URL(answer.headers.get('location') ?? '').searchParams
    }
    const back = await authorize()
    expect(back.get('state')).toBe('s')
    const code = back.get('code') ?? ''
    const exchange = (value: string) => refresh('x', { grant_type: 'authorization_code', code: value })
    const given = await exchange(code)
    expect((await stage.rest('profile', {}, given.body.access_token)).body.result.ID).toBe('2')
    expect((await exchange(code)).body.error).toBe('invalid_grant')
    const late = (await authorize()).get('code') ?? ''
    stage.sandbox.clock.advance(31)
    expect((await exchange(late)).body.error).toBe('invalid_grant')
  })
})
